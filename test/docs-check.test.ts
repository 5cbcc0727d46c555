import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as library from '../src';
import { folderWith, run } from './support/cli';
import { blocksOf, page } from './support/code-in-docs';
import { readConfiguration } from '../src/cli/configuration';
import { RULES } from '../src/rules/all';

const ROOT = join(__dirname, '..');
const check = page('check');
const yamlBlocks = [...check.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text);

test('the example accepts the finding about its second route, and the manifest has the reason', () => {
  const code = blocksOf(check)[0].replace(/^import .*$/gm, '');
  const chart = new Function('App', 'Chart', 'ApiObject', 'Rules', `${code}; return chart;`)(App, Chart, ApiObject, library.Rules) as Chart;
  const preview = Testing.synth(chart).find(({ metadata }) => metadata.name === 'preview');
  expect(preview.metadata.annotations).toEqual({ 'cdk8s-seldon-istio.io/accept-hidden-host': 'the preview has its own host' });
  expect(library.Rules.find(chart)).toEqual([]);
});

test('the configuration is valid', () => {
  const file = yamlBlocks.find((text) => text.startsWith('istioVersion:'))!;
  const { context, failOn, settings } = readConfiguration(folderWith({ 'seldon-istio.yaml': file }), undefined, () => RULES.map(({ id }) => id));
  expect([context, failOn, settings.core1Routes]).toEqual([['../platform/dist'], 'warning', 'library']);
});

test('the rules that the page names exist', () => {
  const ids = RULES.map(({ id }) => id);
  const named = [...check.matchAll(/accept-([a-z0-9-]+):|rule:? ([a-z0-9-]+)/g)].map(([, accepted, rule]) => accepted ?? rule);
  expect(named.length).toBeGreaterThan(2);
  for (const name of named) expect(ids).toContain(name);
});

test('the README shows what the command prints about the published samples', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, shown] = /```\n(warning missing-destination-port[^`]*)```/.exec(readme)!;
  expect(run(ROOT, ['check', 'test/fixtures/published']).out).toContain(shown);
});
