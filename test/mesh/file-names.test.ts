import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { findOverwritten } from '../../src/mesh/file-names';
import { Mesh } from '../../src/mesh/mesh';

/** Development and production in one app, each with its own mesh. */
function stages(yamlOutputType?: YamlOutputType): App {
  const app = new App({ yamlOutputType });
  for (const stage of ['dev', 'prod']) {
    const chart = new Chart(app, stage, { namespace: 'istio-system' });
    Mesh.configure(chart, { clusterDomain: `${stage}.example.com` });
    new Gateway(chart, 'seldon-gateway');
  }
  return app;
}

test('fails for two stages when each object has a file', () => {
  expect(() => stages(YamlOutputType.FILE_PER_RESOURCE).synthYaml()).toThrow(
    'dev/seldon-gateway and prod/seldon-gateway are both written to the file Gateway.seldon-gateway.k8s.yaml, and the first one would be lost. '
    + 'Set YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE or FILE_PER_CHART on the app, or create two apps with separate output folders');
});

test.each([undefined, YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE])(
  'takes two stages with output type %s', (type) => {
    expect(() => stages(type).synthYaml()).not.toThrow();
  });

/** Two objects with one name in one chart, in two namespaces. */
function namesakes(yamlOutputType: YamlOutputType): App {
  const app = new App({ yamlOutputType, outputFileExtension: '.yaml' });
  const chart = new Chart(app, 'chart');
  for (const namespace of ['a', 'b']) new Gateway(chart, `in-${namespace}`, { namespace, metadata: { name: 'gateway' } });
  return app;
}

test('fails for objects of one name in the folder of a chart', () => {
  expect(() => namesakes(YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE).synthYaml()).toThrow(
    'chart/in-a and chart/in-b are both written to the file chart/Gateway.gateway.yaml, and the first one would be lost. '
    + 'Move them to separate charts, or set YamlOutputType.FILE_PER_CHART on the app');
  expect(() => namesakes(YamlOutputType.FILE_PER_CHART).synthYaml()).not.toThrow();
});

test('objects of other libraries count, too', () => {
  const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
  const chart = new Chart(app, 'chart', { namespace: 'istio-system' });
  new Gateway(chart, 'public');
  new ApiObject(chart, 'other', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'public' } });

  expect(() => app.synthYaml()).toThrow('are both written to the file Gateway.public.k8s.yaml');
});

test('each object that is lost is found', () => {
  const files = ['a', 'b', 'a', 'a'].map((file, i) => ({ file, path: `object-${i}` }));

  expect(findOverwritten(files).map(({ first, second }) => [first.path, second.path])).toEqual([['object-0', 'object-2'], ['object-0', 'object-3']]);
});
