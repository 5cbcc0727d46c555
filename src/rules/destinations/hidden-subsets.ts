import { Cluster } from '../../cluster/cluster';
import { DestinationRules, DestinationRuleView, isVisibleIn } from '../../cluster/destination-rules';
import { Services } from '../../cluster/services';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

/**
 * DestinationRules in a namespace of callers that hide the subsets of the Service's own rule.
 *
 * @internal
 */
export const hiddenSubsets: Rule = {
  id: 'hidden-subsets',
  level: Level.WARNING,
  title: 'A DestinationRule hides the subsets of the one in the Service\'s namespace',
  codes: ['KIA0201'],
  page: {
    explanation: 'Istio does not merge DestinationRules of different namespaces. Callers in a namespace with a rule for the host get only that rule, so a rule '
      + 'which is meant to change a timeout also removes the subsets that routes need. Requests of these callers to a subset get 503.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris.models.svc.cluster.local
  subsets:
  - {name: v1, labels: {version: v1}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: clients}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {connectionPool: {tcp: {connectTimeout: 1s}}}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {connectionPool: {tcp: {connectTimeout: 1s}}}
  subsets:
  - {name: v1, labels: {version: v1}}
`,
  },
  check: findHidden,
};

function findHidden(cluster: Cluster): Problem[] {
  const services = Services.of(cluster);
  return [...DestinationRules.of(cluster).byHost].flatMap(([host, all]) => {
    const own = services.nameOf(host)?.namespace;
    const rules = all.filter(({ selective }) => !selective);
    const defining = rules.filter(({ object, subsets }) => object.namespace === own && subsets.length > 0);
    if (defining.length === 0) return [];
    const others = rules.filter(({ object, exportedTo }) => object.namespace !== own && object.namespace !== cluster.rootNamespace && exportedTo?.includes('~') !== true);
    const defined = new Map(others.map(({ object }) => [object.namespace, new Set<string>()]));
    for (const { object, subsets } of others) for (const { name } of subsets) defined.get(object.namespace)!.add(name);
    return others.flatMap((rule) => hiddenBy(host, rule, defined.get(rule.object.namespace)!, defining));
  });
}

function hiddenBy(host: string, rule: DestinationRuleView, defined: ReadonlySet<string>, own: readonly DestinationRuleView[]): Problem[] {
  const { object } = rule;
  const visible = own.filter((each) => isVisibleIn(each, object.namespace));
  const names = visible.flatMap(({ subsets }) => subsets.map(({ name }) => name)).filter((name) => !defined.has(name));
  if (names.length === 0) return [];
  return [{
    object,
    problem: `${object} hides ${visible[0].object} from callers in namespace ${object.namespace}, which then have no subset ${[...new Set(names)].map(show).join(', ')} of host ${host}`,
    remedy: `define these subsets here too, or move the settings to the DestinationRule in namespace ${visible[0].object.namespace}`,
    related: [{ object: visible[0].object }],
  }];
}
