import { readdirSync } from 'fs';
import { builtinModules } from 'module';
import { join } from 'path';

const ROOT = join(__dirname, '../../src');
const PACKAGES = ['constructs', 'cdk8s', 'cdk8s-plus-27'];
const BUILT_IN = builtinModules.filter((name) => !name.startsWith('_'));

/** The packages and modules of Node.js that a file loads, and those that its imports load. */
function loadedBy(file: string): string[] {
  const loaded = new Set<string>();
  jest.isolateModules(() => {
    for (const name of [...PACKAGES, ...BUILT_IN, ...BUILT_IN.map((each) => `node:${each}`)]) {
      jest.doMock(name, () => {
        loaded.add(name.replace(/^node:/, ''));
        return jest.requireActual(name);
      });
    }
    jest.requireActual(file);
  });
  return [...loaded];
}

const FILES = readdirSync(join(ROOT, 'cluster'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

test('the folder has files', () => {
  expect(FILES).toContain(join('core1-operator', 'operator-objects.ts'));
});

test.each(FILES)('%s runs in a browser, without constructs', (file) => {
  expect(loadedBy(join(ROOT, 'cluster', file))).toEqual([]);
});

test('a file that loads constructs or modules of Node.js is seen', () => {
  expect(loadedBy(join(ROOT, 'mesh/mesh.ts'))).toEqual(expect.arrayContaining(['constructs']));
  expect(loadedBy(join(ROOT, 'plan/checks/checks.ts'))).toEqual(expect.arrayContaining(['net']));
});
