import { Side } from './side';
import { Route } from '../../answers/routes/route';
import { canonical } from '../../cluster/canonical';
import { Conditions as HeaderConditions, MatchConditions } from '../../cluster/routing/request-match';
import { isCatchAllPath } from '../../plan/conflicts/route-entry';
import { computeIfAbsent } from '../../plan/groups';
import { byText } from '../../plan/text-order';
import { PathLiteral } from '../policies/clause';
import { Conditions, conditionsOf, Setting } from '../requests/literal';
import { ignoringCase, Test, testFor } from '../words/string-test';

/**
 * A rule of a virtual host, in a form in which rules of two states can be compared.
 *
 * @internal
 */
export interface Rule {
  /** The rule as the resolver has it; undefined for what a server does with all requests. */
  readonly route: Route | undefined;
  /** A key that rules share if they have the same conditions and do the same. */
  readonly key: string;
  /** A key that rules share if they have the same conditions and the same owner. */
  readonly match: string;
  /** The owner, if the order of the owners is not known; empty otherwise. */
  readonly owner: string;
  /** The condition on the path; undefined if there is none. */
  readonly path: Test | undefined;
  /** Further conditions on the path. */
  readonly morePaths?: readonly PathLiteral[];
  /** Whether a policy denies the requests that it matches: all of them, or those that no other rule matches. */
  readonly denial?: 'always' | 'otherwise';
  /** Whether it comes after all others, and is tried only if none of them matches. */
  readonly isCatchAll: boolean;
  /** All other conditions. */
  readonly conditions: Conditions;
}

/**
 * Whether policies deny all requests of which these are the first rules that match.
 *
 * @internal
 */
export function areDenied(rules: readonly Rule[]): boolean {
  return rules.some(({ denial }) => denial === 'always') || (rules.length > 0 && rules.every(({ denial }) => denial !== undefined));
}

/**
 * The rules of a virtual host.
 *
 * @param isOrdered Whether the order of their owners is known.
 * @internal
 */
export function rulesOf(routes: readonly Route[], side: Side, setting: Setting, isOrdered: boolean): readonly Rule[] {
  const owners = new Map<object, string>();
  const matches = new Map<MatchConditions, string>();
  const rules: Rule[] = [];
  for (const route of routes) {
    const conditions = conditionsOf(route.match, setting);
    if (conditions.isDead) continue;
    const action = side.keys.of(side.actions.of(route));
    const owner = isOrdered ? '' : computeIfAbsent(owners, route.owner, () => side.keys.of(ownerKey(route)));
    const match = computeIfAbsent(matches, route.match, () => side.keys.of(matchKey(route.match)));
    const own = `${owner} ${match}`;
    rules.push({ route, key: `${own} ${action}`, match: own, owner, path: pathTest(route.match), isCatchAll: route.written.isCatchAll, conditions });
  }
  return rules;
}

/**
 * A rule for the requests that satisfy all of some matches, whatever it does with them.
 *
 * @param key A key that no other rule has.
 * @internal
 */
export function conditionRule(key: string, matches: readonly MatchConditions[], setting: Setting): Rule {
  const parts = matches.map((match) => conditionsOf(match, setting));
  const [path, ...more] = matches.flatMap((match) => pathTest(match) ?? []);
  return {
    route: undefined,
    key,
    match: key,
    owner: '',
    path,
    morePaths: more.map((test) => ({ test, isPositive: true })),
    isCatchAll: false,
    conditions: {
      isDead: parts.some(({ isDead }) => isDead),
      literals: parts.flatMap(({ literals }) => literals),
      undecided: parts.find(({ undecided }) => undecided !== undefined)?.undecided,
    },
  };
}

/** The rule of a server that redirects all requests to https. @internal */
export const REDIRECT: Rule = {
  route: undefined, key: 'redirect', match: '', owner: '', path: undefined, isCatchAll: true, conditions: { isDead: false, literals: [] },
};

/**
 * A rule for connections that are treated alike, whatever is requested.
 *
 * @internal
 */
export function constantRule(key: string): Rule {
  return { ...REDIRECT, key: `all requests: ${key}`, match: key };
}

function ownerKey({ owner: { virtualService, gateway, server, visibility } }: Route): string {
  const ages = [virtualService.created ?? null, gateway?.created ?? null];
  return canonical([virtualService.toString(), gateway?.toString() ?? null, ages, server, visibility]);
}

function matchKey(match: MatchConditions): string {
  const { path, method, scheme, authority, headers, withoutHeaders, queryParams } = match;
  const list = (conditions: HeaderConditions) => [...conditions].sort(([a], [b]) => byText(a, b));
  const texts = [path?.written ?? path, path?.written !== undefined, method, scheme, authority].map((each) => each ?? null);
  return canonical([texts, list(headers), list(withoutHeaders), list(queryParams)]);
}

function pathTest({ path }: MatchConditions): Test | undefined {
  if (path === undefined) return undefined;
  const { written, kind, value } = path;
  if (written !== undefined && (written.kind === 'exact' || written.kind === 'prefix')) return ignoringCase(written.kind, written.value);
  // All paths that reach the routes begin with a slash.
  if (isCatchAllPath(path)) return undefined;
  return testFor(kind, value);
}
