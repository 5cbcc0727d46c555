import * as fs from 'fs';
import * as path from 'path';
import { hashOf, keptFolder } from './kept-folders';
import { must } from './must';
import { ROOT } from './tools';

/** What the npm package is made of, and so the packages of other languages. */
const SOURCES = [
  'src', 'imports', 'rosetta', 'scripts/lazy-exports.ts', 'scripts/combine-modules.ts', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE',
];

/** The packages of other languages that the library builds on. Those of constructs are on the registries. */
const PEERS = ['cdk8s', 'cdk8s-plus-27'];

const ENV = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
const bin = (name: string) => path.join(ROOT, 'node_modules', '.bin', name);

/** Reads a JSON file of the repository. */
export const jsonOf = (file: string) => JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'));

/** The release of a package that is installed here. */
export const versionOf = (name: string): string => jsonOf(path.join('node_modules', name, 'package.json')).version;

/**
 * The folder with the packages that `jsii-pacmak` makes of the library, once for each state of the sources: `python/` has the wheel; `go/`, `java/`
 * and `dotnet/` have code.
 */
export function bindings(): Promise<string> {
  const versions = ['jsii', 'jsii-pacmak', 'jsii-rosetta'].map(versionOf);
  return keptFolder('bindings', hashOf([process.version, ...versions, fs.readFileSync(__filename, 'utf8')], SOURCES), async (folder) => {
    const copy = path.join(folder, 'package');
    fs.mkdirSync(copy);
    // A copy: what lies in the repository's lib/ may be older than its sources, or hold files that have none any more.
    for (const source of SOURCES) fs.cpSync(path.join(ROOT, source), path.join(copy, source), { recursive: true });
    fs.symlinkSync(fs.realpathSync(path.join(ROOT, 'node_modules')), path.join(copy, 'node_modules'));
    await must(bin('jsii'), ['--silence-warnings=reserved-word'], { cwd: copy, env: ENV });
    await must(bin('tsx'), ['scripts/lazy-exports.ts'], { cwd: copy });
    await must(bin('tsx'), ['scripts/combine-modules.ts'], { cwd: copy });
    for (const command of Object.values<string>(jsonOf('package.json').bin)) fs.chmodSync(path.join(copy, command), 0o755);
    const examples = path.join(folder, 'examples.json');
    await must(bin('jsii-rosetta'), ['extract', '--strict', '--compile', '--output', examples], { cwd: copy, env: ENV });
    const translated = ['--rosetta-tablet', examples, '--rosetta-unknown-snippets', 'fail'];
    await must(bin('jsii-pacmak'), ['--target', 'python', '--outdir', folder, ...translated], { cwd: copy, env: ENV });
    await must(bin('jsii-pacmak'), ['--code-only', '--target', 'go', 'java', 'dotnet', '--outdir', folder, ...translated], { cwd: copy, env: ENV });
    fs.rmSync(copy, { recursive: true, force: true });
  });
}

/** The folder with the code of the packages that the library builds on, as `go/` and `java/` below their npm names. */
export function peerBindings(): Promise<string> {
  const versions = [...PEERS, 'jsii-pacmak'].map(versionOf);
  return keptFolder('peer-bindings', hashOf([...versions, fs.readFileSync(__filename, 'utf8')], []), async (folder) => {
    for (const peer of PEERS) {
      const args = ['--code-only', '--force-target', '--target', 'go', 'java', '--outdir', path.join(folder, peer), path.join(ROOT, 'node_modules', peer)];
      await must(bin('jsii-pacmak'), args, { cwd: folder, env: ENV });
    }
  });
}

/** The npm names of the packages in `peerBindings`. */
export const PEER_BINDINGS: readonly string[] = PEERS;
