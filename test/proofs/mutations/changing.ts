import { inPolicy, inPolicyRule, inRule, inService, Mutation, spliced } from './keeping';
import { randomAction, randomPolicy, randomPolicyRule, randomRule, randomUri } from './random-state';
import { Match, State, StringMatch } from './state';
import { Random } from '../support/small-alphabet';

/** Changes one match of a rule. */
function inMatch(state: State, random: Random, change: (match: Match) => Match | undefined): State | undefined {
  return inRule(state, random, (rule) => {
    if (rule.match.length === 0) return undefined;
    const chosen = random.below(rule.match.length);
    const changed = change(rule.match[chosen]);
    return changed === undefined ? undefined : [{ ...rule, match: spliced(rule.match, chosen, changed) }];
  });
}

function otherKind({ prefix, exact }: StringMatch): StringMatch | undefined {
  if (prefix !== undefined) return { exact: prefix };
  return exact === undefined ? undefined : { prefix: exact };
}

/** Mutations after which requests may be answered differently. */
export const CHANGING: { readonly [name: string]: Mutation } = {
  'another order of rules': (state, random) => inService(state, random, (service) => (
    service.rules.length < 2 ? undefined : [{ ...service, rules: [...service.rules.slice(1), service.rules[0]] }]
  )),
  'another age': (state, random) => inService(state, random, (service) => (
    service.minute === undefined || state.services.some(({ minute }) => minute === 1000) ? undefined : [{ ...service, minute: 1000 }]
  )),
  'another weight': (state, random) => inRule(state, random, (rule) => {
    const arms = rule.action.route;
    if (arms === undefined || arms.length < 2) return undefined;
    return [{ ...rule, action: { ...rule.action, route: [{ ...arms[0], weight: arms[0].weight! + 10 }, arms[1]] } }];
  }),
  'prefix and exact': (state, random) => inMatch(state, random, (match) => {
    const uri = match.uri === undefined ? undefined : otherKind(match.uri);
    return uri === undefined ? undefined : { ...match, uri };
  }),
  'a dropped header': (state, random) => inMatch(state, random, ({ headers, ...match }) => (headers === undefined ? undefined : match)),
  'a dropped excluded header': (state, random) => inMatch(state, random, ({ withoutHeaders, ...match }) => (withoutHeaders === undefined ? undefined : match)),
  'another method': (state, random) => inMatch(state, random, (match) => ({ ...match, method: { exact: random.pick(['GET', 'POST', 'DELETE']) } })),
  'another path': (state, random) => inMatch(state, random, (match) => ({ ...match, uri: randomUri(random) })),
  'another action': (state, random) => inRule(state, random, (rule) => [{ ...rule, action: randomAction(random) }]),
  'one more rule': (state, random) => inRule(state, random, (rule) => (random.chance(50) ? [rule, randomRule(random)] : [randomRule(random), rule])),
  'one rule less': (state, random) => inService(state, random, (service) => (service.rules.length < 2 ? undefined : [{ ...service, rules: service.rules.slice(1) }])),
  'a new policy': (state, random) => ({ ...state, policies: [...state.policies, randomPolicy(random, `new-${state.policies.length}`)] }),
  'a policy less': (state, random) => inPolicy(state, random, () => []),
  'the other action of a policy': (state, random) => inPolicy(state, random, (policy) => [{ ...policy, action: policy.action === 'ALLOW' ? 'DENY' : 'ALLOW' }]),
  'another rule of a policy': (state, random) => inPolicyRule(state, random, () => [randomPolicyRule(random)]),
  'a policy without a condition': (state, random) => inPolicyRule(state, random, ({ when, ...rule }) => (when === undefined || Object.keys(rule).length === 0 ? undefined : [rule])),
};
