import { core2RouteExample, selects } from './core2-route-example';
import { showMatch } from './show-match';
import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf } from '../../cluster/json';
import { backendKey } from '../../cluster/routing/backends';
import { isDelegate } from '../../cluster/routing/delegates';
import { hiddenRules } from '../../cluster/routing/overlapping-rules';
import { RouteRule, rulesForAll } from '../../cluster/routing/virtual-hosts';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A rule of a VirtualService behind another one that matches all of its requests. */
export const unreachableRule: Rule = {
  id: 'unreachable-rule',
  level: Level.ERROR,
  title: 'A rule that no request reaches',
  codes: ['IST0130', 'IST0131'],
  page: {
    explanation: `
Envoy uses the first rule of a VirtualService that matches. A rule behind a wider one gets no requests: those that were meant for it reach
the backend of the wider rule. Istio writes no rule at all behind one that matches everything. If both rules have
the same backends, the finding is a warning, and information if they do the same.`,
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
    const rules = rulesForAll(cluster, object);
    return [...hiddenIn(cluster, rules), ...behindCatchAll(cluster, object, rules)];
  }),
};

function hiddenIn(cluster: Cluster, rules: readonly RouteRule[]): Problem[] {
  return hiddenRules(cluster, rules).filter(({ first, second }) => first.rule !== second.rule).map(({ first, second }) => ({
    object: second.object,
    field: second.field,
    related: [{ object: first.object, field: first.field }],
    ...hiddenBehind(`the rule for ${showMatch(second.match)}`, showMatch(first.match), effectOf(first, second.rule, second.backend)),
  }));
}

/** Istio writes no rules after one that matches all requests. */
function behindCatchAll(cluster: Cluster, object: ClusterObject, rules: readonly RouteRule[]): Problem[] {
  const last = rules[rules.length - 1];
  if (last === undefined || !last.isCatchAll || last.object !== object) return [];
  const index = last.field[2] as number;
  return listOf(object.spec.http).flatMap((rule, i): Problem[] => {
    if (i <= index || !isObject(rule) || isObject(rule.delegate)) return [];
    return [{
      object,
      field: ['spec', 'http', i],
      related: [{ object, field: last.field }],
      ...hiddenBehind('the rule', 'all requests', effectOf(last, rule, backendKey(cluster, object.namespace, rule))),
    }];
  });
}

/** What the rule before does with the requests of a hidden one: the same, with the same backends, or with others. */
type Effect = 'same' | 'same backends' | 'other backends';

function effectOf(before: RouteRule, hidden: JsonObject, backend: string): Effect {
  if (before.backend !== backend) return 'other backends';
  return actionOf(before.rule) === actionOf(hidden) ? 'same' : 'same backends';
}

/** A key that rules share that do the same. */
function actionOf({ name: _name, match: _match, ...action }: JsonObject): string {
  return canonical(action);
}

function hiddenBehind(rule: string, wider: string, effect: Effect): Pick<Problem, 'problem' | 'remedy' | 'level'> {
  const problem = `no request reaches ${rule}, since an earlier rule matches ${wider}`;
  if (effect === 'same') return { problem: `${problem} and does the same`, remedy: 'remove the rule', level: Level.INFO };
  const remedy = wider === 'all requests' ? 'move the rule that matches all requests to the end' : 'move the narrower rule before the wider one';
  return effect === 'other backends' ? { problem, remedy } : { problem: `${problem}. Both have the same backends`, remedy, level: Level.WARNING };
}
