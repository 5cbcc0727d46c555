import { TextMatch } from '../../plan/conflicts/overlap';
import { Expression } from '../../plan/expressions/re2';
import { computeIfAbsent } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';
import { Cluster } from '../cluster';
import { isObject, JsonObject, objectOf } from '../json';

/**
 * A condition on a header or a query parameter: any value, or a value that satisfies a match.
 *
 * @internal
 */
export type Condition = TextMatch | 'present';

/**
 * Conditions by name.
 *
 * @internal
 */
export type Conditions = ReadonlyMap<string, Condition>;

/**
 * A condition on a path.
 *
 * @internal
 */
export interface PathMatch extends TextMatch {
  /** What the manifest has instead, if the case is ignored. */
  readonly written?: TextMatch;
}

/**
 * The conditions of one match of an HTTP rule, without those on the gateway, the port and the caller. A condition that is undefined is
 * satisfied by all requests.
 *
 * @internal
 */
export interface MatchConditions {
  /** Condition on the path, without the query. */
  readonly path?: PathMatch;
  /** Condition on the method. */
  readonly method?: TextMatch;
  /** Condition on the scheme. */
  readonly scheme?: TextMatch;
  /** Condition on the `Host` header as sent. */
  readonly authority?: TextMatch;
  /** Headers that a request must have, by name in lower case. */
  readonly headers: Conditions;
  /** Headers that a request must not have, by name in lower case. */
  readonly withoutHeaders: Conditions;
  /** Query parameters that a request must have. */
  readonly queryParams: Conditions;
}

const NONE: Conditions = new Map();

/**
 * The match of a rule without one.
 *
 * @internal
 */
export const ANY_REQUEST: MatchConditions = { headers: NONE, withoutHeaders: NONE, queryParams: NONE };

/**
 * Reads a match of an HTTP rule, once for all rules of a cluster.
 *
 * @returns undefined if istiod rejects it.
 * @internal
 */
export function readMatch(cluster: Cluster, match: JsonObject): MatchConditions | undefined {
  return computeIfAbsent(cluster.derived(knownMatches), match, () => conditionsIn(match) ?? REJECTED) || undefined;
}

const REJECTED = false;

function knownMatches(): Map<JsonObject, MatchConditions | typeof REJECTED> {
  return new Map();
}

function conditionsIn(match: JsonObject): MatchConditions | undefined {
  try {
    return {
      path: pathOf(match.uri, match.ignoreUriCase === true),
      method: textOf(match.method),
      scheme: textOf(match.scheme),
      authority: textOf(match.authority),
      headers: conditionsOf(match.headers, true),
      withoutHeaders: conditionsOf(match.withoutHeaders, true),
      queryParams: conditionsOf(match.queryParams, false),
    };
  } catch (e) {
    if (e instanceof SyntaxError) return undefined;
    throw e;
  }
}

const KINDS = [StringMatchKind.EXACT, StringMatchKind.PREFIX, StringMatchKind.REGEX];

/** Undefined if the value is no match, or if it has no condition. */
function textOf(value: unknown): TextMatch | undefined {
  if (!isObject(value)) return undefined;
  const kind = KINDS.find((each) => typeof value[each] === 'string');
  if (kind === undefined) return undefined;
  const text = value[kind] as string;
  // Compiled here, so that a match with an expression that RE2 rejects is recognized as invalid.
  if (kind === StringMatchKind.REGEX) Expression.of(text);
  return { kind, value: text };
}

/** Envoy ignores the case of exact paths and prefixes only. */
function pathOf(uri: unknown, ignoreCase: boolean): PathMatch | undefined {
  const path = textOf(uri);
  if (path === undefined || !ignoreCase || path.kind === StringMatchKind.REGEX || path.value === '/') return path;
  const literal = path.value.replace(/[^\w/]/g, (char) => (char.charCodeAt(0) < 128 ? `\\${char}` : char));
  return { kind: StringMatchKind.REGEX, value: `(?i)${literal}${path.kind === StringMatchKind.PREFIX ? '(?s:.*)' : ''}`, written: path };
}

function conditionsOf(value: unknown, lowerCase: boolean): Conditions {
  if (!isObject(value)) return NONE;
  const entries = Object.entries(value);
  if (entries.length === 0) return NONE;
  return new Map(entries.map(([name, match]) => [lowerCase && !CLAIM.test(name) ? name.toLowerCase() : name, presenceOf(match) ?? textOf(match) ?? 'present']));
}

/** The beginning of names that are those of claims, whose case matters, and not of headers. */
const CLAIM = /^@request\.auth\.claims[.[]/i;

/** Istio reads the expression `*` as any value. */
function presenceOf(match: unknown): 'present' | undefined {
  return objectOf(match).regex === '*' ? 'present' : undefined;
}
