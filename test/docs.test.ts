import { readFileSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import * as ts from 'typescript';
import { manifestsOf, testChart } from './manifests';
import * as library from '../src';

const rollouts = readFileSync(join(__dirname, '../docs/rollouts.md'), 'utf8');
const blocks = [...rollouts.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

/** The chart that an example makes. */
function run(code: string) {
  const chart = testChart();
  const gateway = new library.Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
  const [iris1, iris2] = ['iris1', 'iris2'].map((id) => new library.Model(chart, id, { storageUri: `gs://models/${id}` }));
  const names: { [name: string]: unknown } = { ...library, chart, gateway, iris1, iris2 };
  new Function(...Object.keys(names), ts.transpile(code, { target: ts.ScriptTarget.ES2022 }))(...Object.values(names));
  return chart;
}

test('there is an example for each style', () => {
  expect(blocks.map((code) => /new (\w+)/.exec(code)![1])).toEqual(['Canary', 'BlueGreen', 'AbTest', 'ShadowDeployment']);
});

test.each(blocks.map((code) => [code]))('example %# works', (code) => {
  const chart = run(code);

  expect(manifestsOf(chart, 'VirtualService').length).toBeGreaterThan(0);
});

test('the cookie is the one that is handed out', () => {
  const chart = run(blocks[0].replace('weight: 0', 'weight: 25, sticky: {}'));
  const [, cookie] = /carries a cookie, `([^`]*)`/.exec(rollouts)!;

  expect(JSON.stringify(Testing.synth(chart))).toContain(`"set-cookie":"${cookie}"`);
});
