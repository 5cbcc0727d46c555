import { lowerAscii } from './checks';
import { claimPath } from './claims';
import { LiteralSearch } from './literal-search';
import { requiredLiterals } from './required-literals';
import { RouteRequest } from './route-request';
import { MatchConditions } from '../../cluster/routing/request-match';
import { beginningOf } from '../../plan/conflicts/overlap';
import { computeIfAbsent, groupBy } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';

/**
 * Something with a match, in the order in which matches are tried.
 *
 * @internal
 */
export interface Indexed {
  /** Its position in the order. */
  readonly position: number;
  /** Its conditions. */
  readonly match: MatchConditions;
}

/**
 * Matches, indexed so that those that a request may satisfy are found without a scan: by exact paths, by the literal beginning of other
 * paths, and then by headers with exact values.
 *
 * @internal
 */
export class MatchIndex<T extends Indexed> {
  private readonly exact = new Map<string, ValueIndex<T>>();
  private readonly beginnings: Beginnings<T>;
  private readonly folded: Beginnings<T>;

  /** Indexes entries, which are in order. */
  constructor(entries: readonly T[]) {
    const exact = new Map<string, T[]>();
    const beginnings = new Map<string, T[]>();
    const folded = new Map<string, T[]>();
    for (const entry of entries) {
      const { path } = entry.match;
      if (path?.written !== undefined) computeIfAbsent(folded, lowerAscii(path.written.value), () => []).push(entry);
      else if (path?.kind === StringMatchKind.EXACT) computeIfAbsent(exact, path.value, () => []).push(entry);
      else computeIfAbsent(beginnings, path === undefined ? '' : beginningOf(path), () => []).push(entry);
    }
    for (const [value, list] of exact) this.exact.set(value, new ValueIndex(list));
    this.beginnings = new Beginnings(beginnings);
    this.folded = new Beginnings(folded);
  }

  /** Lists of entries that a request may satisfy, each in order. */
  public candidates(request: RouteRequest): readonly (readonly T[])[] {
    const lists: (readonly T[])[] = [];
    const { path } = request.normal;
    this.exact.get(path)?.collect(request, lists);
    this.beginnings.collect(path, request, lists);
    if (!this.folded.isEmpty) this.folded.collect(lowerAscii(path), request, lists);
    return lists;
  }
}

/** Entries whose paths have the same beginning. */
interface Beginning<T extends Indexed> {
  readonly text: string;
  readonly index: PathIndex<T>;
}

/** A length that beginnings have. */
interface Length {
  readonly length: number;
  /** The characters that they end with. Most paths have another one there, so that no hash is looked up. */
  readonly endings: ReadonlySet<number>;
}

/** Entries by the beginning of their paths, found by its hash, which is computed in one pass over a path. */
class Beginnings<T extends Indexed> {
  private readonly lengths: readonly Length[];
  private readonly byHash: ReadonlyMap<number, readonly Beginning<T>[]>;

  constructor(lists: ReadonlyMap<string, readonly T[]>) {
    const all = [...lists].map(([text, list]) => ({ text, index: new PathIndex(list) }));
    this.byHash = groupBy(all, ({ text }) => hashOf(text, 0, text.length, SEED));
    this.lengths = [...groupBy(all, ({ text }) => text.length)].sort(([a], [b]) => a - b)
      .map(([length, same]) => ({ length, endings: new Set(same.map(({ text }) => text.charCodeAt(length - 1))) }));
  }

  public get isEmpty(): boolean {
    return this.byHash.size === 0;
  }

  public collect(path: string, request: RouteRequest, lists: (readonly T[])[]): void {
    let hash = SEED;
    let end = 0;
    for (const { length, endings } of this.lengths) {
      if (length > path.length) return;
      if (!endings.has(path.charCodeAt(length - 1))) continue;
      hash = hashOf(path, end, length, hash);
      end = length;
      const found = this.byHash.get(hash);
      if (found === undefined) continue;
      for (const { text, index } of found) {
        if (text.length === length && path.startsWith(text)) index.collect(path, request, lists);
      }
    }
  }
}

const SEED = 7;

