/**
 * Makes the compiled index load a module on first use: an app that splits traffic between two models does not need dashboards.
 * TypeScript's `export *` loads everything at once.
 */
import { readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { resolve } from 'path';

/**
 * Rewrites the index.
 *
 * @param index Path of a compiled module that only re-exports other modules.
 */
export function makeExportsLazy(index: string): void {
  const modules = [...readFileSync(index, 'utf8').matchAll(/require\("(\.[^"]+)"\)/g)].map(([, path]) => path);
  const load: (path: string) => { [name: string]: unknown } = createRequire(resolve(index));
  const exported = load(resolve(index));
  const homes = new Map<string, string>();
  for (const path of modules) {
    const found = load(path);
    for (const name of Object.keys(found)) {
      if (!homes.has(name) && name in exported && exported[name] === found[name]) homes.set(name, path);
    }
  }
  const names = Object.keys(exported);
  const ownExports = names.filter((name) => !homes.has(name));
  if (ownExports.length > 0) throw new Error(`${index} must only re-export other modules, but defines ${ownExports.join(', ')}`);
  writeFileSync(index, [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // Node.js reads the names from this line when a module imports them.
    ...names.map((name) => `exports.${name} = void 0;`),
    'function lazy(name, load) {',
    '  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get() {',
    '    const value = load()[name];',
    '    Object.defineProperty(exports, name, { enumerable: true, value });',
    '    return value;',
    '  } });',
    '}',
    ...names.map((name) => `lazy("${name}", () => require("${homes.get(name)}"));`),
    '',
  ].join('\n'));
}

if (require.main === module) makeExportsLazy(resolve(__dirname, '../lib/src/index.js'));
