import { coversMatch, isContradictory, Overlap, overlapOf } from './match-relations';
import { Compare, PathIndex } from './path-index';
import { Condition, MatchConditions } from './request-match';
import { textRelations, TextRelations } from './text-relations';
import { RouteRule } from './virtual-hosts';
import { TextMatch } from '../../plan/conflicts/overlap';
import { computeIfAbsent, groupBy } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';
import { Cluster } from '../cluster';

/**
 * Two rules that match the same requests. Envoy tries the first one first.
 *
 * @internal
 */
export interface RulePair {
  /** The rule that is tried first. */
  readonly first: RouteRule;
  /** The other one. */
  readonly second: RouteRule;
  /** How their conditions are related. */
  readonly texts: TextRelations;
}

/** A rule is reported together with so many rules before it, and with so many copies of a rule. */
const MAX_FOUND = 20;

/**
 * Finds rules of different VirtualServices that match the same requests, and that have different backends. Rules that get no requests,
 * since another one before them matches all of theirs, are reported only together with that one. Of many rules that overlap with one
 * rule, some are found.
 *
 * Rules with an exact value of the condition that most rules have are compared only with rules of the same value and with those without.
 * Among these, rules are looked up by the literal beginnings of their paths.
 *
 * @param cluster The cluster.
 * @param rules The rules of a virtual host, in order.
 * @internal
 */
export function overlappingRules(cluster: Cluster, rules: readonly RouteRule[]): RulePair[] {
  const texts = cluster.derived(textRelations);
  const inOrder = orderOf(rules, texts);
  const copies = groupBy(rules.filter(({ match }) => !isContradictory(match)), ({ match }) => keyOf(match));
  const copiesOf = (rule: RouteRule) => copies.get(keyOf(rule.match))!.slice(1, MAX_FOUND);
  const hidden = new Set<RouteRule>();
  const found = new Map<RouteRule, Map<RouteRule, RulePair>>();
  const add = (pair: RulePair) => {
    const { first, second } = pair;
    if (first.virtualService === second.virtualService || first.backend === second.backend) return;
    const others = computeIfAbsent(found, second, () => new Map<RouteRule, RulePair>());
    if (others.size < MAX_FOUND) others.set(first, pair);
  };
  // Of equal matches, only the first one gets requests.
  const firsts = [...copies.values()].map(([first, ...others]) => {
    others.forEach((second) => add({ first, second, texts }));
    return first;
  });
  compareAmong(firsts, [], (a, b) => {
    if (overlapOf(a.match, b.match, texts) !== Overlap.SOME) return;
    const pair = inOrder(a, b);
    if (takesAll(pair)) hidden.add(pair.second);
    add(pair);
    for (const [rule, other] of [[a, b], [b, a]]) {
      copiesOf(other).map((copy) => inOrder(rule, copy)).filter(({ first }) => first === rule).forEach(add);
    }
  });
  return [...found.values()].flatMap((pairs) => [...pairs.values()]).filter(({ first }) => !hidden.has(first));
}

function orderOf(rules: readonly RouteRule[], texts: TextRelations): (a: RouteRule, b: RouteRule) => RulePair {
  const order = new Map(rules.map((rule, i) => [rule, i]));
  return (a, b) => (order.get(a)! < order.get(b)! ? { first: a, second: b, texts } : { first: b, second: a, texts });
}

/** A key that rules with the same conditions share. */
function keyOf({ headers, withoutHeaders, queryParams, path, method, scheme, authority }: MatchConditions): string {
  return JSON.stringify([path, method, scheme, authority, ...[headers, withoutHeaders, queryParams].map((conditions) => [...conditions].sort())]);
}

/**
 * What rules before a rule do to it.
 *
 * @internal
 */
export interface RulesBefore {
  /** The rule. */
  readonly rule: RouteRule;
  /** The first rule that matches all of its requests; undefined if there is none. */
  readonly hiding: RulePair | undefined;
  /** Rules that match some of its requests. */
  readonly overlapping: readonly RouteRule[];
}

