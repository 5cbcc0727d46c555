import { PATH_EXPRESSIONS, Spellings, VALUE_EXPRESSIONS } from './expressions';
import { randomAction } from './random-state';
import { Action, Arm, Match, Policy, PolicyRule, Rule, Service, State, StringMatch, Values } from './state';
import { Random } from '../support/small-alphabet';

/** A mutation; undefined where it does not apply. */
export type Mutation = (state: State, random: Random) => State | undefined;

/** Requests that only this match answers are the last ones of a host, and end the list of rules. */
const isCatchAll = (match: Match) => Object.keys(match).length === 1 && match.uri?.prefix === '/';
const endsRules = ({ match }: Rule) => match.length === 0 || match.some(isCatchAll);

function areDisjoint(first: Match, second: Match): boolean {
  const [a, b] = [first.uri, second.uri];
  if (first.method !== undefined && second.method !== undefined && first.method.exact !== second.method.exact) return true;
  if (a === undefined || b === undefined || a.regex !== undefined || b.regex !== undefined) return false;
  const isWithin = (one: StringMatch, wide: StringMatch) => (
    wide.exact === undefined ? (one.exact ?? one.prefix!).startsWith(wide.prefix!) : one.exact === wide.exact
  );
  return !isWithin(a, b) && !isWithin(b, a);
}

const shareNoRequest = (some: readonly Rule[], others: readonly Rule[]) => (
  some.every(({ match }) => others.every((other) => match.every((a) => other.match.every((b) => areDisjoint(a, b)))))
);

/** Replaces one item by none, one or several. */
export function spliced<T>(items: readonly T[], position: number, ...by: readonly T[]): readonly T[] {
  return [...items.slice(0, position), ...by, ...items.slice(position + 1)];
}

/** Changes one of the VirtualServices. */
export function inService(state: State, random: Random, change: (service: Service) => readonly Service[] | undefined): State | undefined {
  const chosen = random.below(state.services.length);
  const changed = change(state.services[chosen]);
  return changed === undefined ? undefined : { ...state, services: spliced(state.services, chosen, ...changed) };
}

/** Changes one rule of a VirtualService. */
export function inRule(state: State, random: Random, change: (rule: Rule) => readonly Rule[] | undefined): State | undefined {
  return inService(state, random, (service) => {
    if (service.rules.length === 0) return undefined;
    const chosen = random.below(service.rules.length);
    const changed = change(service.rules[chosen]);
    return changed === undefined ? undefined : [{ ...service, rules: spliced(service.rules, chosen, ...changed) }];
  });
}

/** Changes one policy. */
export function inPolicy(state: State, random: Random, change: (policy: Policy) => readonly Policy[] | undefined): State | undefined {
  if (state.policies.length === 0) return undefined;
  const chosen = random.below(state.policies.length);
  const changed = change(state.policies[chosen]);
  return changed === undefined ? undefined : { ...state, policies: spliced(state.policies, chosen, ...changed) };
}

/** Changes one rule of a policy. */
export function inPolicyRule(state: State, random: Random, change: (rule: PolicyRule) => readonly PolicyRule[] | undefined): State | undefined {
  return inPolicy(state, random, (policy) => {
    const chosen = random.below(policy.rules.length);
    const changed = change(policy.rules[chosen]);
    return changed === undefined ? undefined : [{ ...policy, rules: spliced(policy.rules, chosen, ...changed) }];
  });
}

const literally = (text: string) => text.replace(/[.]/g, '\\.');

/** The same comparison, written in another way. */
function respelled(match: StringMatch, all: readonly Spellings[], random: Random): StringMatch {
  if (match.exact !== undefined) return { regex: literally(match.exact) };
  if (match.prefix !== undefined) return { regex: `${literally(match.prefix)}.*` };
  const found = all.find(({ spellings }) => spellings.includes(match.regex!));
  return found === undefined ? match : { regex: random.pick(found.spellings.filter((each) => each !== match.regex)) };
}

function respelledValues(values: { readonly [name: string]: StringMatch }, random: Random): { readonly [name: string]: StringMatch } {
  return Object.fromEntries(Object.entries(values).map(([name, match]) => [name, respelled(match, VALUE_EXPRESSIONS, random)]));
}

/** Rewrites and redirects replace what a prefix matches. */
function respelledMatch(match: Match, { rewrite, redirect }: Action, random: Random): Match {
  const isKept = match.uri === undefined || isCatchAll(match) || (match.uri.regex === undefined && (rewrite ?? redirect) !== undefined);
  return {
    ...match,
    ...isKept ? {} : { uri: respelled(match.uri, PATH_EXPRESSIONS, random) },
    ...match.headers === undefined ? {} : { headers: respelledValues(match.headers, random) },
    ...match.withoutHeaders === undefined ? {} : { withoutHeaders: respelledValues(match.withoutHeaders, random) },
  };
}

