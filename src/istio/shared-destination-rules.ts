import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { DestinationRule } from './destination-rule';
import { DestinationRuleRegistry } from './destination-rule-registry';
import { Mesh } from '../mesh/mesh';
import { BackendTarget } from '../plan/backend';

/**
 * Sees to it that the DestinationRule of a backend's host knows the backend's subset. Istio reads one rule for a host, so
 * all who ask share it: one that a user made, else one in the namespace of the Service, named like the Service.
 *
 * @internal
 */
export function requireSubset(at: IConstruct, target: BackendTarget): void {
  const { host, subset, subsetLabels, namespace } = target;
  if (subset === undefined || subsetLabels === undefined) return;
  const wanted = { name: subset, labels: subsetLabels };
  const existing = DestinationRuleRegistry.of(at).find(host);
  if (existing !== undefined) {
    existing._require(at, wanted);
    return;
  }
  new DestinationRule(Chart.of(at), `destination-rule-${host}`, {
    namespace,
    metadata: { name: Mesh.of(at)._objectNameFor(host) },
    host,
    subsets: [wanted],
  });
}
