import { spawn } from 'child_process';
import { once } from 'events';
import { readFileSync } from 'fs';

/** What a process needed, from its start to its end. */
export interface Cost {
  /** User and system CPU time in seconds. */
  readonly cpu: number;
  /** Time from start to end in seconds. */
  readonly wall: number;
  /** Peak memory in MB; undefined if the system does not tell. */
  readonly memory?: number;
}

const POLL_MS = 20;

/**
 * Runs a command, and measures it.
 *
 * @returns undefined if it fails, for instance because memory is exhausted.
 */
export async function measure(command: readonly string[]): Promise<Cost | undefined> {
  const shell = spawn('bash', ['-c', 'TIMEFORMAT="%3U %3S %3R"; time "$@" 2> /dev/null', 'bash', ...command], { stdio: ['ignore', 'ignore', 'pipe'] });
  let times = '';
  shell.stderr.setEncoding('utf8').on('data', (text: string) => { times += text; });
  let memory: number | undefined;
  const timer = setInterval(() => { memory = peakOf(shell.pid) ?? memory; }, POLL_MS);
  const [code] = await once(shell, 'close') as [number];
  clearInterval(timer);
  const [user, system, wall] = times.trim().split(' ').map(Number);
  return code === 0 ? { cpu: user + system, wall, memory } : undefined;
}

/** The peak memory of the only child of a shell so far, which Linux keeps. */
function peakOf(shell: number | undefined): number | undefined {
  try {
    const child = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim();
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