/** One list of a source or an operation becomes two parts with a part of its values each. */
function dividedValues(parts: Values): readonly Values[] | undefined {
  const found = Object.entries(parts).find(([name, values]) => !name.startsWith('not') && values.length > 1);
  if (found === undefined) return undefined;
  const [name, [first, ...others]] = found;
  return [{ ...parts, [name]: others }, { ...parts, [name]: [first] }];
}

function dividedPolicyRule(rule: PolicyRule): readonly PolicyRule[] | undefined {
  const operations = rule.to === undefined ? undefined : dividedValues(rule.to[0].operation);
  if (operations !== undefined) return operations.map((operation) => ({ ...rule, to: [{ operation }] }));
  const sources = rule.from === undefined ? undefined : dividedValues(rule.from[0].source);
  return sources === undefined ? undefined : [{ ...rule, from: sources.map((source) => ({ source })) }];
}

const BLOCK = '10.0.0.0/8';
const HALVES = ['10.128.0.0/9', '10.0.0.0/9'];

function withHalvedBlocks(source: Values): Values {
  return Object.fromEntries(Object.entries(source).map(([name, values]) => [name, values.flatMap((value) => (value === BLOCK ? HALVES : [value]))]));
}

/** Mutations after which all requests are answered as before. */
export const KEEPING: { readonly [name: string]: Mutation } = {
  'documents in reverse order': (state) => ({ ...state, isReversed: !state.isReversed }),
  'renamed VirtualServices': (state) => ({ ...state, services: state.services.map((service, i) => ({ ...service, name: `${'zyx'[i % 3]}-${service.name}` })) }),
  'renamed policies': (state) => (state.policies.length === 0 ? undefined : {
    ...state, policies: [...state.policies].reverse().map((policy, i) => ({ ...policy, name: `${'ba'[i % 2]}-${policy.name}` })),
  }),
  'a VirtualService in two parts, the later rules in the younger one': (state, random) => inService(state, random, (service) => {
    if (service.minute === undefined || service.rules.length < 2) return undefined;
    const count = 1 + random.below(service.rules.length - 1);
    const [first, later] = [service.rules.slice(0, count), service.rules.slice(count)];
    if (first.some(endsRules) || state.services.some(({ minute }) => minute === service.minute! + 1)) return undefined;
    return [{ ...service, name: `${service.name}-first`, rules: first }, { ...service, name: `a-${service.name}`, minute: service.minute + 1, rules: later }];
  }),
  'a VirtualService in two parts that share no request': (state, random) => inService(state, random, (service) => {
    if (service.rules.length < 2 || service.minute !== undefined) return undefined;
    const [first, later] = [service.rules.slice(0, 1), service.rules.slice(1)];
    return shareNoRequest(first, later) ? [{ ...service, rules: first }, { ...service, name: `a-${service.name}`, rules: later }] : undefined;
  }),
  'a rule for each match': (state, random) => inRule(state, random, ({ match, action }) => (match.length < 2 ? undefined : match.map((each) => ({ match: [each], action })))),
  'exchanged rules that share no request': (state, random) => inService(state, random, (service) => {
    const [first, second, ...others] = service.rules;
    if (second === undefined || endsRules(first) || endsRules(second) || !shareNoRequest([first], [second])) return undefined;
    return [{ ...service, rules: [second, first, ...others] }];
  }),
  'a hidden rule': (state, random) => inRule(state, random, (rule) => [rule, { match: rule.match.slice(0, 1), action: randomAction(random) }]),
  'expressions in another spelling': (state, random) => inRule(state, random, ({ match, action }) => [{ match: match.map((each) => respelledMatch(each, action, random)), action }]),
  'weights with another sum, in another order': (state, random) => inRule(state, random, (rule) => {
    const arms = rule.action.route;
    if (arms === undefined || arms.length < 2) return undefined;
    return [{ ...rule, action: { ...rule.action, route: arms.map((arm): Arm => ({ ...arm, weight: arm.weight! * 2 })).reverse() } }];
  }),
  'a timeout in milliseconds': (state, random) => inRule(state, random, (rule) => (
    rule.action.timeout === undefined ? undefined : [{ ...rule, action: { ...rule.action, timeout: String(rule.action.timeout).replace(/^(\d)s$/, '$1000ms') } }]
  )),
  'values of a policy in two parts': (state, random) => inPolicyRule(state, random, dividedPolicyRule),
  'a policy for each rule': (state, random) => inPolicy(state, random, (policy) => (
    policy.rules.length < 2 ? undefined : policy.rules.map((rule, i) => ({ ...policy, name: `${policy.name}-${i}`, rules: [rule] }))
  )),
  'a block of addresses in halves': (state, random) => inPolicyRule(state, random, (rule) => (
    rule.from === undefined ? undefined : [{ ...rule, from: rule.from.map(({ source }) => ({ source: withHalvedBlocks(source) })) }]
  )),
};
