import { readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import * as library from '../src';
import { folderWith, run } from './support/cli';
import { page } from './support/code-in-docs';

const EXAMPLE = join(__dirname, '../examples/models-file/main.ts');
const text = page('ship-a-version');

/** The lines of the changes on the page that add or remove versions. */
const versions = [...text.matchAll(/^[-+ ] {6}(- \{ version: .*\})$/gm)].map(([, line]) => line);
const [v2, v3, ten, hundred] = new Set(versions);

/** Runs the app of the example for the listed versions. */
function shipped(folder: string, name: string, ...listed: readonly string[]): string {
  const written = folderWith({ 'models.yaml': `models:\n  - name: iris\n    requirements: [sklearn]\n    versions:\n${listed.map((line) => `      ${line}\n`).join('')}` });
  process.env.CDK8S_OUTDIR = join(folder, name);
  try {
    const code = ts.transpile(readFileSync(EXAMPLE, 'utf8'), { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true });
    const modules: { [module: string]: unknown } = { 'path': jest.requireActual('path'), 'cdk8s': jest.requireActual('cdk8s'), 'cdk8s-seldon-istio': library };
    new Function('require', 'exports', '__dirname', code)((module: string) => modules[module], {}, written);
  } finally {
    delete process.env.CDK8S_OUTDIR;
  }
  return name;
}

describe('the commits of the page', () => {
  const folder = folderWith({ '.gitkeep': '' });
  const states = [
    shipped(folder, 'main', v2), shipped(folder, 'added', v2, v3), shipped(folder, 'shifted', v2, ten), shipped(folder, 'promoted', v2, hundred), shipped(folder, 'removed', hundred),
  ];
  const between = (command: string, before: string, after: string, ...more: readonly string[]) => run(folder, [command, '--before', before, after, ...more]);

  test('are those that the page lists', () => {
    expect([v2, v3, ten, hundred]).toEqual([
      '- { version: v2, uri: gs://models/iris/v2 }', '- { version: v3, uri: gs://models/iris/v3 }',
      '- { version: v3, uri: gs://models/iris/v3, weight: 10 }', '- { version: v3, uri: gs://models/iris/v3, weight: 100 }',
    ]);
  });

  test.each([
    [0, /^Nothing changes\.\n$/], [1, /iris-v3 0 % → 10 %\n {2}Model seldon-mesh\/iris-v2 100 % → 90 %/], [2, /iris-v3 10 % → 100 %/], [3, /^Nothing changes\.\n$/],
  ])('change the traffic as the page states: commit %#', (i, expected) => {
    expect(between('diff', states[i], states[i + 1]).out).toMatch(expected);
  });

  test.each([0, 1, 2, 3])('give no warning: commit %#', (i) => {
    expect(between('check', states[i], states[i + 1], '--fail-on', 'warning')).toMatchObject({ code: 0 });
  });

  test('give both warnings in one', () => {
    const { code, out } = between('check', states[0], states[4], '--fail-on', 'warning');
    const listed = [...text.matchAll(/^warning .*$/gm)].map(([line]) => line);
    expect(listed).toHaveLength(2);
    expect([code, ...listed.filter((line) => out.replaceAll(/\n {2}(?=\w)/g, ' ').includes(line))]).toEqual([1, ...listed]);
  });
});
