import { Condition, MatchConditions } from './request-match';
import { isKnownOrder, RouteRule, VirtualHost } from './virtual-hosts';
import { satisfies } from '../../plan/conflicts/overlap';
import { computeIfAbsent } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';

/**
 * A request without a query, as routes see it.
 *
 * @internal
 */
export interface ExampleRequest {
  /** The `Host` header. */
  readonly host: string;
  /** The method. */
  readonly method: string;
  /** The path. */
  readonly path: string;
  /** Other headers, by name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Inference calls, REST and gRPC. */
const CALLS = ['/v2/models/other/infer', '/inference.GRPCInferenceService/ModelInfer'];

/** Paths of a model that are no inference calls. */
const NO_CALL = /^\/v2\/models\/[^/]+(\/ready|\/versions\/[^/]+)?$/;

/**
 * Inference calls that satisfy a match, with certain headers in addition to those that it requires.
 *
 * @returns nothing if none is known.
 * @internal
 */
export function exampleRequests(match: MatchConditions, host: string, more: ReadonlyMap<string, string>): ExampleRequest[] {
  if (match.authority !== undefined || match.scheme !== undefined || match.queryParams.size > 0) return [];
  const method = match.method === undefined ? 'POST' : match.method.value;
  if (match.method !== undefined && match.method.kind !== StringMatchKind.EXACT) return [];
  const headers = new Map<string, string>();
  for (const [name, condition] of match.headers) {
    const value = exampleOf(condition);
    if (value === undefined) return [];
    headers.set(name, value);
  }
  for (const [name, value] of more) headers.set(name, value);
  return pathsOf(match).map((path) => ({ host, method, path, headers })).filter((request) => requestMatches(match, request));
}

function exampleOf(condition: Condition): string | undefined {
  if (condition === 'present') return 'x';
  return condition.kind === StringMatchKind.REGEX ? undefined : condition.value;
}

function pathsOf({ path }: MatchConditions): string[] {
  if (path === undefined) return CALLS;
  if (path.kind === StringMatchKind.EXACT) return NO_CALL.test(path.value) ? [] : [path.value];
  const calls = CALLS.filter((call) => satisfies(path, call));
  if (calls.length > 0 || path.kind === StringMatchKind.REGEX) return calls;
  return [path.value.endsWith('/') ? `${path.value}infer` : path.value];
}

/**
 * Whether a request satisfies a match.
 *
 * @internal
 */
export function requestMatches(match: MatchConditions, { host, method, path, headers }: ExampleRequest): boolean {
  const accepted = (condition: Condition | undefined, value: string | undefined) => condition === undefined
    || (value !== undefined && (condition === 'present' || satisfies(condition, value)));
  return accepted(match.path, path) && accepted(match.method, method) && accepted(match.authority, host) && accepted(match.scheme, 'https')
    && match.queryParams.size === 0
    && [...match.headers].every(([name, condition]) => accepted(condition, headers.get(name)))
    && [...match.withoutHeaders].every(([name, condition]) => !accepted(condition, headers.get(name)));
}

/**
 * The rules of a host by one of their conditions, so that those that match a request are found without a scan.
 *
 * @internal
 */
export class RouteIndex {
  private readonly byKey = new Map<string, number[]>();
  private readonly lengths = new Set<number>();

  /** Indexes the rules of a host. */
  constructor(private readonly virtualHost: VirtualHost) {
    virtualHost.rules.forEach(({ match }, position) => {
      const key = keyOf(match);
      computeIfAbsent(this.byKey, key, () => []).push(position);
      if (key.startsWith(PREFIX)) this.lengths.add(key.length - PREFIX.length);
    });
  }

  /**
   * Whether a rule certainly answers a request: no other rule that matches comes first, or may come first since the age of one of the
   * two VirtualServices is not known.
   */
  public isAnswer(rule: RouteRule, request: ExampleRequest): boolean {
    const { rules } = this.virtualHost;
    const matching = this.candidates(request).filter((position) => requestMatches(rules[position].match, request)).sort((a, b) => a - b);
    return rules[matching[0]] === rule && matching.slice(1).every((position) => {
      const later = rules[position];
      return later.virtualService === rule.virtualService || (later.isCatchAll && !rule.isCatchAll)
        || isKnownOrder(later.virtualService, rule.virtualService);
    });
  }

  private candidates({ path, headers }: ExampleRequest): number[] {
    const keys = [
      ANY, `${EXACT}${path}`, ...[...this.lengths].filter((length) => length <= path.length).map((length) => `${PREFIX}${path.slice(0, length)}`),
      ...[...headers].map(([name, value]) => headerKey(name, value)),
    ];
    return keys.flatMap((key) => this.byKey.get(key) ?? []);
  }
}

const ANY = 'any';
const EXACT = 'exact ';
const PREFIX = 'prefix ';

/** A condition that every request has that a match matches. */
function keyOf({ path, headers }: MatchConditions): string {
  for (const [name, condition] of headers) {
    if (condition !== 'present' && condition.kind === StringMatchKind.EXACT) return headerKey(name, condition.value);
  }
  if (path === undefined || path.kind === StringMatchKind.REGEX) return ANY;
  return `${path.kind === StringMatchKind.EXACT ? EXACT : PREFIX}${path.value}`;
}

function headerKey(name: string, value: string): string {
  return `header ${name}: ${value}`;
}
