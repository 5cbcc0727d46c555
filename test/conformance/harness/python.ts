import * as fs from 'fs';
import * as path from 'path';
import { bindings, jsonOf } from './bindings';
import { hashOf, keptFolder } from './kept-folders';
import { must } from './must';
import { ROOT } from './tools';

/** The wheel of the library, installed together with its dependencies. */
export interface Python {
  /** The interpreter. */
  readonly command: string;
  readonly wheel: string;
}

/** The runtime: the lowest release that the wheel of cdk8s accepts, which is newer than the one of `jsii-pacmak` here. */
const RUNTIME = '1.140.0';

/** The packages from PyPI, at the releases that the library is built with here. */
export function requirements(): string[] {
  const { devDependencies } = jsonOf('package.json') as { devDependencies: Record<string, string> };
  return [...['cdk8s', 'cdk8s-plus-27', 'constructs'].map((name) => `${name}==${devDependencies[name]}`), `jsii==${RUNTIME}`];
}

async function interpreter(): Promise<{ command: string; version: string }> {
  const ask = 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10), sys.version; print(sys.version)';
  const version = await must('python3', ['-c', ask], { cwd: ROOT }).catch((error: Error) => {
    throw new Error('Python 3.10 or later with venv is needed to build and install the wheel; install it from https://www.python.org/downloads/ '
      + `or with your package manager (Debian: apt-get install python3 python3-venv).\n${error.message}`);
  });
  return { command: 'python3', version };
}

function wheelIn(folder: string): string {
  const name = fs.readdirSync(folder).find((one) => one.endsWith('.whl'));
  if (name === undefined) throw new Error(`no wheel in ${folder}`);
  return path.join(folder, name);
}

/** Builds the wheel and installs it, unless that was done for the same sources and versions. */
export async function pythonWithWheel(): Promise<Python> {
  const { command, version } = await interpreter();
  const wheel = wheelIn(path.join(await bindings(), 'python'));
  const folder = await keptFolder('python', hashOf([wheel, version, ...requirements()], []), async (empty) => {
    const venv = path.join(empty, 'venv');
    await must(command, ['-m', 'venv', venv], { cwd: empty });
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', wheel, ...requirements()];
    await must(path.join(venv, 'bin', 'python'), install, { cwd: empty });
  });
  return { command: path.join(folder, 'venv', 'bin', 'python'), wheel };
}

/** Runs a program that synthesizes; its manifests land in a folder. */
export async function synthWithPython(python: Python, program: string, outdir: string, cwd = path.dirname(outdir)): Promise<void> {
  await must(python.command, [program], { cwd, env: { CDK8S_OUTDIR: outdir, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' } });
}
