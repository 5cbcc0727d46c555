import { spawnSync } from 'child_process';
import { readdirSync, readFileSync, statSync } from 'fs';
import { builtinModules } from 'module';
import { join, resolve } from 'path';
import { version } from '../../package.json';
import { folderWith, rightFor, wrongFor, writeFiles } from '../support/cli';

const root = resolve(__dirname, '../..');
const home = folderWith();
const file = join(home, 'seldon-istio.cjs');

const ROUTES = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http: [{match: [{headers: {x-tester: {regex: 'y(e|a)s'}}}], route: [{destination: {host: iris, port: {number: 80}}}]}]
`;

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), 'scripts/bundle.ts', file], { cwd: root });
  if (status !== 0) throw new Error(stderr.toString());
});

function node(cwd: string, args: readonly string[], input: string = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [file, ...args], { cwd, input, encoding: 'utf8', env: { PATH: process.env.PATH } });
}

test('is one small file that needs only Node.js', () => {
  expect(readdirSync(home)).toEqual(['seldon-istio.cjs']);
  expect(statSync(file).size).toBeLessThan(2 * 1024 * 1024);
  const required = [...readFileSync(file, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name.replace(/^node:/, ''));
  expect(required.filter((name) => !builtinModules.includes(name))).toEqual([]);
});

test('contains the licenses of what it is made of', () => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('\njs-yaml\n(The MIT License)\n');
});

test('runs in an empty folder', () => {
  const { status, stdout, stderr } = node(folderWith(), ['check']);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^seldon-istio: there is nothing to check\./);
});

test('tells its release', () => {
  expect(node(folderWith(), ['--version']).stdout).toBe(`${version}\n`);
});

test('checks files and standard input', () => {
  const folder = folderWith({ 'dist/a.yaml': rightFor('sticky-header-kept') });
  expect(node(folder, ['check']).status).toBe(0);
  writeFiles(folder, { 'dist/a.yaml': wrongFor('impossible-path') });
  const { status, stdout, stderr } = node(folder, ['check']);
  expect([status, stderr]).toEqual([1, '']);
  expect(stdout).toContain('error impossible-path (');
  const input = node(folder, ['check', '-', '-o', 'json'], wrongFor('impossible-path'));
  expect([input.status, JSON.parse(input.stdout).findings[0].file]).toEqual([1, 'standard input']);
});

test('traces a request', () => {
  const folder = folderWith({ 'dist/a.yaml': ROUTES });
  const { status, stdout, stderr } = node(folder, ['trace', 'dist', '--', 'curl', '-H', 'x-tester: yes', 'http://models.example.com/v2/models/iris/infer']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('100 % iris.models.svc.cluster.local:80\n');
  expect(stdout).toContain('\nTrace\n');
  expect(node(folder, ['trace', 'dist', '--', 'curl', 'http://other.example.com/']).stdout).toContain('404 not-found');
});

test('writes all of a long report into a pipe, also to a reader that stops after one line', () => {
  const route = wrongFor('sticky-header-kept');
  const many = Array.from({ length: 400 }, (_, i) => route.replace('name: iris', `name: iris${i}`).replace('models.example.com', `m${i}.example.com`)).join('---\n');
  const folder = folderWith({ 'dist/a.yaml': many });
  const { stdout } = node(folder, ['check', '-o', 'json']);
  expect(stdout.length).toBeGreaterThan(2 ** 17);
  expect(JSON.parse(stdout).findings.length).toBeGreaterThanOrEqual(400);
  const piped = spawnSync('sh', ['-c', `"${process.execPath}" "${file}" check --all | head -n 1`], { cwd: folder, encoding: 'utf8' });
  expect(piped.stderr).toBe('');
});

test('reads a pipe with a name, and fails with 2 if its output cannot be written', () => {
  const folder = folderWith({ 'a.yaml': rightFor('sticky-header-kept') });
  const bash = (command: string) => spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, NODE: process.execPath, FILE: file } });
  expect(JSON.parse(bash('"$NODE" "$FILE" check -o json <(cat a.yaml)').stdout).summary.files).toBe(1);
  const { status, stderr } = bash('"$NODE" "$FILE" check a.yaml > /dev/full');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^seldon-istio: the output could not be written: ENOSPC.*\.$/m);
  expect(bash('"$NODE" "$FILE" nothing 2>&1 | true; exit ${PIPESTATUS[0]}').status).toBe(2);
});
