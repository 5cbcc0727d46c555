import { IConstruct } from 'constructs';
import { RouteEntry } from './route-entry';
import { inSentences } from '../checks/errors';
import { groupBy } from '../groups';
import { StringMatchKind } from '../string-match';

/**
 * Requests of one endpoint that another one takes.
 *
 * @internal
 */
export interface Overlap {
  /** A claim of the endpoint that messages name first. */
  readonly first: RouteEntry;
  /** A claim of the other one. */
  readonly second: RouteEntry;
  /** What both have: the requests, or the host. */
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * A host that hides endpoints of a wider one.
 *
 * @internal
 */
export interface HiddenHost extends Overlap {
  /** The wider host, and where it is. */
  readonly wider: string;
}

/**
 * A conflict of two endpoints, in one text however many requests and hosts it is about.
 *
 * @internal
 */
export interface Conflict {
  /** The construct that it is about. */
  readonly at: IConstruct;
  /** What is wrong, and what to do about it. */
  readonly text: string;
}

/**
 * The conflicts of endpoints that take requests from each other.
 *
 * @internal
 */
export function requestConflicts(overlaps: readonly Overlap[]): Conflict[] {
  return pairsOf(overlaps, unorderedPair).map((pair) => {
    const [{ first, second }] = pair;
    const remedies = [...new Set(pair.map(({ remedy }) => remedy))].join('; ');
    // Of two routes the one that somebody else writes has a remedy: the other one is what the user wrote.
    const { at } = first.remedy === undefined ? first : second;
    return { at, text: inSentences(`${first.owner} and ${second.owner} both take requests for ${firstOf(pair, (more) => ` (and ${more} more)`)}`, remedies) };
  });
}

/**
 * The conflicts of endpoints that take hosts from each other.
 *
 * @internal
 */
export function hostConflicts(takeovers: readonly HiddenHost[]): Conflict[] {
  return pairsOf(takeovers, ({ first, second }) => JSON.stringify([first.owner, second.owner])).map((pair) => {
    const [{ first, second, wider, remedy }] = pair;
    const text = inSentences(`${first.owner} takes ${firstOf(pair, (more) => ` and ${more} more`)} away from ${second.owner}, which is on ${wider}`, remedy);
    return { at: first.at, text };
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
 * Claims in an order that does not depend on that of construction. Those with plain headers come first, since messages name the first.
 *
 * @internal
 */
export function ordered(entries: readonly RouteEntry[]): RouteEntry[] {
  const keys = entries.map((entry) => {
    const { owner, listener, host, protocol, path, headers, withoutHeaders } = entry;
    const expressions = Object.values(headers).filter(({ kind }) => kind === StringMatchKind.REGEX).length;
    return { claim: entry, key: JSON.stringify([owner, listener, host, protocol, path.value, path.kind, expressions, headers, withoutHeaders]) };
  });
  return keys.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ claim: entry }) => entry);
}
