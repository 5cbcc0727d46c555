import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { combineModules, Usage } from '../../scripts/combine-modules';
import { makeExportsLazy } from '../../scripts/lazy-exports';

const INDEX = 'src/index.js';
const USAGES: readonly Usage[] = [
  { name: 'constructs', module: INDEX, exports: ['Gateway', 'Model'] },
  { name: 'command', module: 'src/command.js', isSeparate: true },
];

let lib: string;

beforeEach(() => {
  lib = mkdtempSync(join(tmpdir(), 'combine-'));
  write('src/index.js', `
    const copy = (from) => Object.keys(from).forEach((name) => { exports[name] = from[name]; });
    copy(require("./istio/gateway"));
    copy(require("./model"));
    copy(require("./dashboard"));`);
  write('src/istio/gateway.js', 'const { check } = require("../checks"); exports.Gateway = class Gateway { constructor() { check("gateway"); } };');
  write('src/model.js', `const { check } = require("./checks");
    class Model {
      static named() { return new Model(); }
      constructor() { check("model"); }
      dashboard() { return new (require('./dashboard').Dashboard)(); }
    }
    exports.Model = Model;`);
  write('src/dashboard.js', 'console.log("dashboard loads"); const { check } = require("./checks"); exports.Dashboard = class Dashboard { constructor() { check("dashboard"); } };');
  write('src/checks.js', `console.log("checks load"); const { join } = require("path");
    let count = 0;
    exports.check = (what) => { if (what === undefined) throw new Error("nothing"); count++; console.log(join("check", what, String(count))); };`);
  write('src/command.js', 'require("./checks").check("command"); require("./lines");');
  write('src/lines.js', 'console.log("lines load");');
  const log = jest.spyOn(console, 'log').mockReturnValue();
  makeExportsLazy(join(lib, 'src/index.js'));
  log.mockRestore();
});

afterEach(() => rmSync(lib, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(lib, name)), { recursive: true });
  writeFileSync(join(lib, name), text);
}

function read(name: string): string {
  return readFileSync(join(lib, name), 'utf8');
}

function run(code: string): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', code], { cwd: lib, encoding: 'utf8' });
  return `${stdout}${stderr}`.trim().split('\n');
}

test('two files have the modules that the exports need, and each of them only once', () => {
  combineModules(lib, INDEX, USAGES);

  expect(run('const { Gateway, Model } = require("./src"); new Gateway(); new Model(); console.log(Object.keys(require.cache).length)'))
    .toEqual(['checks load', 'check/gateway/1', 'check/model/2', '3']);
  expect(run('const { check } = require("./src/checks"); check("first"); new (require("./src").Gateway)(); console.log(require("./src/checks").check === check)'))
    .toEqual(['checks load', 'check/first/1', 'check/gateway/2', 'true']);
});

test('other modules stay where they are, and share what they need', () => {
  const before = read('src/dashboard.js');
  combineModules(lib, INDEX, USAGES);

  expect(read('src/dashboard.js')).toBe(before);
  expect(run('const { Model } = require("./src"); new Model().dashboard(); console.log(require("./src").Dashboard.name)'))
    .toEqual(['checks load', 'check/model/1', 'dashboard loads', 'check/dashboard/2', 'Dashboard']);
});

test('the command loads only what it shares with them', () => {
  combineModules(lib, INDEX, USAGES);

  expect(run('require("./src/command"); console.log(Object.keys(require.cache).map((file) => require("path").basename(file)).join())'))
    .toEqual(['checks load', 'check/command/1', 'lines load', 'command.js,combined-constructs-command.js,lines.js']);
});

test('what several usages need is in files of its own', () => {
  combineModules(lib, INDEX, [...USAGES, { name: 'charts', module: INDEX, exports: ['Dashboard'] }]);

  expect(run('require("./src").Dashboard; console.log(Object.keys(require.cache).map((file) => require("path").basename(file)).join())'))
    .toEqual(['dashboard loads', 'checks load', 'index.js,combined-charts.js,combined-constructs-command-charts.js']);
});

test('classes keep their names', () => {
  combineModules(lib, INDEX, USAGES);

  expect(run('const { Model } = require("./src"); console.log(Model.name, Model.named().constructor.name)'))
    .toEqual(['checks load', 'check/model/1', 'Model Model']);
});

test('a module loads with its first use', () => {
  combineModules(lib, INDEX, USAGES);

  expect(run('const library = require("./src"); console.log(Object.keys(library).join()); console.log(Object.keys(require.cache).length)'))
    .toEqual(['Gateway,Model,Dashboard', '1']);
});

test('traces of errors name the function and a line of the combined file', () => {
  combineModules(lib, INDEX, USAGES);

  const [, trace] = /at \S*check \(.*combined-constructs-command\.js:(\d+)/.exec(run('require("./src/checks").check()').join('\n'))!;
  expect(read('src/combined-constructs-command.js').split('\n')[Number(trace) - 1]).toContain('throw new Error("nothing")');
});

test('a second time changes nothing', () => {
  combineModules(lib, INDEX, USAGES);
  const before = ['index', 'combined-constructs-command', 'combined-constructs', 'checks', 'model'].map((name) => read(`src/${name}.js`));
  combineModules(lib, INDEX, USAGES);

  expect(['index', 'combined-constructs-command', 'combined-constructs', 'checks', 'model'].map((name) => read(`src/${name}.js`))).toEqual(before);
});

test('fails if the package does not load', () => {
  write('src/checks.js', 'throw new Error("broken");');

  expect(() => combineModules(lib, INDEX, USAGES)).toThrow('broken');
  expect(existsSync(join(lib, 'src/combined-constructs.js'))).toBe(false);
});
