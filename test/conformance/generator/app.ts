import * as fc from 'fast-check';
import { accessPolicies, secured } from './access';
import { backendPolicies, serviceEntries } from './around';
import { backends } from './backends';
import { gateways } from './gateways';
import { rawDestinationRule } from './raw-destination-rule';
import { rawVirtualService } from './raw-virtual-service';
import { route } from './routes';
import { AppSpec, MeshSpec } from './spec';
import { tidy } from './tidy';
import { list, maybe, mostly, oneOf, rarely, record } from './values';

const mesh = record<MeshSpec>({
  istioVersion: maybe(mostly(oneOf('1.31', '1.22.3', '1.27', '1.20', '1.14', '1.5'), ['1.4', 'latest', '', '1', 'v1.30.0'], 20)),
  clusterDomain: rarely(mostly(oneOf('example.org'), ['', '*.local', 'cluster_local'], 3)),
  rootNamespace: rarely(mostly(oneOf('mesh-root'), ['', 'Root'], 3)),
  ingressSelector: rarely(mostly(oneOf<{ [label: string]: string }>({ istio: 'own' }, { app: 'istio-ingressgateway' }), [{}, { 'a b': 'c' }], 5)),
});

const loose: fc.Arbitrary<AppSpec> = fc.record({
  mesh: rarely(mesh, 4),
  gateways,
  backends,
  routes: fc.oneof({ arbitrary: list(route, 1, 1), weight: 2 }, { arbitrary: list(route, 0, 4), weight: 3 }),
  virtualServices: fc.oneof({ arbitrary: fc.constant([]), weight: 4 }, { arbitrary: list(rawVirtualService, 1, 1), weight: 1 }),
  destinationRules: fc.oneof({ arbitrary: fc.constant([]), weight: 3 }, { arbitrary: list(rawDestinationRule, 1, 1), weight: 1 }),
  serviceEntries,
  backendPolicies,
  access: accessPolicies,
}).map(secured);

/** Any app; about six in ten are refused. */
export const app: fc.Arbitrary<AppSpec> = fc.oneof({ arbitrary: loose.map(tidy), weight: 9 }, { arbitrary: loose, weight: 1 });
