import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Include } from 'cdk8s';
import * as ts from 'typescript';
import * as library from '../src';
import { folderWith, run } from './support/cli';
import { blocksOf, page } from './support/code-in-docs';

const text = page('adopt');
const published = readFileSync(join(__dirname, 'fixtures/published/single-model.yaml'), 'utf8');
const corrected = published.replace('name: seldon-gateway\n  namespace: seldon-mesh', 'name: seldon-gateway\n  namespace: istio-system');
const at = corrected.indexOf('---\napiVersion: networking.istio.io/v1alpha3');

const [unchanged, replaced] = blocksOf(text);

/** Runs a program of the page, whose included file is that of the folder. */
function synthesized(program: string, folder: string): string {
  let manifests = '';
  class FastApp extends App {
    public synth(): void {
      manifests = this.synthYaml();
    }
  }
  class IncludeOfFolder extends Include {
    public constructor(chart: Chart, id: string, { url }: { url: string }) {
      super(chart, id, { url: join(folder, url) });
    }
  }
  const modules: { [name: string]: unknown } = { 'cdk8s': { Chart, Include: IncludeOfFolder }, 'cdk8s-seldon-istio': { ...library, FastApp } };
  const code = ts.transpile(program, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  new Function('require', 'exports', code)((name: string) => modules[name], {});
  return manifests;
}

const findings = (manifests: string): string[] => JSON.parse(run(folderWith({ 'a.yaml': manifests }), ['check', 'a.yaml', '--output', 'json']).out)
  .findings.map(({ level, rule }: { level: string; rule: string }) => `${level} ${rule}`);

test('the sample has the fault that the page names first', () => {
  expect(findings(published)).toContain('warning unknown-gateway');
});

test('the corrected sample has the findings of the page', () => {
  const listed = [...text.matchAll(/^- \[([a-z-]+)\].*, an? (error|warning|info)/gm)].map(([, rule, level]) => `${level} ${rule}`);

  expect(listed).toHaveLength(3);
  expect([...new Set(findings(corrected))]).toEqual(listed);
});

test('the first app changes nothing', () => {
  const manifests = synthesized(unchanged, folderWith({ 'manifests/single-model.yaml': corrected }));
  const folder = folderWith({ 'manifests/a.yaml': corrected, 'dist/a.yaml': manifests });

  expect(run(folder, ['diff', '--before', 'manifests', 'dist'])).toMatchObject({ code: 0, out: 'Nothing changes.\n' });
});

test('the second app keeps the objects, has no findings, and changes what the page lists', () => {
  const folder = folderWith({ 'manifests/kept.yaml': corrected.slice(0, at), 'manifests/routes.yaml': corrected.slice(at) });
  const manifests = synthesized(replaced, folder);
  const after = folderWith({ 'before/a.yaml': corrected, 'dist/a.yaml': manifests });

  expect(manifests.match(/^kind: .*$/gm)).toEqual(['kind: Model', 'kind: Gateway', 'kind: VirtualService']);
  expect(findings(manifests)).toEqual([]);
  expect(text).toContain(`\`\`\`\n${run(after, ['diff', '--before', 'before', 'dist']).out.trimEnd()}\n\`\`\`\n`);
});

test('the generated tests fail after the change, as the page states', () => {
  const before = folderWith({ 'manifests/a.yaml': corrected });
  const tests = run(before, ['test', 'manifests', '--generate']).out;
  const manifests = synthesized(replaced, folderWith({ 'manifests/kept.yaml': corrected.slice(0, at) }));
  const after = folderWith({ 'dist/a.yaml': manifests, 'traffic-tests.yaml': tests });

  expect(run(after, ['test', 'dist', 'traffic-tests.yaml']).out.match(/^failed .*$/gm)).toHaveLength(4);
});
