import * as crypto from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { run } from './processes';
import { ROOT, TOOLS } from './tools';

/** What the npm package is made of, and so the wheel. */
const SOURCES = ['src', 'imports', 'scripts/lazy-exports.ts', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE'];

/** Environments that are kept for other states of the sources: clones can share the folder of the tools. */
const KEPT = 4;

/** The wheel of the library, installed together with its dependencies. */
export interface Python {
  /** The interpreter. */
  readonly command: string;
  readonly wheel: string;
}

function filesOf(file: string): string[] {
  return fs.statSync(file).isDirectory()
    ? fs.readdirSync(file).sort().flatMap((name) => filesOf(path.join(file, name)))
    : [file];
}

const jsonOf = (file: string) => JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'));
const versionOf = (name: string): string => jsonOf(path.join('node_modules', name, 'package.json')).version;

/** The packages from PyPI, at the releases that the library is built with here. */
export function requirements(): string[] {
  const { devDependencies } = jsonOf('package.json') as { devDependencies: Record<string, string> };
  // The Python runtime is released together with the tool that writes for it.
  return [...['cdk8s', 'cdk8s-plus-27', 'constructs'].map((name) => `${name}==${devDependencies[name]}`), `jsii==${versionOf('jsii-pacmak')}`];
}

/** Runs a command to its end; a failure includes the end of its output. */
async function must(command: string, args: string[], options: { cwd: string; env?: Record<string, string> }): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options)
    .catch((error: Error) => ({ code: -1, stdout: '', stderr: error.message }));
  if (code !== 0) {
    throw new Error(`${path.basename(command)} ${args.join(' ')}: exit ${code}\n${`${stdout}\n${stderr}`.slice(-3000)}`);
  }
  return stdout;
}

async function interpreter(): Promise<{ command: string; version: string }> {
  const ask = 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10), sys.version; print(sys.version)';
  const version = await must('python3', ['-c', ask], { cwd: ROOT }).catch((error: Error) => {
    throw new Error('Python 3.10 or later with venv is needed to build and install the wheel; install it from https://www.python.org/downloads/ '
      + `or with your package manager (Debian: apt-get install python3 python3-venv).\n${error.message}`);
  });
  return { command: 'python3', version };
}

function keyOf(version: string): string {
  const hash = crypto.createHash('sha256')
    .update(JSON.stringify([version, requirements(), versionOf('jsii'), process.version, process.platform, process.arch]))
    // How it is built.
    .update(fs.readFileSync(__filename));
  for (const file of SOURCES.flatMap((source) => filesOf(path.join(ROOT, source)))) {
    hash.update(path.relative(ROOT, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function removeOld(folder: string): void {
  const age = (name: string) => fs.statSync(path.join(folder, name)).mtimeMs;
  const old = fs.readdirSync(folder).sort((a, b) => age(b) - age(a)).slice(KEPT);
  old.forEach((name) => fs.rmSync(path.join(folder, name), { recursive: true, force: true }));
}

const wheelIn = (folder: string) => {
  const name = fs.readdirSync(folder).find((one) => one.endsWith('.whl'));
  if (name === undefined) {
    throw new Error(`no wheel in ${folder}`);
  }
  return path.join(folder, name);
};

async function build(python: string, folder: string): Promise<void> {
  const copy = path.join(folder, 'package');
  fs.mkdirSync(copy, { recursive: true });
  // A copy: what lies in the repository's lib/ may be older than its sources, or hold files that have none any more.
  for (const source of SOURCES) {
    fs.cpSync(path.join(ROOT, source), path.join(copy, source), { recursive: true });
  }
  fs.symlinkSync(fs.realpathSync(path.join(ROOT, 'node_modules')), path.join(copy, 'node_modules'));
  const bin = path.join(ROOT, 'node_modules', '.bin');
  const env = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  await must(path.join(bin, 'jsii'), ['--silence-warnings=reserved-word'], { cwd: copy, env });
  await must(path.join(bin, 'tsx'), ['scripts/lazy-exports.ts'], { cwd: copy });
  for (const command of Object.values<string>(jsonOf('package.json').bin)) fs.chmodSync(path.join(copy, command), 0o755);
  await must(path.join(bin, 'jsii-pacmak'), ['--target', 'python', '--outdir', path.join(folder, 'wheel')], { cwd: copy, env });
  fs.rmSync(copy, { recursive: true, force: true });
  const venv = path.join(folder, 'venv');
  await must(python, ['-m', 'venv', venv], { cwd: folder });
  await must(path.join(venv, 'bin', 'python'), [
    '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', wheelIn(path.join(folder, 'wheel', 'python')), ...requirements(),
  ], { cwd: folder });
}

/** Builds the wheel and installs it, unless that was done for the same sources and versions. */
export async function pythonWithWheel(): Promise<Python> {
  const { command, version } = await interpreter();
  const all = path.join(TOOLS, 'python');
  const folder = path.join(all, keyOf(version));
  const ready = path.join(folder, 'ready');
  if (!fs.existsSync(ready)) {
    fs.rmSync(folder, { recursive: true, force: true });
    await build(command, folder);
    fs.writeFileSync(ready, '');
  }
  const now = new Date();
  fs.utimesSync(folder, now, now);
  removeOld(all);
  return { command: path.join(folder, 'venv', 'bin', 'python'), wheel: wheelIn(path.join(folder, 'wheel', 'python')) };
}

/** Runs a program that synthesizes; its manifests land in a folder. */
export async function synthWithPython(python: Python, program: string, outdir: string, cwd = path.dirname(outdir)): Promise<void> {
  await must(python.command, [program], { cwd, env: { CDK8S_OUTDIR: outdir, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' } });
}
