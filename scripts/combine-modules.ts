/**
 * Combines the modules of the compiled package that are loaded together into one file each: to find and read a hundred files takes longer
 * than to compile them. What few apps load stays in files of its own, since each byte of a file costs time, used or not.
 */
import { spawnSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

/** What loads some of the modules of a compiled package. */
export interface Usage {
  /** A word for the names of files. */
  readonly name: string;
  /** The module that is loaded first. */
  readonly module: string;
  /** Which of its exports are used, if they are lazy. */
  readonly exports?: readonly string[];
  /** Whether modules that only it needs stay in their files, since others load some of them later. */
  readonly isSeparate?: boolean;
}

const INDEX = 'src/index.js';

/** An app that divides traffic between models, answers to requests, and the command. */
const USAGES: readonly Usage[] = [
  { name: 'constructs', module: INDEX, exports: ['FastApp', 'Gateway', 'Model', 'TrafficSplit'] },
  { name: 'answers', module: INDEX, exports: ['Traffic'] },
  { name: 'check', module: 'src/cli/check.js', isSeparate: true },
];

/** A call that loads a module of the package. */
const LOADING = /\brequire\((["'])(\.[^"']+)\1\)/g;

/**
 * Combines modules into files of those that the same usages need, so that none of them loads what it does not use. Each module stays where
 * it was, and exports what the combined file has, so that nothing exists twice.
 *
 * @param lib Folder of the compiled package.
 * @param index The index of the package, whose exports are lazy, relative to that folder.
 * @param usages What loads which modules. Paths are relative to that folder.
 */
export function combineModules(lib: string, index: string, usages: readonly Usage[]): void {
  const file = join(lib, index);
  if (readFileSync(file, 'utf8').includes(`"./${PREFIX}`)) return;
  const folder = dirname(file);
  const compiled = new CompiledPackage(lib, placesOf(lib, folder, usages));
  const texts = compiled.combinedFiles().map((combined) => [combined, compiled.textOf(combined)]);
  const stubs = compiled.modules().map((module) => [module, `"use strict";\nmodule.exports = ${compiled.loading(module, module)};\n`]);
  const others = [...new Set([file, ...usages.map(({ module }) => join(lib, module))])].map((module) => [module, compiled.codeFor(module, module)]);
  for (const [name, text] of [...texts, ...stubs, ...others]) writeFileSync(name, text);
}

const PREFIX = 'combined-';

/** The combined file of each module. */
function placesOf(lib: string, folder: string, usages: readonly Usage[]): ReadonlyMap<string, string> {
  const entries = new Set(usages.map(({ module }) => join(lib, module)));
  const users = new Map<string, string[]>();
  for (const { name, module, exports = [] } of usages) {
    for (const needed of modulesOf(lib, join(lib, module), exports)) {
      if (!entries.has(needed)) users.set(needed, [...(users.get(needed) ?? []), name]);
    }
  }
  const separate = new Set(usages.filter(({ isSeparate }) => isSeparate === true).map(({ name }) => name));
  const combined = [...users].filter(([, names]) => names.length > 1 || !separate.has(names[0]));
  return new Map(combined.sort(([a], [b]) => (a < b ? -1 : 1)).map(([module, names]) => [module, join(folder, `${PREFIX}${names.join('-')}.js`)]));
}

/** The modules that a module and some of its exports need, itself included. */
function modulesOf(lib: string, module: string, names: readonly string[]): string[] {
  const script = `
    const library = require(${JSON.stringify(module)});
    for (const name of ${JSON.stringify(names)}) library[name];
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], { cwd: lib, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${module} does not load: ${stderr}`);
  const loaded = JSON.parse(stdout.trim().split('\n').pop()!) as string[];
  return loaded.filter((file) => !relative(lib, file).startsWith('..'));
}

/** The modules of a package, of which some are in combined files. */
class CompiledPackage {
  constructor(private readonly lib: string, private readonly places: ReadonlyMap<string, string>) {}

  public modules(): string[] {
    return [...this.places.keys()];
  }

  public combinedFiles(): string[] {
    return [...new Set(this.places.values())];
  }

  /** A combined file: each module is a function. Its code keeps its lines and names, so that traces of errors are useful. */
  public textOf(combined: string): string {
    const modules = [...this.places].filter(([, place]) => place === combined).map(([module]) => module);
    // In parentheses they are compiled at once. Otherwise they would be parsed twice.
    const code = modules.map((module) => `"${this.nameOf(module)}": (function (exports, module) {\n${this.codeFor(module, combined).trimEnd()}\n}),\n`);
    return `"use strict";\nconst modules = {\n${code.join('')}};\n${LOAD}`;
  }

  /** The code of a module with the paths of other modules as they are in a certain file. */
  public codeFor(module: string, file: string): string {
    return readFileSync(module, 'utf8').replace(LOADING, (_call, _quote, path: string) => this.loading(`${resolve(dirname(module), path).replace(/\.js$/, '')}.js`, file));
  }

  /** Code of a file that loads a module. */
  public loading(module: string, file: string): string {
    const place = this.places.get(module);
    if (place === undefined) return `require("${pathTo(module, file)}")`;
    return place === file ? `load("${this.nameOf(module)}")` : `require("${pathTo(place, file)}").load("${this.nameOf(module)}")`;
  }

  private nameOf(module: string): string {
    return relative(this.lib, module).replaceAll('\\', '/').replace(/\.js$/, '');
  }
}

const LOAD = `const loaded = new Map();
function load(name) {
  let module = loaded.get(name);
  if (module === undefined) {
    loaded.set(name, module = { exports: {} });
    modules[name](module.exports, module);
  }
  return module.exports;
}
exports.load = load;
`;

function pathTo(module: string, file: string): string {
  const path = relative(dirname(file), module).replaceAll('\\', '/').replace(/\.js$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}

if (require.main === module) combineModules(resolve(__dirname, '../lib'), INDEX, USAGES);
