import { ApiObject, ApiObjectMetadataDefinition, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { ModelStore } from '../../../src/istio/egress/model-store';
import { ModelStoreEgress } from '../../../src/istio/egress/model-store-egress';
import { StorageInitializer } from '../../../src/istio/egress/storage-initializer';
import { testChart } from '../../support/manifests';

// What callers who write JavaScript may give.
const wrong = (value: unknown) => value as never;

function make(ports: number[], namespace?: string): StorageInitializer {
  return StorageInitializer.excludeOutboundPorts(testChart(), { ports, namespace });
}

test('a native sidecar', () => {
  expect(StorageInitializer.nativeSidecar(testChart()).annotations).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
});

test('excluded ports', () => {
  expect(make([443, 9000]).annotations).toEqual({ 'traffic.sidecar.istio.io/excludeOutboundPorts': '443,9000' });
});

test('pods of a Deployment', () => {
  const chart = testChart();
  const deployment = new Deployment(chart, 'iris', { containers: [{ image: 'iris' }] });
  StorageInitializer.nativeSidecar(chart).applyTo(deployment.podMetadata as ApiObjectMetadataDefinition);

  expect(ApiObject.of(deployment).toJson().spec.template.metadata.annotations).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
});

const EXCLUDED = 'port 80 is excluded from the proxy (by test), and test/stores makes the proxy originate TLS on it. '
  + 'Calls would leave in plain text. Use native sidecars, or let the clients use HTTPS';

test('fails when an egress originates TLS on the port', () => {
  const chart = testChart();
  new ModelStoreEgress(chart, 'stores', { stores: [ModelStore.gcs()], tlsOrigination: {} });

  expect(() => StorageInitializer.excludeOutboundPorts(chart, { ports: [443, 80] })).toThrow(new Error(`${EXCLUDED} (at test)`));
});

test('fails when such an egress comes later', () => {
  const chart = testChart();
  StorageInitializer.excludeOutboundPorts(chart, { ports: [80] });

  expect(() => new ModelStoreEgress(chart, 'stores', { stores: [ModelStore.gcs()], tlsOrigination: {} }))
    .toThrow(new Error(`${EXCLUDED} (at test/stores)`));
});

test('other ports, and other namespaces, have nothing to do with it', () => {
  const chart = testChart();
  StorageInitializer.excludeOutboundPorts(chart, { ports: [80], namespace: 'tools' });
  StorageInitializer.excludeOutboundPorts(chart, { ports: [443] });
  new ModelStoreEgress(chart, 'stores', { stores: [ModelStore.gcs()], tlsOrigination: {} });

  expect(Testing.synth(chart).length).toEqual(4);
});

test.each<[() => unknown, string]>([
  [() => make([]),
    'no port to exclude. List the ports that the initializer dials, such as 443 (at test)'],
  [() => make(wrong('443')),
    'ports "443". Expected a list of numbers (at test)'],
  [() => make([0]),
    'ports[0] 0. Expected a whole number from 1 to 65535 (at test)'],
  [() => make([443, 443]),
    'ports[1] 443 twice. List each port once (at test)'],
  [() => make([443], 'A_b'),
    'namespace "A_b". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at test)'],
  [() => StorageInitializer.excludeOutboundPorts(testChart(), wrong(undefined)),
    'props undefined. Expected an object with ports (at test)'],
  [() => StorageInitializer.nativeSidecar(testChart({ istioVersion: '1.23' })),
    'annotation sidecar.istio.io/nativeSidecar with istioVersion "1.23". Istio has this field only since 1.24. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test)'],
])('fails: %s', (act, message) => {
  expect(act).toThrow(new Error(message));
});
