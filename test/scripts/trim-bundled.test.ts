import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { trimBundled } from '../../scripts/trim-bundled';
import { folderWith } from '../support/cli';

const PACKAGE = JSON.stringify({ bundledDependencies: ['yaml', 're'] });

test('files that nothing loads are removed from bundled dependencies, and from no others', () => {
  const kept = ['yaml/package.json', 'yaml/dist/a.cjs.js', 'yaml/dist/a.mjs', 'yaml/LICENSE', 're/build/index.js', 're/build/index.cjs', 'other/dist/a.js.map'];
  const unused = ['yaml/dist/a.cjs.js.map', 'yaml/dist/browser/a.min.js', 'yaml/dist/browser/a.min.js.map', 're/build/index.umd.js'];
  const folder = folderWith({ 'package.json': PACKAGE, ...Object.fromEntries([...kept, ...unused].map((file) => [`node_modules/${file}`, ''])) });

  expect([...trimBundled(folder)].sort()).toEqual(unused.map((file) => join(folder, 'node_modules', file)).sort());
  expect(kept.filter((file) => !existsSync(join(folder, 'node_modules', file)))).toEqual([]);
  expect(readdirSync(join(folder, 'node_modules/re/build'))).toEqual(['index.cjs', 'index.js']);
  expect(trimBundled(folder)).toEqual([]);
});

test.each(['js-yaml', 're2js'])('what %s loads is kept', (name) => {
  const { main, module, exports: entries } = JSON.parse(readFileSync(join(__dirname, '../../node_modules', name, 'package.json'), 'utf8'));
  const loaded = [main, module, ...[...JSON.stringify(entries['.']).matchAll(/"(\.\/[^"]+)"/g)].map(([, path]) => path)].map((path) => path.replace(/^\.\//, ''));
  const folder = folderWith({ 'package.json': JSON.stringify({ bundledDependencies: [name] }), ...Object.fromEntries(loaded.map((file) => [`node_modules/${name}/${file}`, ''])) });

  expect(loaded.length).toBeGreaterThan(4);
  expect(trimBundled(folder)).toEqual([]);
});
