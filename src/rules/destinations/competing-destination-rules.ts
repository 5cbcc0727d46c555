import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { DestinationRules, DestinationRuleView, SubsetView } from '../../cluster/destination-rules';
import { isObject } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/**
 * DestinationRules of one namespace for one host, parts of which Istio drops.
 *
 * @internal
 */
export const competingDestinationRules: Rule = {
  id: 'competing-destination-rules',
  level: Level.ERROR,
  title: 'Istio drops parts of a second DestinationRule for the same host',
  codes: ['KIA0201'],
  page: {
    explanation: 'Istio merges the DestinationRules that a namespace has for one host, the oldest first. Their subsets are added up, but of two subsets with one '
      + 'name the later is dropped, and only the first traffic policy of the host is kept. A subset with other labels is then an error, since its requests '
      + 'reach other pods. Rules with unlike policies are a warning.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris.models.svc.cluster.local
  subsets:
  - {name: canary, labels: {version: v2}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris-next, namespace: models}
spec:
  host: iris
  subsets:
  - {name: canary, labels: {version: v3}}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris.models.svc.cluster.local
  subsets:
  - {name: canary, labels: {version: v2}}
  - {name: next, labels: {version: v3}}
`,
  },
  check: findCompeting,
};

function findCompeting(cluster: Cluster): Problem[] {
  return [...DestinationRules.of(cluster).byHost].flatMap(([host, rules]) => {
    const general = rules.filter(({ selective, exportedTo }) => !selective && exportedTo?.includes('~') !== true);
    return [...groupBy(general, mergeKey).values()].flatMap((merged) => (merged.length < 2 ? [] : compare(host, merged)));
  });
}

/** Rules are merged only if they are exported to the same namespaces. */
function mergeKey({ object, exportedTo = ['*'] }: DestinationRuleView): string {
  return [object.namespace, ...[...exportedTo].sort()].join(' ');
}

function compare(host: string, rules: readonly DestinationRuleView[]): Problem[] {
  const subsets = new Map<string, { readonly rule: DestinationRuleView; readonly subset: SubsetView }>();
  let first: DestinationRuleView | undefined;
  return byAge(rules).flatMap((rule) => {
    const found = rule.subsets.flatMap((subset) => {
      const other = subsets.get(subset.name);
      if (other === undefined) subsets.set(subset.name, { rule, subset });
      return other === undefined || other.rule === rule ? [] : compareSubsets(host, rule, subset, other.rule, other.subset);
    });
    const policy = rule.object.spec.trafficPolicy;
    if (!isObject(policy)) return found;
    const other = first;
    first ??= rule;
    return other === undefined || isEqual(other.object.spec.trafficPolicy, policy) ? found : [...found, policies(host, rule, other)];
  });
}

/** In a cluster the oldest rule is the first. Istio orders others by name. */
function byAge(rules: readonly DestinationRuleView[]): readonly DestinationRuleView[] {
  return [...rules].sort((a, b) => (a.object.created ?? 0) - (b.object.created ?? 0));
}

function compareSubsets(host: string, rule: DestinationRuleView, subset: SubsetView, other: DestinationRuleView, first: SubsetView): Problem[] {
  const sameLabels = isEqual(subset.labels, first.labels);
  if (sameLabels && isEqual(subset.json.trafficPolicy, first.json.trafficPolicy)) return [];
  return [{
    object: rule.object,
    field: subset.field,
    level: sameLabels ? Level.WARNING : Level.ERROR,
    problem: `${rule.object} and ${other.object} define subset ${show(subset.name)} of host ${host} with different ${sameLabels ? 'policies' : 'labels'}, and Istio drops one of the two`,
    remedy: 'give the subsets different names, or define the subset in one DestinationRule only',
    related: [{ object: other.object, field: first.field }],
  }];
}

function policies(host: string, rule: DestinationRuleView, other: DestinationRuleView): Problem {
  const field = ['spec', 'trafficPolicy'];
  return {
    object: rule.object,
    field,
    level: Level.WARNING,
    problem: `${rule.object} and ${other.object} have different traffic policies for host ${host}, and Istio ignores one of the two`,
    remedy: 'put the traffic policy of the host into one DestinationRule',
    related: [{ object: other.object, field }],
  };
}

/** Whether two parts of manifests are equal, whatever the order of their fields. */
function isEqual(a: unknown, b: unknown): boolean {
  return canonical(a ?? null) === canonical(b ?? null);
}