/** Continues a hash with a part of a text. It stays a small integer, which is a fast key. */
function hashOf(text: string, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash + text.charCodeAt(i), 31);
  return hash;
}

/** Lists up to this length are not indexed. */
const SHORT = 4;

/** Entries with expressions by a literal that paths must contain, the rarest of their expression, and all others by headers. */
class PathIndex<T extends Indexed> {
  private readonly search?: LiteralSearch<ValueIndex<T>>;
  private readonly others?: ValueIndex<T>;

  constructor(entries: readonly T[]) {
    const literals = entries.length > SHORT ? rarestLiterals(entries) : new Map<T, string>();
    const others = literals.size > SHORT ? entries.filter((entry) => !literals.has(entry)) : entries;
    if (others.length > 0) this.others = new ValueIndex(others);
    if (literals.size <= SHORT) return;
    const lists = groupBy([...literals.keys()], (entry) => literals.get(entry)!);
    this.search = new LiteralSearch(new Map([...lists].map(([literal, list]) => [literal, [new ValueIndex(list)]])));
  }

  public collect(path: string, request: RouteRequest, lists: (readonly T[])[]): void {
    this.others?.collect(request, lists);
    this.search?.valuesIn(path).forEach((index) => index.collect(request, lists));
  }
}

/** For each entry with an expression, the literal of it that is in the smallest number of other expressions. */
function rarestLiterals<T extends Indexed>(entries: readonly T[]): ReadonlyMap<T, string> {
  const literals = new Map<T, readonly string[]>();
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const { path } = entry.match;
    if (path?.kind !== StringMatchKind.REGEX) continue;
    const required = [...new Set(requiredLiterals(path.value))];
    if (required.length > 0) literals.set(entry, required);
    for (const literal of required) counts.set(literal, (counts.get(literal) ?? 0) + 1);
  }
  const isBetter = (a: string, b: string) => counts.get(a)! < counts.get(b)! || (counts.get(a) === counts.get(b) && a.length > b.length);
  return new Map([...literals].map(([entry, required]) => [entry, required.reduce((best, literal) => (isBetter(literal, best) ? literal : best))]));
}

/** Entries by the exact values of the header that most of them require, and the others by that of the next header. */
class ValueIndex<T extends Indexed> {
  private readonly header?: string;
  private readonly byValue?: ReadonlyMap<string, ValueIndex<T>>;
  private readonly others?: ValueIndex<T>;

  constructor(private readonly entries: readonly T[], done: ReadonlySet<string> = new Set()) {
    const header = entries.length > SHORT ? mostFrequentHeader(entries, done) : undefined;
    if (header === undefined) return;
    const next = new Set([...done, header]);
    const values = new Map<string, T[]>();
    const others: T[] = [];
    for (const entry of entries) {
      const value = exactValue(entry, header);
      if (value === undefined) others.push(entry);
      else computeIfAbsent(values, value, () => []).push(entry);
    }
    this.header = header;
    this.byValue = new Map([...values].map(([value, list]) => [value, new ValueIndex(list, next)]));
    this.others = others.length === 0 ? undefined : new ValueIndex(others, next);
  }

  public collect(request: RouteRequest, lists: (readonly T[])[]): void {
    if (this.header === undefined) {
      lists.push(this.entries);
      return;
    }
    const values = request.valuesOf(this.header);
    for (let i = 0; i < values.length; i += 1) {
      if (values.indexOf(values[i]) === i) this.byValue!.get(values[i])?.collect(request, lists);
    }
    this.others?.collect(request, lists);
  }
}

function mostFrequentHeader(entries: readonly Indexed[], done: ReadonlySet<string>): string | undefined {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    for (const name of entry.match.headers.keys()) {
      if (!done.has(name) && exactValue(entry, name) !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  let most: string | undefined;
  for (const [name, count] of counts) {
    if (count > 1 && (most === undefined || count > counts.get(most)!)) most = name;
  }
  return most;
}

function exactValue({ match }: Indexed, name: string): string | undefined {
  const condition = match.headers.get(name);
  if (condition === undefined || condition === 'present' || condition.kind !== StringMatchKind.EXACT || claimPath(name) !== undefined) return undefined;
  return condition.value;
}
