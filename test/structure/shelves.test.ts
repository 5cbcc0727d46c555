import { readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

const ROOT = join(__dirname, '../..');

interface Zone {
  readonly target: string | readonly string[];
}

function zones(): Zone[] {
  const rc = readFileSync(join(ROOT, '.eslintrc.json'), 'utf8').replace(/^\/\/.*$/gm, '');
  const { rules } = JSON.parse(rc) as { readonly rules: { readonly 'import/no-restricted-paths': [string, { readonly zones: Zone[] }] } };
  return rules['import/no-restricted-paths'][1].zones;
}

test.each(['istio', 'seldon'])('all files of %s are in its shelves', (folder) => {
  expect(readdirSync(join(ROOT, 'src', folder), { withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
});

test('every folder of src/ and every shelf has rules about what it imports', () => {
  const targets = new Set(zones().flatMap(({ target }) => target).filter((target) => !target.includes('*')).map((target) => target.replace('./src/', '')));
  const shelved = new Set([...targets].map(dirname));
  const folders = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name).slice(join(ROOT, 'src/').length));
  expect(folders).toEqual(expect.arrayContaining(['plan', 'istio/gateway', 'seldon/core1']));
  expect(folders.filter((folder) => shelved.has(dirname(folder)) && !targets.has(folder))).toEqual([]);
});
