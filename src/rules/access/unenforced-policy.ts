import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { enforcedPolicies } from '../../cluster/policies';
import { selectedWorkloads } from '../../cluster/policy-pods';
import { COMPONENT_LABEL, CORE2_COMPONENT } from '../../plan/core2-service';
import { Level, Problem, Rule } from '../rule';

const INJECT = 'sidecar.istio.io/inject';
const COMPONENTS: readonly string[] = Object.values(CORE2_COMPONENT);

const namespaceExample = (labels: string) => `apiVersion: v1
kind: Namespace
metadata: { name: models, labels: ${labels} }
`;
const POLICY = policyExample(`  action: DENY
  rules:
    - from: [{ source: { notNamespaces: [models, istio-system] } }]`, { namespace: 'models', labels: `{ ${COMPONENT_LABEL}: ${CORE2_COMPONENT.envoy} }` });

/** A policy for pods of Seldon Core 2 that have no sidecar. */
export const unenforcedPolicy: Rule = {
  id: 'unenforced-policy',
  level: Level.INFO,
  title: 'A policy selects pods that have no sidecar',
  page: {
    explanation: `
A policy is enforced by the proxy of the pods that it selects. The pods of Seldon Core 2 have a sidecar only if their namespace or their
template enables injection. The finding is information, since injection may also be enabled by other objects.`,
    wrong: [namespaceExample('{ team: fraud }'), POLICY].join('---\n'),
    right: [namespaceExample('{ istio-injection: enabled }'), POLICY].join('---\n'),
  },
  check: function* (cluster: Cluster): Iterable<Problem> {
    for (const { object, target: { labels, namespace, refs } } of cluster.derived(enforcedPolicies)) {
      const component = labels[COMPONENT_LABEL];
      if (refs.length > 0 || component === undefined || !COMPONENTS.includes(component) || namespace === cluster.rootNamespace) continue;
      const holder = cluster.derived(namespaces).get(namespace);
      if (holder !== undefined && ('istio.io/rev' in holder.labels || holder.labels['istio-injection'] === 'enabled')) continue;
      // Ambient mode enforces what needs no proxy, and a waypoint the rest.
      if (holder?.labels['istio.io/dataplane-mode'] === 'ambient') continue;
      if (selectedWorkloads(cluster, labels).some((each) => each.namespace === namespace && [each.labels[INJECT], each.annotations[INJECT]].includes('true'))) continue;
      yield {
        object,
        field: ['spec', 'selector', 'matchLabels'],
        related: holder === undefined ? [] : [{ object: holder }],
        problem: `pods of ${component} in namespace ${namespace} have no sidecar unless injection is enabled, and without one nothing enforces the policy`,
        remedy: 'enable injection for the namespace, or restrict access by a NetworkPolicy and at the gateway',
      };
    }
  },
};

function namespaces(cluster: Cluster): ReadonlyMap<string, ReturnType<Cluster['all']>[number]> {
  return new Map(cluster.all(ClusterKind.NAMESPACE).map((object) => [object.name, object]));
}
