import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ModuleLoader } from './module-loader';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'loader-')); });
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('files of one run share modules, and the next run evaluates them again', () => {
  write('state.ts', 'export const seen: string[] = [];');
  const first = write('first.ts', 'import { seen } from "./state"; seen.push("first"); export { seen };');
  const second = write('second.ts', 'import { seen } from "./state"; seen.push("second"); export { seen };');
  const loader = new ModuleLoader(folder);
  const modules = new Map();
  loader.load(first, modules);
  expect(loader.load(second, modules)).toEqual({ seen: ['first', 'second'] });
  expect(loader.load(second, new Map())).toEqual({ seen: ['second'] });
});

test('files that import each other see what is exported so far', () => {
  const one = write('one.ts', 'export const a = 1; import { sum } from "./two"; export const total = sum();');
  write('two.ts', 'import * as one from "./one"; export const sum = () => one.a + 1;');
  expect(new ModuleLoader(folder).load(one, new Map())).toMatchObject({ a: 1, total: 2 });
});

test('aliases, packages, JSON and the folder are found', () => {
  write('index.ts', 'export const name = "index";');
  write('data.json', '{ "answer": 42 }');
  const file = write('user.ts', 'import { basename } from "path"; import { name } from "the-package"; import data from "./data.json"; '
    + 'export const found = [basename(__filename), __dirname, name, data.answer];');
  const found = { found: ['user.ts', folder, 'index', 42] };
  expect(new ModuleLoader(folder, { 'the-package': 'index.ts' }).load(file, new Map())).toMatchObject(found);
  expect(() => new ModuleLoader(folder).load(file, new Map())).toThrow("Cannot find module 'the-package'");
});
