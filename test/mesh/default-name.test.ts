import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Gateway } from '../../src/istio/gateway/gateway';
import { defaultName, nameOf } from '../../src/mesh/default-name';
import { Model } from '../../src/seldon/core2/model';
import { Server } from '../../src/seldon/core2-runtime/server';
import { ServerConfig } from '../../src/seldon/core2-runtime/server-config';
import { ModelRoute } from '../../src/traffic/model-route';
import { testChart } from '../support/manifests';

test.each([
  [['iris'], 'iris'],
  [['wine', 'model'], 'wine-model'],
  [['wine', 'Default'], 'wine'],
  [['team', 'wine', 'Resource'], 'team-wine'],
  [['Default'], 'Default'],
])('ids %j below a chart make the name %s', (ids, name) => {
  expect(defaultName(ids)).toBe(name);
});

test('a chart inside a chart begins a new path', () => {
  const inner = new Chart(testChart(), 'inner');

  expect(nameOf(new Construct(inner, 'iris'))).toBe('iris');
});

test('an app adds nothing to the name of a construct outside of charts', () => {
  expect(nameOf(new Construct(new App(), 'iris'))).toBe('iris');
});

test('the name in the metadata takes precedence', () => {
  expect(nameOf(new Construct(new Construct(testChart(), 'wine'), 'model'), { metadata: { name: 'red' } })).toBe('red');
});

test('a construct of constructs can be used twice in a chart', () => {
  const chart = testChart();
  for (const id of ['wine', 'iris']) {
    const scope = new Construct(chart, id);
    const gateway = new Gateway(scope, 'gateway', { namespace: 'istio-system', selector: { for: id } });
    const backend = new Model(scope, 'model', { storageUri: `gs://models/${id}`, requirements: ['sklearn'] });
    new Server(scope, 'server', { serverConfig: ServerConfig.mlserver() });
    new ModelRoute(scope, 'Default', { gateways: [gateway], backend });
  }

  expect(Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['wine', 'iris'].flatMap((id) => (
    [`Gateway ${id}-gateway`, `Model ${id}-model`, `Server ${id}-server`, `VirtualService ${id}`]
  )));
});
