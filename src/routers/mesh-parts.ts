import { createHash } from 'crypto';
import { HttpRoute } from '../istio/virtual-service/http-route';
import { isCatchAllPath } from '../plan/conflicts/route-entry';

/** Number of VirtualServices that the rules of one host are divided into. It is fixed, so that a name stays in its part. */
const PARTS = 64;

/**
 * The rules of an endpoint for a host inside the mesh.
 *
 * @internal
 */
export interface Share {
  /** Name of the endpoint. */
  readonly endpoint: string;
  /** Path of its construct. */
  readonly path: string;
  /** Its rules. */
  readonly rules: readonly HttpRoute[];
}

/**
 * The part of an endpoint's rules. Only the endpoint's name determines it, so that other endpoints do not move it.
 *
 * @internal
 */
export function partOf({ endpoint }: Share): number {
  return createHash('sha256').update(endpoint).digest()[0] % PARTS;
}

/**
 * Shares in the order of their rules: by name of the endpoint, independent of the order of construction, and those that match every
 * path last.
 *
 * @internal
 */
export function ordered(shares: readonly Share[]): Share[] {
  return [...shares].sort((a, b) => compare(acceptsAll(a), acceptsAll(b)) || compare(a.endpoint, b.endpoint) || compare(a.path, b.path));
}

/**
 * Whether a share has a rule for all paths: Istio drops the rules after it.
 *
 * @internal
 */
export function acceptsAll({ rules }: Share): boolean {
  return rules.some(({ match = [] }) => match.some(({ uri, headers, withoutHeaders, queryParams }) => (
    uri !== undefined && isCatchAllPath(uri) && [headers, withoutHeaders, queryParams].every((conditions) => conditions === undefined))));
}

/**
 * The rule by which the VirtualService of a host delegates to one of its parts.
 *
 * The match selects every request. Istio reports rules after one without a match, and rules with equal matches: the prefix of
 * statistics makes the matches differ, without any other effect.
 *
 * @param name Name of the part's VirtualService.
 * @internal
 */
export function delegation(name: string): HttpRoute {
  return { name, match: [{ statPrefix: name }], delegate: { name } };
}

function compare<T>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
