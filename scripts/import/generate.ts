import { execFile } from 'child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { promisify } from 'util';
import { Crd } from './crd';
import { withFastJson } from './fast-json';
import { Kind } from './kinds';

const CDK8S = resolve(__dirname, '../../node_modules/.bin/cdk8s');

const HEADER = '// Made by "npm run import" from trimmed CRDs. Do not edit: run the command again.\n';

/**
 * Runs `cdk8s import` on the CRDs, which writes one file for each API group to `folder`. All CRDs are passed as one file: with several
 * files, the last one of an API group would overwrite the others.
 */
export async function generateTypes(crds: readonly Crd[], folder: string, workFolder: string): Promise<void> {
  // JSON is YAML too, without anchors or line folding that could go wrong
  const input = join(workFolder, 'crds.json');
  writeFileSync(input, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: crds }));
  mkdirSync(folder);
  // not in the project's folder, whose cdk8s.yaml is read and, with --save, written
  await runCdk8s(['import', input, '--language', 'typescript', '--output', folder, '--no-save'], workFolder);
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const text = withFastJson(readFileSync(file, 'utf8').replace(/[ \t]+$/gm, ''));
    writeFileSync(file, `${HEADER}${text.trimEnd()}\n`);
  }
}

/** @throws when a kind has no class in the generated files, even if `cdk8s import` reported success. */
export function checkTypes(folder: string, wanted: readonly Kind[]): void {
  for (const { group, version, kind } of wanted) {
    const file = join(folder, `${group}.ts`);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (!text.includes(`apiVersion: '${group}/${version}',\n    kind: '${kind}',`)) {
      throw new Error(`cdk8s import wrote no type for ${kind} (${group}/${version}): expected a class for it in ${group}.ts`);
    }
  }
}

async function runCdk8s(args: readonly string[], cwd: string): Promise<void> {
  // cdk8s-cli reads options from CDK8S_… variables, and sorts by the locale of the machine: neither may change the result
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CDK8S_'));
  const env = { ...Object.fromEntries(inherited), CDK8S_CHECK_UPGRADE: 'false', LC_ALL: 'C' };
  try {
    await promisify(execFile)(CDK8S, args, { cwd, env });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = stderr?.match(/^Error: (.*)$/m)?.[1];
    throw new Error(`cdk8s import failed: ${reason ?? (stderr || message).trim()}`);
  }
}
