import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';

/** Files by the files that they import. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Every form of import: values, types alone, `export … from`, `import(…)` and `require(…)`. */
const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](\.[^'"]*)['"]/g;

/** The relative paths that a text imports. */
export function importsIn(source: string): string[] {
  return [...source.matchAll(IMPORT)].map(([, path]) => path);
}

/** The files of a folder and their imports of each other, type-only and lazy ones included; paths are relative to the folder. */
export function importGraph(folder: string): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort();
  return new Map(files.map((file) => [file, importsIn(readFileSync(join(folder, file), 'utf8')).map((path) => resolved(folder, file, path))]));
}

function resolved(folder: string, file: string, path: string): string {
  const target = join(folder, dirname(file), path);
  const found = [`${target}.ts`, join(target, 'index.ts')].find(existsSync);
  if (found === undefined) throw new Error(`${file} imports ${path}, which is no file`);
  return relative(folder, found);
}

/** Files that import each other, directly or through others, as circles such as `a → b → a`. No file in a circle is left out. */
export function circlesIn(graph: ImportGraph): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const file of graph.keys()) {
    if (seen.has(file)) continue;
    const circle = shortestCircle(graph, file);
    if (circle === undefined) continue;
    circle.forEach((each) => seen.add(each));
    found.push([...circle, file].join(' → '));
  }
  return found;
}

/** Breadth first, from a file back to itself. */
function shortestCircle(graph: ImportGraph, start: string): string[] | undefined {
  const importer = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return pathTo(file, importer);
      if (importer.has(next)) continue;
      importer.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

function pathTo(file: string, importer: ReadonlyMap<string, string>): string[] {
  const before = importer.get(file);
  return before === undefined ? [file] : [...pathTo(before, importer), file];
}
