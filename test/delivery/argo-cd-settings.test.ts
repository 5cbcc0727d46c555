import { ApiObject, Chart, Testing } from 'cdk8s';
import { ArgoCdSettings, InferenceAutoscaler, Mesh, Model } from '../../src';
import { manifestOf, testChart } from '../support/manifests';

const storageUri = 'gs://seldon-models/mlserver/iris';

test('the ConfigMap holds one script for each kind of Seldon', () => {
  const chart = testChart();
  new ArgoCdSettings(chart, 'argo');
  const { metadata, data } = manifestOf(chart, 'ConfigMap') as object as { metadata: unknown; data: { [key: string]: string } };

  expect(metadata).toEqual({ name: 'argocd-cm', namespace: 'argocd', labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' } });
  expect(Object.keys(data)).toEqual([
    'resource.customizations.health.machinelearning.seldon.io_SeldonDeployment',
    ...['Experiment', 'Model', 'Pipeline', 'SeldonRuntime', 'Server'].map((kind) => `resource.customizations.health.mlops.seldon.io_${kind}`),
  ]);
  expect(data).toEqual(ArgoCdSettings.healthChecks());
});

test('namespace, labels and annotations can be set, the name cannot', () => {
  const chart = testChart();
  new ArgoCdSettings(chart, 'argo', { namespace: 'gitops', metadata: { labels: { team: 'a' } } });

  expect(manifestOf(chart, 'ConfigMap').metadata).toMatchObject({ namespace: 'gitops', labels: { 'team': 'a', 'app.kubernetes.io/part-of': 'argocd' } });
  expect(() => new ArgoCdSettings(chart, 'other', { metadata: { name: 'other' } }))
    .toThrow(new Error('name "other". Argo CD reads only the ConfigMap "argocd-cm". Leave the name out (at test/other)'));
});

test('differences to ignore are those of autoscalers', () => {
  const chart = testChart();
  const iris = new Model(chart, 'iris', { storageUri, replicas: 1 });
  new Model(chart, 'wine', { storageUri, minReplicas: 1, maxReplicas: 3 });
  new Model(chart, 'plain', { storageUri, replicas: 2 });
  new InferenceAutoscaler(chart, 'scaling', { model: iris, requestsPerSecond: 10, maxReplicas: 3 });

  const difference = (name: string) => ({ group: 'mlops.seldon.io', kind: 'Model', name, namespace: 'seldon-mesh', jsonPointers: ['/spec/replicas'] });
  expect(ArgoCdSettings.ignoreDifferences(chart.node.root)).toEqual([difference('iris'), difference('wine')]);
});

describe('sync waves', () => {
  const annotationsIn = (chart: Chart) => Object.fromEntries((Testing.synth(chart) as { kind: string; metadata: { annotations?: unknown } }[])
    .map(({ kind, metadata }) => [kind, metadata.annotations]));

  test('annotate raw objects, too, and those that are created later', () => {
    const chart = testChart({ syncWaves: true });
    new ApiObject(chart, 'raw', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'raw' },
      spec: { hosts: ['iris'], http: [{ route: [{ destination: { host: 'iris' } }] }] },
    });
    new Model(chart, 'iris', { storageUri });

    expect(annotationsIn(chart)).toEqual({
      VirtualService: { 'argocd.argoproj.io/sync-wave': '7' },
      Model: { 'argocd.argoproj.io/sync-wave': '3', 'argocd.argoproj.io/sync-options': 'PruneLast=true' },
    });
  });

  test('are the same if the app is synthesized again', () => {
    const chart = testChart({ syncWaves: true });
    new Model(chart, 'iris', { storageUri, metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Validate=false' } } });

    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
  });

  test('of another mesh of the app are left alone', () => {
    const app = Testing.app();
    const [a, b] = ['a', 'b'].map((id) => new Chart(app, id, { namespace: 'models' }));
    Mesh.configure(a, { syncWaves: true });
    Mesh.configure(b, { clusterDomain: 'other.local' });
    for (const chart of [a, b]) new Model(chart, 'iris', { storageUri });

    expect([a, b].map((chart) => annotationsIn(chart).Model !== undefined)).toEqual([true, false]);
  });
});
