import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { makeExportsLazy } from '../../scripts/lazy-exports';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazy-'));
  write('index.js', `
    const copy = (from) => Object.keys(from).forEach((name) => { exports[name] = from[name]; });
    copy(require("./gateway"));
    copy(require("./model"));`);
  write('gateway.js', 'console.log("gateway loads"); exports.Gateway = class Gateway {};');
  write('model.js', 'console.log("model loads"); exports.Model = class Model {}; exports.TYPES = ["a"];');
  jest.spyOn(console, 'log').mockReturnValue();
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function run(code: string, ...options: string[]): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [...options, '-e', code], { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`.trim().split('\n');
}

test('a module loads when something of it is first used, and once', () => {
  makeExportsLazy(join(folder, 'index.js'));

  expect(run('const all = require("./index"); console.log("index"); console.log(all.Model.name, all.Model === all.Model, all.TYPES[0])'))
    .toEqual(['index', 'model loads', 'Model true a']);
});

test('all names are there, and ES modules can import them', () => {
  makeExportsLazy(join(folder, 'index.js'));

  expect(run('console.log(Object.keys(require("./index")).join())')).toEqual(['Gateway,Model,TYPES']);
  expect(run(`import { Model } from '${join(folder, 'index.js')}'; console.log(Model.name)`, '--input-type=module')).toContain('Model');
});

test('a second time changes nothing', () => {
  makeExportsLazy(join(folder, 'index.js'));
  makeExportsLazy(join(folder, 'index.js'));

  expect(run('const all = require("./index"); console.log("index"); console.log(all.Gateway.name)')).toEqual(['index', 'gateway loads', 'Gateway']);
});

test('fails for an index with its own exports', () => {
  write('own.js', 'exports.Model = require("./model").Model; exports.OWN = 1;');

  expect(() => makeExportsLazy(join(folder, 'own.js'))).toThrow(`${join(folder, 'own.js')} must only re-export other modules, but defines OWN`);
});
