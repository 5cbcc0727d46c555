import { core2RouteExample, selects } from './core2-route-example';
import { DeadRule, DeadRules } from './dead-rules';
import { showMatch } from './show-match';
import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf } from '../../cluster/json';
import { backendKey } from '../../cluster/routing/backends';
import { isDelegate } from '../../cluster/routing/delegates';
import { RouteRule, rulesForAll } from '../../cluster/routing/virtual-hosts';
import { Level } from '../level';
import { Proofs } from '../proofs';
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
the backend of the wider rule. Istio writes no rule at all behind one that matches everything. Several rules can hide one together: one for
requests with a header, and one for those without it. No request at all satisfies a rule whose expression for the path does not begin
with \`/\`. If the rules have the same backends, the finding is a warning, and information if they do the same.`,
    wrong: core2RouteExample(`    - match: [{ uri: { prefix: /v2/ } }]
${selects('wine')}
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}`),
    right: core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}
    - match: [{ uri: { prefix: /v2/ } }]
${selects('wine')}`),
  },
  check: (cluster: Cluster, _found, proofs: Proofs) => cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => {
    if (isDelegate(object)) return [];
    const rules = rulesForAll(cluster, object);
    return [...hiddenIn(new DeadRules(cluster, object, rules, proofs)), ...behindCatchAll(cluster, object, rules)];
  }),
};

function hiddenIn(dead: DeadRules): Problem[] {
  // Of two matches of one rule, it makes no difference which one a request satisfies.
  const isFault = ({ rule, takenBy }: DeadRule) => takenBy.length === 0 || takenBy.some((each) => each.rule !== rule.rule);
  return dead.all.filter(isFault).map(({ rule, takenBy, example }) => ({
    object: rule.object,
    field: rule.field,
    related: takenBy.map(({ object, field }) => ({ object, field })),
    ...example === undefined ? {} : { example },
    ...takenBy.length === 0 ? impossible(rule) : hiddenBehindRules(rule, takenBy),
  }));
}

function hiddenBehindRules(rule: RouteRule, takenBy: readonly RouteRule[]): Pick<Problem, 'problem' | 'remedy' | 'level'> {
  return hiddenBehind(`the rule for ${showMatch(rule.match)}`, takenBy.map(({ match }) => showMatch(match)), effectOf(takenBy, rule.rule, rule.backend));
}

function impossible({ match }: RouteRule): Pick<Problem, 'problem' | 'remedy'> {
  return { problem: `no request satisfies the rule for ${showMatch(match)}`, remedy: 'correct its conditions, or remove the rule' };
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
      ...hiddenBehind('the rule', ['all requests'], effectOf([last], rule, backendKey(cluster, object.namespace, rule))),
    }];
  });
}

/** What the rule before does with the requests of a hidden one: the same, with the same backends, or with others. */
type Effect = 'same' | 'same backends' | 'other backends';

function effectOf(before: readonly RouteRule[], hidden: JsonObject, backend: string): Effect {
  if (before.some((each) => each.backend !== backend)) return 'other backends';
  return before.every((each) => actionOf(each.rule) === actionOf(hidden)) ? 'same' : 'same backends';
}

/** A key that rules share that do the same. */
function actionOf({ name: _name, match: _match, ...action }: JsonObject): string {
  return canonical(action);
}

function hiddenBehind(rule: string, wider: readonly string[], effect: Effect): Pick<Problem, 'problem' | 'remedy' | 'level'> {
  const several = wider.length > 1;
  const before = several ? `earlier rules together match all of its requests: ${wider.join('; ')}` : `an earlier rule matches ${wider[0]}`;
  const problem = `no request reaches ${rule}, since ${before}`;
  if (effect === 'same') return { problem: several ? `${problem}. They do the same` : `${problem} and does the same`, remedy: 'remove the rule', level: Level.INFO };
  const remedy = wider[0] === 'all requests' ? 'move the rule that matches all requests to the end' : `move the ${several ? '' : 'narrower '}rule before the ${several ? 'others' : 'wider one'}`;
  return effect === 'other backends' ? { problem, remedy } : { problem: `${problem}. ${several ? 'All' : 'Both'} have the same backends`, remedy, level: Level.WARNING };
}
