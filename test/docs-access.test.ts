import { App } from 'cdk8s';
import * as library from '../src';
import { blocksOf, page, run } from './support/code-in-docs';
import { manifestsOf, synth, testChart } from './support/manifests';

const blocks = blocksOf(page('access'));

/** The chart that the examples make, together. */
function runAll() {
  const chart = testChart();
  const gateway = new library.Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
  const model = new library.Model(chart, 'fraud-v1', { storageUri: 'gs://models/fraud' });
  const fraud = new library.ModelRoute(chart, 'fraud', { gateways: [gateway], backend: model });
  const graph = library.GraphNode.model({ name: 'classifier', implementation: library.PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit' });
  const credit = new library.SeldonDeployment(chart, 'credit', { predictors: [{ name: 'default', graph }] });
  for (const code of blocks) run(code, chart, { gateway, fraud, credit });
  return chart;
}

test('the examples work together', () => {
  const chart = runAll();

  expect(() => synth(App.of(chart))).not.toThrow();
  expect(manifestsOf(chart, 'AuthorizationPolicy').map(({ metadata }) => metadata.name)).toEqual(['fraud-access', 'credit-callers', 'deny-by-default', 'no-sandbox']);
  expect(manifestsOf(chart, 'NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual(['seldon-mesh-access', 'seldon-mesh-access-servers']);
});

test('each place has an example', () => {
  expect(blocks.map((code) => /(\w+AccessPolicy|DenyByDefault|AuthorizationPolicy)/.exec(code)![1]))
    .toEqual(['GatewayAccessPolicy', 'DeploymentAccessPolicy', 'RuntimeAccessPolicy', 'DenyByDefault', 'AuthorizationPolicy']);
});
