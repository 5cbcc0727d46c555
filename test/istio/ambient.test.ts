import { ModelStore } from '../../src/istio/egress/model-store';
import { ModelStoreEgress } from '../../src/istio/egress/model-store-egress';
import { SidecarScope } from '../../src/istio/egress/sidecar-scope';
import { StorageInitializer } from '../../src/istio/egress/storage-initializer';
import { MeshNamespace } from '../../src/istio/namespace/mesh-namespace';
import { MeshNamespaceProps } from '../../src/istio/namespace/mesh-namespace-props';
import { Warnings } from '../../src/mesh/warnings';
import { testChart } from '../support/manifests';

/** The warnings for a namespace in an app with all settings that only sidecars read. */
function warningsOf(props: MeshNamespaceProps, namespaceFirst: boolean, name = 'seldon-mesh'): string[] {
  const chart = testChart();
  if (namespaceFirst) new MeshNamespace(chart, name, props);
  new ModelStoreEgress(chart, 'stores', { stores: [ModelStore.gcs()], tlsOrigination: {} });
  new SidecarScope(chart, 'scope');
  StorageInitializer.nativeSidecar(chart);
  StorageInitializer.excludeOutboundPorts(chart, { ports: [443] });
  if (!namespaceFirst) new MeshNamespace(chart, name, props);
  return Warnings.find(chart).sort();
}

const AMBIENT = 'for namespace "seldon-mesh", which is in ambient mode';
const OTHERS = [
  `a Sidecar ${AMBIENT}. Its pods have no sidecars, so it has no effect. Leave it out, or use sidecars (at test/scope)`,
  `annotation sidecar.istio.io/nativeSidecar ${AMBIENT}. Its pods have no sidecars, so it has no effect. Leave it out (at test)`,
  `annotation traffic.sidecar.istio.io/excludeOutboundPorts ${AMBIENT}. Its pods have no sidecars, so it has no effect. Leave it out (at test)`,
];

test.each([[true], [false]])('warns about settings that only sidecars read in ambient mode, in whichever order: %s', (namespaceFirst) => {
  expect(warningsOf({ ambient: true }, namespaceFirst)).toEqual([
    ...OTHERS,
    `tlsOrigination ${AMBIENT} without a waypoint. No proxy originates TLS there, so calls leave `
    + 'in plain text. Configure a waypoint for the namespace, or use sidecars (at test/stores)',
  ]);
  expect(warningsOf({ ambient: true, waypoint: 'waypoint' }, namespaceFirst)).toEqual(OTHERS);
});

test('does not warn about namespaces with sidecars, or other namespaces', () => {
  expect(warningsOf({ injection: true }, true)).toEqual([]);
  expect(warningsOf({ ambient: true }, true, 'other')).toEqual([]);
});
