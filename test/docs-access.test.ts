import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'cdk8s';
import * as ts from 'typescript';
import { manifestsOf, synth, testChart } from './manifests';
import * as library from '../src';

const access = readFileSync(join(__dirname, '../docs/access.md'), 'utf8');
const blocks = [...access.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

/** The chart that the examples make, together. */
function run() {
  const chart = testChart();
  const gateway = new library.Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
  const model = new library.Model(chart, 'fraud-v1', { storageUri: 'gs://models/fraud' });
  const fraud = new library.ModelRoute(chart, 'fraud', { gateways: [gateway], backend: model });
  const graph = library.GraphNode.model({ name: 'classifier', implementation: library.PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit' });
  const credit = new library.SeldonDeployment(chart, 'credit', { predictors: [{ name: 'default', graph }] });
  const names: { [name: string]: unknown } = { ...library, chart, gateway, fraud, credit };
  for (const code of blocks) {
    new Function(...Object.keys(names), ts.transpile(code, { target: ts.ScriptTarget.ES2022 }))(...Object.values(names));
  }
  return chart;
}

test('the examples work, together', () => {
  const chart = run();

  expect(() => synth(App.of(chart))).not.toThrow();
  expect(manifestsOf(chart, 'AuthorizationPolicy').map(({ metadata }) => metadata.name)).toEqual(['fraud-access', 'credit-callers', 'deny-by-default']);
  expect(manifestsOf(chart, 'NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual(['seldon-mesh-access', 'seldon-mesh-access-servers']);
});

test('every place has its example', () => {
  expect(blocks.map((code) => /(ModelAccessPolicy\.\w+|DenyByDefault)/.exec(code)![1]))
    .toEqual(['ModelAccessPolicy.atGateway', 'ModelAccessPolicy.atDeployment', 'ModelAccessPolicy.atRuntime', 'DenyByDefault']);
});
