import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as cdk8s from 'cdk8s';
import * as ts from 'typescript';
import * as library from '../../src';
import { run } from '../support/cli';
import { page } from '../support/code-in-docs';

const ROOT = join(__dirname, '../..');
const EXAMPLES = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

test('each example has traffic tests', () => {
  const isTested = (name: string) => [name, `${name}/development`, `${name}/production`].some((folder) => existsSync(join(ROOT, 'examples', folder, 'traffic-tests.yaml')));
  expect(EXAMPLES.length).toBeGreaterThan(15);
  expect(EXAMPLES.filter((name) => !isTested(name))).toEqual([]);
});

test('they pass, and reach most of what the examples write', () => {
  const { code, out, err } = run(ROOT, ['test', 'examples', '--fail-under', '90']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/\n1\d\d passed\.\n$/);
});

test('the README shows what the commands print', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(readme).toContain(run(ROOT, ['routes', 'dist/core2-shadow']).out);
  expect(readme).toContain(`\`\`\`mermaid\n${run(ROOT, ['diagram', 'dist/core2-shadow']).out}\`\`\`\n`);
  expect(readme).toContain(run(ROOT, ['trace', 'dist/core2-shadow', '--', 'curl', 'http://models.example.com/v2/models/iris/infer']).out);
});

test('the code of the page runs', () => {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(page('traffic'))!;
  const compiled = ts.transpile(code, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  const lines: string[] = [];
  const modules: { readonly [name: string]: unknown } = { 'cdk8s': cdk8s, 'cdk8s-seldon-istio': library };
  new Function('require', 'exports', 'console', compiled)((name: string) => modules[name], {}, { log: (line: string) => lines.push(line) });
  expect(lines[0]).toMatch(/50 % Model seldon-mesh\/iris1/);
});
