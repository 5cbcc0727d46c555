import { readFileSync } from 'fs';
import { join } from 'path';
import * as cdk8s from 'cdk8s';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import * as library from '../src';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme)![1];
}

test('the first example writes the YAML below it', () => {
  const code = ts.transpile(block('ts nofixture'), { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  const charts: cdk8s.Chart[] = [];
  class App extends cdk8s.App {
    public synth(): void {
      charts.push(...this.charts);
    }
  }
  const modules: { [name: string]: unknown } = { 'cdk8s': { ...cdk8s, App }, 'cdk8s-seldon-istio': library };
  new Function('require', 'exports', code)((name: string) => modules[name], {});
  const written = charts.flatMap((chart) => cdk8s.Testing.synth(chart));

  const shown = parseAllDocuments(block('yaml')).map((document) => document.toJSON());
  expect(shown.length).toBeGreaterThan(0);
  for (const manifest of shown) expect(written).toContainEqual(manifest);
});

test('its commands are scripts of the package', () => {
  const { scripts } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
  const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name);

  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