/**
 * Finds, for each rule, those before it that match all or some of its requests.
 *
 * @param cluster The cluster.
 * @param rules Rules in order.
 * @internal
 */
export function rulesBefore(cluster: Cluster, rules: readonly RouteRule[]): RulesBefore[] {
  const texts = cluster.derived(textRelations);
  const order = new Map(rules.map((rule, i) => [rule, i]));
  const inOrder = orderOf(rules, texts);
  const hidden = new Map<RouteRule, RulePair>();
  const overlapping = new Map<RouteRule, RouteRule[]>();
  compareAmong(rules, [], (a, b) => {
    const pair = inOrder(a, b);
    const { first, second } = pair;
    if (!takesAll(pair)) {
      if (overlapOf(first.match, second.match, texts) === Overlap.SOME) computeIfAbsent(overlapping, second, () => []).push(first);
      return;
    }
    const known = hidden.get(second);
    if (known === undefined || order.get(first)! < order.get(known.first)!) hidden.set(second, pair);
  });
  return rules.map((rule) => ({ rule, hiding: hidden.get(rule), overlapping: overlapping.get(rule) ?? [] }));
}

/** Rules are divided by the values of so many conditions. */
const MAX_DIVISIONS = 6;

function compareAmong(rules: readonly RouteRule[], done: readonly string[], compare: Compare): void {
  const condition = done.length < MAX_DIVISIONS ? mostFrequentCondition(rules, done) : undefined;
  if (condition === undefined) {
    new PathIndex(rules).comparePairs(compare);
    return;
  }
  const [exact, others]: RouteRule[][] = [[], []];
  for (const rule of rules) (exactValues(rule).has(condition) ? exact : others).push(rule);
  const rest = [...done, condition];
  for (const sameValue of groupBy(exact, (rule) => exactValues(rule).get(condition)!).values()) {
    if (sameValue.length > 1) compareAmong(sameValue, rest, compare);
  }
  compareAmong(others, rest, compare);
  if (others.length === 0) return;
  const [wide, narrow] = [new PathIndex(others), new PathIndex(exact)];
  for (const rule of exact) wide.compareShorter(rule, compare, true);
  // A rule with such a condition on a wider path has only a part of the requests, and often all rules of a host are such.
  for (const rule of others) narrow.compareShorter(rule, compare, false, MAX_PARTLY);
}

/** A rule is compared with so many rules of wider paths that have a condition which it does not have. */
const MAX_PARTLY = 20;

/** The condition of which most rules require an exact value, if several do. */
function mostFrequentCondition(rules: readonly RouteRule[], done: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const rule of rules) {
    for (const name of exactValues(rule).keys()) if (!done.includes(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  let most: string | undefined;
  for (const [name, count] of counts) {
    const known = most === undefined ? 1 : counts.get(most)!;
    if (count > known || (count === known && most !== undefined && name < most)) most = name;
  }
  return most;
}

const knownValues = new WeakMap<MatchConditions, ReadonlyMap<string, string>>();

/** The exact values that a rule requires, by condition. A request has one value for each of them. */
function exactValues({ match }: RouteRule): ReadonlyMap<string, string> {
  const known = knownValues.get(match);
  if (known !== undefined) return known;
  const { method, scheme, authority, headers, queryParams } = match;
  const found = new Map<string, string>();
  for (const [name, condition] of headers) if (isExact(condition)) found.set(`header ${name}`, condition.value);
  for (const [name, condition] of queryParams) if (isExact(condition)) found.set(`query ${name}`, condition.value);
  for (const [name, condition] of Object.entries({ method, scheme, authority })) if (isExact(condition)) found.set(name, condition.value);
  knownValues.set(match, found);
  return found;
}

function isExact(condition: Condition | undefined): condition is TextMatch {
  return condition !== undefined && condition !== 'present' && condition.kind === StringMatchKind.EXACT;
}

/**
 * Whether the first rule of a pair matches all requests of the second one.
 *
 * @internal
 */
export function takesAll({ first, second, texts }: RulePair): boolean {
  return coversMatch(first.match, second.match, texts);
}
