import { ApiObject, Testing } from 'cdk8s';
import { ModelStore } from '../../../src/istio/egress/model-store';
import { ModelStoreEgress } from '../../../src/istio/egress/model-store-egress';
import { OutboundTrafficMode } from '../../../src/istio/egress/sidecar';
import { SidecarScope, SidecarScopeProps } from '../../../src/istio/egress/sidecar-scope';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { testChart } from '../../support/manifests';

// What callers who write JavaScript may give.
const wrong = (value: unknown) => value as never;
const USUAL = ['./*', 'istio-system/*', 'default/kubernetes.default.svc.cluster.local'];

function make(props: SidecarScopeProps = {}): SidecarScope {
  return new SidecarScope(testChart(), 'scope', props);
}

test('defaultChild', () => {
  expect(ApiObject.of(make()).kind).toEqual('Sidecar');
});

test('the minimal SidecarScope', () => {
  const chart = testChart();
  new SidecarScope(chart, 'scope');

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "Sidecar",
    "metadata": {
      "name": "scope",
      "namespace": "seldon-mesh",
    },
    "spec": {
      "egress": [
        {
          "hosts": [
            "./*",
            "istio-system/*",
            "default/kubernetes.default.svc.cluster.local",
          ],
        },
      ],
      "outboundTrafficPolicy": {
        "mode": "REGISTRY_ONLY",
      },
    },
  },
]
`);
});

test('what is usual can be left out', () => {
  const { hosts } = make({ ownNamespace: false, rootNamespace: false, apiServer: false, namespaces: ['kafka'] });

  expect(hosts).toEqual(['kafka/*']);
});

test('stores of other namespaces', () => {
  const chart = testChart();
  const egress = new ModelStoreEgress(chart, 'stores', {
    namespace: 'tools', exportTo: ['*'], stores: [ModelStore.host('models.example.com'), ModelStore.minio({ host: 'minio.storage.svc' })],
  });

  expect(new SidecarScope(chart, 'scope', { egress: [egress] }).hosts)
    .toEqual([...USUAL, 'tools/models.example.com', 'storage/minio.storage.svc.cluster.local']);
});

test('stores of the own namespace', () => {
  const chart = testChart();
  const egress = new ModelStoreEgress(chart, 'stores', { stores: [ModelStore.host('models.example.com'), ModelStore.minio({ host: 'minio' })] });

  expect(new SidecarScope(chart, 'some', { egress: [egress], ownNamespace: false, workloadSelector: { app: 'iris' } }).hosts)
    .toEqual(['istio-system/*', 'default/kubernetes.default.svc.cluster.local', './models.example.com', './minio.seldon-mesh.svc.cluster.local']);
  expect(new SidecarScope(chart, 'all', { egress: [egress] }).hosts).toEqual(USUAL);
});

test('backends and further hosts', () => {
  const iris = ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 });
  const own = ServiceBackend.of({ name: 'wine', namespace: 'seldon-mesh', port: 80 });

  expect(make({ backends: [iris, own], namespaces: ['kafka', 'seldon-mesh'], hosts: ['*/api.example.com', 'kafka/a.kafka.svc.cluster.local'] }).hosts)
    .toEqual([...USUAL, 'kafka/*', 'models/iris.models.svc.cluster.local', '*/api.example.com']);
});

test('everything but a namespace and a host', () => {
  const { hosts } = make({ hosts: ['*/*', '~models/*', '~/store.example.com'] });

  expect(hosts).toEqual(['*/*', '~models/*', '~/store.example.com']);
});

test('everything', () => {
  const scope = make({ hosts: ['*/*'], outboundTrafficPolicy: OutboundTrafficMode.ALLOW_ANY });

  expect(ApiObject.of(scope).toJson().spec).toEqual({ egress: [{ hosts: ['*/*'] }], outboundTrafficPolicy: { mode: 'ALLOW_ANY' } });
});

test('another mesh', () => {
  const chart = testChart({ clusterDomain: 'k8s.example', rootNamespace: 'mesh' });

  expect(new SidecarScope(chart, 'scope').hosts).toEqual(['./*', 'mesh/*', 'default/kubernetes.default.svc.k8s.example']);
});

test('fails with stores that the namespace does not see', () => {
  const chart = testChart();
  const egress = new ModelStoreEgress(chart, 'stores', { namespace: 'tools', stores: [ModelStore.host('models.example.com')] });

  expect(() => new SidecarScope(chart, 'scope', { egress: [egress] })).toThrow(new Error(
    'test/stores is exported to ".". Namespace "seldon-mesh" does not see it. Add the namespace to exportTo of the egress (at test/scope)'));
});

test.each<[() => unknown, string]>([
  [() => make(wrong(null)),
    'props null. Expected an object with apiServer, backends, egress or hosts (at test/scope)'],
  [() => make({ namespace: 'istio-system' }),
    'a SidecarScope in the root namespace "istio-system". Without a workloadSelector it would limit the whole mesh. Put it into the namespace of the models, or use a Sidecar (at test/scope)'],
  [() => make({ ownNamespace: false, rootNamespace: false, apiServer: false }),
    'a SidecarScope without hosts. Set egress, backends, namespaces or hosts (at test/scope)'],
  [() => make({ namespaces: ['A'] }),
    'namespace "A". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at test/scope)'],
  [() => make({ namespaces: wrong('a') }),
    'namespaces "a". Expected a list of strings (at test/scope)'],
  [() => make({ hosts: ['example.com'] }),
    'host "example.com". Expected a namespace, "." or "*", followed by a slash and "*" or a full DNS name, such as "models/iris.models.svc.cluster.local" (at test/scope)'],
  [() => make({ hosts: wrong('x') }),
    'hosts "x". Expected a list of strings (at test/scope)'],
  [() => make({ egress: [wrong(1)] }),
    'egress[0] 1. Expected a ModelStoreEgress (at test/scope)'],
  [() => make({ egress: wrong(1) }),
    'egress 1. Expected a list in which each entry is a ModelStoreEgress (at test/scope)'],
  [() => make({ backends: [wrong('iris')] }),
    'backends[0] "iris". Expected a backend, such as a Model or ServiceBackend.of(…) (at test/scope)'],
  [() => make({ workloadSelector: {} }),
    'workloadSelector with 0 labels. Expected 1 to 256, since no label would select all pods of the namespace (at test/scope)'],
])('fails: %s', (act, message) => {
  expect(act).toThrow(new Error(message));
});
