/**
 * Combines the modules that most apps load into one file of the compiled package: to find and read a hundred files takes longer than to
 * compile them. What other apps load stays in files of its own, since each byte of a file costs time, used or not.
 */
import { spawnSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';
import { build, Plugin } from 'esbuild';

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

const CONSTRUCTS = 'combined-constructs.js';
const SHARED = 'combined.js';

/**
 * Combines the modules that most apps load into two files: those that the command loads too, and the others. Each module stays where it
 * was, and exports what the combined file has, so that nothing exists twice.
 *
 * @param lib Folder of the compiled package.
 * @param usage What loads which modules. Paths are relative to that folder.
 */
export async function combineModules(lib: string, { index, names, other }: Usage): Promise<void> {
  const file = join(lib, index);
  const text = readFileSync(file, 'utf8');
  if (text.includes(`"./${CONSTRUCTS}"`)) return;
  const needed = modulesOf(lib, file, names);
  const alsoNeeded = new Set(modulesOf(lib, join(lib, other), []));
  const [shared, own] = [true, false].map((isShared) => needed.filter((module) => alsoNeeded.has(module) === isShared));
  const folder = dirname(file);
  const places = [{ combined: join(folder, SHARED), modules: shared }, { combined: join(folder, CONSTRUCTS), modules: own }];
  // The modules in the second file contain what is left of those in the first one.
  const before: string[] = [];
  for (const { combined, modules } of places) {
    await combine(lib, combined, modules, before);
    for (const module of modules) writeFileSync(module, `"use strict";\nmodule.exports = ${loadingOf(lib, module, combined, dirname(module))};\n`);
    before.push(...modules);
  }
  writeFileSync(file, text.replace(/require\("(\.[^"]+)"\)/g, (original, path: string) => {
    const module = `${resolve(folder, path)}.js`;
    const place = places.find(({ modules }) => modules.includes(module));
    return place === undefined ? original : loadingOf(lib, module, place.combined, folder);
  }));
}

async function combine(lib: string, combined: string, modules: readonly string[], references: readonly string[]): Promise<void> {
  await build({
    stdin: { contents: entryOf(lib, modules), resolveDir: lib },
    absWorkingDir: lib,
    outfile: combined,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    legalComments: 'none',
    plugins: [onlyThese([...modules, ...references], dirname(combined))],
    logLevel: 'warning',
  });
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

function entryOf(lib: string, modules: readonly string[]): string {
  const entries = modules.map((module) => `  ${JSON.stringify(nameOf(lib, module))}: () => require(${JSON.stringify(pathTo(module, lib))}),\n`);
  return `const modules = {\n${entries.join('')}};\nexports.load = (name) => modules[name]();\n`;
}

function loadingOf(lib: string, module: string, combined: string, from: string): string {
  return `require("${pathTo(combined, from)}").load("${nameOf(lib, module)}")`;
}

function nameOf(lib: string, module: string): string {
  return relative(lib, module).replaceAll('\\', '/').replace(/\.js$/, '');
}

function pathTo(file: string, folder: string): string {
  const path = relative(folder, file).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** Leaves everything else in its own file. */
function onlyThese(modules: readonly string[], folder: string): Plugin {
  return {
    name: 'only these modules',
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, ({ path, resolveDir, kind }) => {
        if (kind === 'entry-point') return undefined;
        if (!path.startsWith('.')) return { path, external: true };
        const module = `${resolve(resolveDir, path).replace(/\.js$/, '')}.js`;
        return modules.includes(module) ? { path: module } : { path: pathTo(module, folder), external: true };
      });
    },
  };
}

if (require.main === module) {
  combineModules(resolve(__dirname, '../lib'), USAGE).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
