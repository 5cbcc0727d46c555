import { core2RouteExample, selects } from './core2-route-example';
import { showMatch } from './show-match';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, listOf } from '../../cluster/json';
import { backendKey } from '../../cluster/routing/backends';
import { isDelegate } from '../../cluster/routing/delegates';
import { hiddenRules, RulePair } from '../../cluster/routing/overlapping-rules';
import { RouteRule, rulesFor } from '../../cluster/routing/virtual-hosts';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A rule of a VirtualService behind another one that matches all of its requests. */
export const unreachableRule: Rule = {
  id: 'unreachable-rule',
  level: Level.ERROR,
  title: 'A rule that no request reaches',
  codes: ['IST0130'],
  page: {
    explanation: `
Envoy uses the first rule of a VirtualService that matches. A rule behind a wider one gets no requests: those that were meant for it reach
the backend of the wider rule. Istio writes no rule at all behind one that matches everything.`,
    wrong: core2RouteExample(`    - match: [{ uri: { prefix: /v2/ } }]
${selects('wine')}
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}`),
    right: core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}
    - match: [{ uri: { prefix: /v2/ } }]
${selects('wine')}`),
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => {
    if (isDelegate(object)) return [];
    const rules = rulesFor(cluster, object, undefined, undefined);
    return [...hiddenIn(cluster, rules), ...behindCatchAll(cluster, object, rules)];
  }),
};

/** The rules are compared for all gateways and ports together, so those with conditions on these are left out. */
function hiddenIn(cluster: Cluster, rules: readonly RouteRule[]): Problem[] {
  const hidden = hiddenRules(cluster, rules.filter((rule) => isUnconditional(rule.object, rule.field)));
  return hidden.filter(({ first, second }) => first.backend !== second.backend).map(problemOf);
}

function problemOf({ first, second }: RulePair): Problem {
  return {
    object: second.object,
    field: second.field,
    related: [{ object: first.object, field: first.field }],
    problem: `no request reaches the rule for ${showMatch(second.match)}, since an earlier rule matches ${showMatch(first.match)}`,
    remedy: 'move the narrower rule before the wider one',
  };
}

/** The field of a match without conditions on the gateway, the port or the caller. */
function isUnconditional(object: ClusterObject, field: readonly (string | number)[]): boolean {
  const [, , i, , j] = field;
  const rule = listOf(object.spec.http)[i as number];
  const match = isObject(rule) && j !== undefined ? listOf(rule.match)[j as number] : undefined;
  return match === undefined || (isObject(match)
    && ['gateways', 'port', 'sourceLabels', 'sourceNamespace'].every((name) => match[name] === undefined));
}

/** Istio writes no rules after one that matches all requests. */
function behindCatchAll(cluster: Cluster, object: ClusterObject, rules: readonly RouteRule[]): Problem[] {
  const last = rules[rules.length - 1];
  if (last === undefined || !last.isCatchAll || last.object !== object || !isUnconditional(object, last.field)) return [];
  const index = last.field[2] as number;
  return listOf(object.spec.http).flatMap((rule, i): Problem[] => {
    if (i <= index || !isObject(rule) || isObject(rule.delegate) || backendKey(cluster, object.namespace, rule) === last.backend) return [];
    return [{
      object,
      field: ['spec', 'http', i],
      related: [{ object, field: last.field }],
      problem: 'no request reaches the rule, since an earlier rule matches all requests',
      remedy: 'move the rule that matches all requests to the end',
    }];
  });
}
