import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Gateway } from '../../src/istio/gateway/gateway';
import { Mesh, MeshOptions } from '../../src/mesh/mesh';
import { Warnings } from '../../src/mesh/warnings';

beforeEach(() => { jest.spyOn(console, 'warn').mockImplementation(); });
afterEach(() => { jest.restoreAllMocks(); });

/** The warnings of an app with a Gateway in each of two meshes. */
function warningsOf(options: readonly [MeshOptions, MeshOptions], names: readonly [string, string] = ['models', 'models']): string[] {
  const app = new App();
  ['development', 'production'].forEach((stage, i) => {
    const scope = new Construct(app, stage);
    Mesh.configure(scope, options[i]);
    new Gateway(new Chart(scope, 'chart', { namespace: 'istio-system' }), 'gateway', { metadata: { name: names[i] } });
  });
  app.synthYaml();
  return Warnings.find(app);
}

test('two meshes with equal options and a Gateway with the same name are probably in one cluster', () => {
  expect(warningsOf([{ istioVersion: '1.28', ingressSelector: { a: '1', b: '2' } }, { ingressSelector: { b: '2', a: '1' }, istioVersion: '1.28' }])).toEqual([
    'the meshes of "development" and of "production" have the same options, and both have Gateway "istio-system/models" '
    + '(development/chart/gateway and production/chart/gateway). In one cluster, one would overwrite the other, and endpoints of the two '
    + 'are not compared. Configure one mesh on a common scope, or set a different clusterDomain for each cluster (at production/chart/gateway)',
  ]);
});

test('a default that is set is equal to one that is not', () => {
  expect(warningsOf([{ clusterDomain: 'cluster.local' }, {}])).toHaveLength(1);
});

test('no warning for different cluster domains', () => {
  expect(warningsOf([{ clusterDomain: 'a.example.com' }, { clusterDomain: 'b.example.com' }])).toEqual([]);
});

test('no warning for Gateways of different names', () => {
  expect(warningsOf([{}, {}], ['models', 'others'])).toEqual([]);
});

test('a Gateway written as a plain object counts, and one of a mesh below is not counted twice', () => {
  const app = new App();
  Mesh.configure(app, {});
  const scope = new Construct(app, 'inner');
  Mesh.configure(scope, {});
  for (const each of [app, scope]) {
    const chart = new Chart(each, 'chart');
    new ApiObject(chart, 'plain', { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'models', namespace: 'edge' }, spec: { selector: { a: 'b' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] } });
  }
  app.synthYaml();
  expect(Warnings.find(app).map((text) => text.split('. ')[0])).toEqual([
    'the meshes of the app and of "inner" have the same options, and both have Gateway "edge/models" (chart/plain and inner/chart/plain)',
  ]);
});
