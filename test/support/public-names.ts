import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { gunzipSync } from 'zlib';

const DECLARATION = /(\/\*\*(?:(?!\*\/)[^])*\*\/\s*)?^export (?:abstract |declare |const )*(?:class|interface|enum|type|function|const) (\w+)/gm;
const EVERYTHING = /^export (?:type )?\* from '(\.[^']+)';/gm;
const SOME = /^export (?:type )?\{([^}]+)\}(?: from '\.[^']+')?;/gm;

/** The names that a module of the library exports, without those that are internal. */
export function exportedNames(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [
    ...[...source.matchAll(DECLARATION)].filter(([, docs = '']) => !docs.includes('@internal')).map(([, , name]) => name),
    ...[...source.matchAll(SOME)].flatMap(([, names]) => names.split(',').map((name) => name.trim().replace(/^.* as /, '')).filter((name) => name !== '')),
    ...[...source.matchAll(EVERYTHING)].flatMap(([, path]) => exportedNames(join(dirname(file), `${path}.ts`))),
  ];
}

/** The names of the types of an installed jsii module, by their full names. */
export function typesOf(module: string): Map<string, string> {
  const { types } = readAssembly(dirname(require.resolve(`${module}/package.json`))) as { readonly types: { readonly [fullName: string]: { readonly name: string } } };
  return new Map(Object.entries(types).map(([fullName, { name }]) => [fullName, name]));
}

/** jsii writes a large description of a module compressed, and marks that in the usual file. */
function readAssembly(folder: string): object {
  const assembly = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')) as { readonly schema?: string; readonly filename?: string };
  if (assembly.schema !== 'jsii/file-redirect') return assembly;
  return JSON.parse(gunzipSync(readFileSync(join(folder, assembly.filename!))).toString()) as object;
}
