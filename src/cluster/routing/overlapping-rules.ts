import { coversMatch, isContradictory, Overlap, overlapOf } from './match-relations';
import { MatchConditions } from './request-match';
import { RouteRule } from './virtual-hosts';
import { beginningOf, matchesOverlap, TextMatch } from '../../plan/conflicts/overlap';
import { computeIfAbsent, groupBy } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';

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
}

/**
 * Finds rules of different VirtualServices that match the same requests, and that have different backends. Rules that get no requests,
 * since another one before them matches all of theirs, are reported only together with that one.
 *
 * Rules with an exact value of the header that most rules require are compared only with rules of the same value and with those without.
 * Among these, rules are looked up by the literal beginning of their paths.
 *
 * @param rules The rules of a virtual host, in order.
 * @internal
 */
export function overlappingRules(rules: readonly RouteRule[]): RulePair[] {
  const order = new Map(rules.map((rule, i) => [rule, i]));
  const inOrder = (a: RouteRule, b: RouteRule) => (order.get(a)! < order.get(b)! ? { first: a, second: b } : { first: b, second: a });
  const copies = groupBy(rules.filter(({ match }) => !isContradictory(match)), ({ match }) => keyOf(match));
  const copiesOf = (rule: RouteRule) => copies.get(keyOf(rule.match))!.slice(1);
  const hidden = new Set<RouteRule>();
  const found: RulePair[] = [];
  const add = (pair: RulePair) => {
    const { first, second } = pair;
    if (first.virtualService !== second.virtualService && first.backend !== second.backend) found.push(pair);
  };
  const pathsOverlap = rememberedOverlaps();
  // Of equal matches, only the first one gets requests.
  const firsts = [...copies.values()].map(([first, ...others]) => {
    others.forEach((second) => add({ first, second }));
    return first;
  });
  compareAmong(firsts, new Set(), (a, b) => {
    if (overlapOf(a.match, b.match, pathsOverlap) !== Overlap.SOME) return;
    const pair = inOrder(a, b);
    if (takesAll(pair)) hidden.add(pair.second);
    add(pair);
    for (const [rule, other] of [[a, b], [b, a]]) {
      copiesOf(other).map((copy) => inOrder(rule, copy)).filter(({ first }) => first === rule).forEach(add);
    }
  });
  return found.filter(({ first }) => !hidden.has(first));
}

/** A key that rules with the same conditions share. */
function keyOf({ headers, withoutHeaders, queryParams, path, method, scheme, authority }: MatchConditions): string {
  return JSON.stringify([path, method, scheme, authority, ...[headers, withoutHeaders, queryParams].map((conditions) => [...conditions].sort())]);
}

/** More pairs of paths than these are not remembered. */
const MAX_REMEMBERED = 100000;

/** Compares paths. Many rules have the same expression, such as those of gRPC services. */
function rememberedOverlaps(): typeof matchesOverlap {
  const known = new Map<string, boolean>();
  return (a, b) => {
    if (a.kind !== StringMatchKind.REGEX && b.kind !== StringMatchKind.REGEX) return matchesOverlap(a, b);
    if (known.size === MAX_REMEMBERED) known.clear();
    return computeIfAbsent(known, `${a.kind} ${a.value}\n${b.kind} ${b.value}`, () => matchesOverlap(a, b));
  };
}

/**
 * Finds rules that get no requests, since a rule before them matches all of theirs, each with the first such rule.
 *
 * @param rules Rules in order.
 * @internal
 */
export function hiddenRules(rules: readonly RouteRule[]): RulePair[] {
  const order = new Map(rules.map((rule, i) => [rule, i]));
  const hidden = new Map<RouteRule, RouteRule>();
  compareAmong(rules, new Set(), (a, b) => {
    const pair = order.get(a)! < order.get(b)! ? { first: a, second: b } : { first: b, second: a };
    const known = hidden.get(pair.second);
    if (takesAll(pair) && (known === undefined || order.get(pair.first)! < order.get(known)!)) hidden.set(pair.second, pair.first);
  });
  return [...hidden].map(([second, first]) => ({ first, second }));
}

