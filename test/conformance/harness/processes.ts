import { ChildProcess, spawn, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { until } from './deadline';
import { count } from './figures';

// The tool runs under a shell that ends it as soon as the shell's standard input closes. The kernel closes that
// pipe when this process goes away, in whatever way: at the end, by an exception, by a signal, even by SIGKILL.
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
(cat <&3 >/dev/null; kill -9 "$child" 2>/dev/null) &
exec 3<&-
wait "$child"
`;

/** A tool that runs during the tests. */
export interface Running {
  /** What it has printed so far, standard output and errors together. */
  output(): string;
  /** Fails with the end of its output once it has ended by itself. */
  mustRun(): void;
  /** Ends it; resolves when it is gone. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** The folder it runs in; its output goes to a file next to its other files. */
  readonly directory: string;
  /** Variables on top of those of this process. */
  readonly env?: Record<string, string>;
}

/** Starts a tool that ends no later than this process. */
export function start(command: string, args: string[], options: StartOptions): Running {
  const name = path.basename(command);
  fs.mkdirSync(options.directory, { recursive: true });
  const log = path.join(options.directory, `${name}.log`);
  const file = fs.openSync(log, 'w');
  const child: ChildProcess = spawn('/bin/sh', ['-c', GUARD, 'guard', command, ...args], {
    cwd: options.directory,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', file, file],
  });
  fs.closeSync(file);
  count('processes started', 1);
  const output = () => fs.readFileSync(log, 'utf8');
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => {
      ended = true;
      child.stdin?.destroy();
      resolve();
    });
  });
  return {
    output,
    mustRun: () => {
      if (ended) {
        throw new Error(`${name} ended by itself:\n${output().slice(-2000)}`);
      }
    },
    stop: async () => {
      child.stdin?.destroy();
      await gone;
    },
  };
}

/** The output of a finished command. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end without blocking; an exit code is an answer, not an error. */
export function run(
  command: string, args: string[], options: { input?: string; cwd?: string; env?: Record<string, string> } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => { stdout += chunk; });
    child.stderr.setEncoding('utf8').on('data', (chunk) => { stderr += chunk; });
    // A command that needs no input may be gone before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

/** Whether a command can be called at all. */
export function exists(command: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', command]).status === 0;
}

/** Waits until `look` gives something while the tool runs; a tool that ends is reported with its output. */
export async function untilUp<T>(tool: Running, what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  let ended: unknown;
  const found = await until(what, async () => {
    try {
      tool.mustRun();
    } catch (error) {
      ended = error;
      return null;
    }
    return look();
  }, 90).catch((error: Error) => {
    throw new Error(`${error.message}\n${tool.output().slice(-2000)}`);
  });
  if (ended !== undefined || found === null) {
    throw ended;
  }
  return found as T;
}
