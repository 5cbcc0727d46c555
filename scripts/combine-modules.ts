/**
 * Combines the modules that most apps load into two files of the compiled package: to find and read a hundred files takes longer than to
 * compile them. What other apps load stays in files of its own, since each byte of a file costs time, used or not.
 */
import { spawnSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

/** What loads some of the modules of a compiled package. */
export interface Usage {
  /** The index of the package, whose exports are lazy. */
  readonly index: string;
  /** The exports that most apps use. */
  readonly names: readonly string[];
  /** A module that is used without the index, and may share some of the modules. */
  readonly other: string;
}

/** An app that divides traffic between models, and the command. */
const USAGE: Usage = { index: 'src/index.js', names: ['FastApp', 'Gateway', 'Model', 'TrafficSplit'], other: 'src/cli/check.js' };

const CONSTRUCTS = 'combined-constructs';
const SHARED = 'combined';

/** A call that loads a module of the package. */
const LOADING = /\brequire\((["'])(\.[^"']+)\1\)/g;

/**
 * Combines the modules that most apps load into two files: those that the command loads too, and the others. Each module stays where it
 * was, and exports what the combined file has, so that nothing exists twice.
 *
 * @param lib Folder of the compiled package.
 * @param usage What loads which modules. Paths are relative to that folder.
 */
export function combineModules(lib: string, { index, names, other }: Usage): void {
  const file = join(lib, index);
  if (readFileSync(file, 'utf8').includes(`"./${CONSTRUCTS}"`)) return;
  const needed = modulesOf(lib, file, names);
  const alsoNeeded = new Set(modulesOf(lib, join(lib, other), []));
  const folder = dirname(file);
  const [shared, own] = [SHARED, CONSTRUCTS].map((name) => join(folder, `${name}.js`));
  const places = new Map(needed.map((module) => [module, alsoNeeded.has(module) ? shared : own]));
  const compiled = new CompiledPackage(lib, places);
  const texts = [shared, own].map((combined) => [combined, compiled.textOf(combined)]);
  const indexText = compiled.codeFor(file, file);
  for (const [combined, text] of texts) writeFileSync(combined, text);
  for (const module of needed) writeFileSync(module, `"use strict";\nmodule.exports = ${compiled.loading(module, module)};\n`);
  writeFileSync(file, indexText);
}

/** The modules that exports of a module need, in order of their paths. */
function modulesOf(lib: string, index: string, names: readonly string[]): string[] {
  const script = `
    const library = require(${JSON.stringify(index)});
    for (const name of ${JSON.stringify(names)}) library[name];
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], { cwd: lib, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${index} does not load: ${stderr}`);
  const loaded = JSON.parse(stdout.trim().split('\n').pop()!) as string[];
  return loaded.filter((module) => module !== index && !relative(lib, module).startsWith('..')).sort();
}

/** The modules of a package, of which some are in combined files. */
class CompiledPackage {
  constructor(private readonly lib: string, private readonly places: ReadonlyMap<string, string>) {}

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

if (require.main === module) combineModules(resolve(__dirname, '../lib'), USAGE);