type Compare = (a: RouteRule, b: RouteRule) => void;

function compareAmong(rules: readonly RouteRule[], done: ReadonlySet<string>, compare: Compare): void {
  const header = mostFrequentHeader(rules, done);
  if (header === undefined) {
    new PathIndex(rules).comparePairs(compare);
    return;
  }
  const [exact, others]: RouteRule[][] = [[], []];
  for (const rule of rules) (exactValue(rule, header) === undefined ? others : exact).push(rule);
  const rest = new Set([...done, header]);
  for (const sameValue of groupBy(exact, (rule) => exactValue(rule, header)!).values()) {
    if (sameValue.length > 1) compareAmong(sameValue, rest, compare);
  }
  compareAmong(others, rest, compare);
  if (others.length === 0) return;
  const [wide, narrow] = [new PathIndex(others), new PathIndex(exact)];
  for (const rule of exact) wide.compareShorter(rule, compare, true);
  // A rule with a header on a wider path has only a part of the requests, and often all rules of a host are such.
  for (const rule of others) narrow.compareShorter(rule, compare, false, MAX_PARTLY);
}

/** A rule is compared with so many rules of wider paths that require a header which it does not require. */
const MAX_PARTLY = 20;

/** The header of which most rules require an exact value, if several do. */
function mostFrequentHeader(rules: readonly RouteRule[], done: ReadonlySet<string>): string | undefined {
  const counts = new Map<string, number>();
  for (const rule of rules) {
    for (const name of rule.match.headers.keys()) {
      if (!done.has(name) && exactValue(rule, name) !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return most !== undefined && most[1] > 1 ? most[0] : undefined;
}

function exactValue({ match }: RouteRule, header: string): string | undefined {
  const condition = match.headers.get(header);
  return condition !== undefined && condition !== 'present' && condition.kind === StringMatchKind.EXACT ? condition.value : undefined;
}

const ANY_PATH: TextMatch = { kind: StringMatchKind.PREFIX, value: '/' };

/** Rules by the literal beginning of their paths. Of two paths that overlap, the longer beginning starts with the shorter one. */
class PathIndex {
  private readonly byBeginning = new Map<string, RouteRule[]>();
  private readonly lengths = new Set<number>();

  constructor(private readonly rules: readonly RouteRule[]) {
    for (const rule of rules) {
      const beginning = beginningOfPath(rule);
      computeIfAbsent(this.byBeginning, beginning, () => []).push(rule);
      this.lengths.add(beginning.length);
    }
  }

  public comparePairs(compare: Compare): void {
    for (const rule of this.rules) this.compareShorter(rule, compare, false);
    for (const same of this.byBeginning.values()) {
      same.forEach((rule, i) => same.slice(i + 1).forEach((other) => compare(rule, other)));
    }
  }

  /** Compares a rule with those whose paths have a shorter beginning, and with those of the same beginning if asked to. */
  public compareShorter(rule: RouteRule, compare: Compare, sameToo: boolean, limit = Infinity): void {
    let left = limit;
    const beginning = beginningOfPath(rule);
    for (const length of this.lengths) {
      if (length > beginning.length || (length === beginning.length && !sameToo)) continue;
      for (const other of this.byBeginning.get(beginning.slice(0, length)) ?? []) {
        if (left === 0) return;
        left -= 1;
        compare(rule, other);
      }
    }
  }
}

function beginningOfPath({ match }: RouteRule): string {
  return beginningOf(match.path ?? ANY_PATH);
}

/**
 * Whether the first rule of a pair matches all requests of the second one.
 *
 * @internal
 */
export function takesAll({ first, second }: RulePair): boolean {
  return coversMatch(first.match, second.match);
}
