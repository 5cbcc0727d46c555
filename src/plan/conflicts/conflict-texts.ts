import { IConstruct } from 'constructs';
import { RouteEntry } from './route-entry';
import { inSentences } from '../checks/errors';
import { groupBy } from '../groups';
import { StringMatchKind } from '../string-match';

/**
 * Requests that match two endpoints.
 *
 * @internal
 */
export interface Overlap {
  /** An entry of the endpoint that the message names first. */
  readonly first: RouteEntry;
  /** An entry of the other endpoint. */
  readonly second: RouteEntry;
  /** What they have in common: the requests, or the host. */
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * A host that hides endpoints on a wider host.
 *
 * @internal
 */
export interface HiddenHost extends Overlap {
  /** The wider host and its listener, as the message describes them. */
  readonly wider: string;
}

/**
 * A conflict of two endpoints, as one message regardless of the number of requests and hosts.
 *
 * @internal
 */
export interface Conflict {
  /** The construct at which it is reported. */
  readonly at: IConstruct;
  /** The problem and its remedy. */
  readonly text: string;
  /** The rule that finds the same in manifests, by which it can be accepted. */
  readonly rule?: string;
  /** The other constructs that it is about. */
  readonly related?: readonly IConstruct[];
}

/**
 * The conflicts between endpoints that match the same requests.
 *
 * @internal
 */
export function requestConflicts(overlaps: readonly Overlap[]): Conflict[] {
  return pairsOf(overlaps, unorderedPair).map((pair) => {
    const [{ first, second }] = pair;
    const remedies = [...new Set(pair.map(({ remedy }) => remedy))].join('; ');
    // An entry with a remedy belongs to a route that the operator writes. Report at the route that the user wrote.
    const { at } = first.remedy === undefined ? first : second;
    return { at, text: inSentences(`${first.owner} and ${second.owner} both match requests for ${firstOf(pair, (more) => ` (and ${more} more)`)}`, remedies) };
  });
}

/**
 * The conflicts between endpoints that hide each other's hosts.
 *
 * @internal
 */
export function hostConflicts(takeovers: readonly HiddenHost[]): Conflict[] {
  return pairsOf(takeovers, ({ first, second }) => JSON.stringify([first.owner, second.owner])).map((pair) => {
    const [{ first, second, wider, remedy }] = pair;
    const text = inSentences(`${first.owner} on ${firstOf(pair, (more) => ` and ${more} more`)} hides ${second.owner}, which is on ${wider}`, remedy);
    return { at: first.at, related: [second.at], text, rule: 'hidden-host' };
  });
}

function pairsOf<C extends Overlap>(overlaps: readonly C[], keyOf: (overlap: C) => string): C[][] {
  return [...groupBy(overlaps, keyOf).values()];
}

function unorderedPair({ first, second }: Overlap): string {
  return JSON.stringify([first.owner, second.owner].sort());
}

function firstOf(pair: readonly Overlap[], more: (count: number) => string): string {
  const all = new Set(pair.map(({ what }) => what));
  return pair[0].what + (all.size === 1 ? '' : more(all.size - 1));
}

/**
 * Entries in an order that does not depend on that of construction. Those with exact header values come first, since messages name the first entry.
 *
 * @internal
 */
export function ordered(entries: readonly RouteEntry[]): RouteEntry[] {
  const keys = entries.map((entry) => {
    const { owner, listener, host, protocol, path, headers, withoutHeaders } = entry;
    const expressions = Object.values(headers).filter(({ kind }) => kind === StringMatchKind.REGEX).length;
    return { entry, key: JSON.stringify([owner, listener, host, protocol, path.value, path.kind, expressions, headers, withoutHeaders]) };
  });
  return keys.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ entry }) => entry);
}
