import { RouteEntry } from './route-entry';
import { computeIfAbsent } from '../groups';
import { beginningOf, matchesOverlap } from './overlap';
import { StringMatchKind } from '../string-match';

/**
 * Entries by their conditions on some headers. Most are exact values; the few others are compared with all entries.
 *
 * @internal
 */
export class HeaderIndex {
  private readonly levels = new Map<string, Level>();
  private readonly loose = new Set<Level>();

  constructor(private readonly names: readonly string[]) {}

  public add(entry: RouteEntry, part: LevelPart): Level {
    const key = valuesKey(entry, this.names);
    let level = this.levels.get(key);
    if (level === undefined) {
      this.levels.set(key, level = new Level(entry));
      if (isLoose(entry, this.names)) this.loose.add(level);
    }
    level.add(entry, part);
    return level;
  }

  /** An entry that matches requests of this one, which is in a level. One of the two requires exactly the headers of this index. */
  public conflict(entry: RouteEntry, part: LevelPart, level: Level): RouteEntry | undefined {
    const found = level.find(entry, part);
    if (found !== undefined) return found;
    for (const other of isLoose(entry, this.names) ? this.levels.values() : this.loose) {
      if (other === level || !valuesOverlap(other.sample, entry, this.names)) continue;
      const overlapping = other.find(entry, part);
      if (overlapping !== undefined) return overlapping;
    }
    return undefined;
  }
}

/**
 * A key for an entry's conditions on some headers. Each value follows its length, so that the key is unambiguous.
 *
 * @internal
 */
export function valuesKey({ headers }: RouteEntry, names: readonly string[]): string {
  let key = '';
  for (const name of names) {
    const { kind, value } = headers[name];
    key += `${kind} ${value.length} ${value} `;
  }
  return key;
}

/**
 * Whether an entry has a condition other than an exact value on some headers.
 *
 * @internal
 */
export function isLoose({ headers }: RouteEntry, names: readonly string[]): boolean {
  return names.some((name) => headers[name].kind !== StringMatchKind.EXACT);
}

/** @internal */
export function valuesOverlap(a: RouteEntry, b: RouteEntry, names: readonly string[]): boolean {
  return names.every((name) => matchesOverlap(a.headers[name], b.headers[name]));
}

/**
 * The entries of a level: those that require only the headers of the index, those that require more, and those that only match requests
 * of the others.
 *
 * @internal
 */
export type LevelPart = 'own' | 'more' | 'matching';

/** For each part of a level, the parts with which it can have requests in common. */
const OVERLAPPING: { readonly [part in LevelPart]: readonly LevelPart[] } = {
  own: ['own', 'more', 'matching'],
  more: ['own', 'matching'],
  matching: ['own', 'more'],
};

/**
 * Entries with the same conditions on the headers of an index.
 *
 * @internal
 */
export class Level {
  private readonly entries: { [part in LevelPart]?: RouteEntry[] } = {};
  private readonly paths: { [part in LevelPart]?: PathIndex } = {};
  private count = 0;

  constructor(public readonly sample: RouteEntry) {}

  public add(entry: RouteEntry, part: LevelPart): void {
    (this.entries[part] ??= []).push(entry);
    this.count += 1;
  }

  public find(entry: RouteEntry, part: LevelPart): RouteEntry | undefined {
    // Most levels hold one entry, which needs no index.
    if (this.count === 1 && this.sample.endpoint === entry.endpoint) return undefined;
    for (const each of OVERLAPPING[part]) {
      const entries = this.entries[each];
      if (entries === undefined) continue;
      const found = (this.paths[each] ??= new PathIndex(entries)).find(entry);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Entries by path and by the literal prefix of their paths. Of two paths that overlap, the longer prefix finds the shorter one. */
class PathIndex {
  private readonly exact = new Map<string, Samples>();
  private readonly beginnings = new Map<string, Map<string, Samples>>();
  private readonly lengths = new Set<number>();

  constructor(entries: readonly RouteEntry[]) {
    for (const entry of entries) this.add(entry);
  }

  public find(entry: RouteEntry): RouteEntry | undefined {
    if (entry.path.kind === StringMatchKind.EXACT) {
      const other = this.exact.get(entry.path.value)?.otherThan(entry);
      if (other !== undefined) return other;
    }
    const beginning = beginningOf(entry.path);
    for (const length of this.lengths) {
      if (length > beginning.length) continue;
      for (const samples of this.beginnings.get(beginning.slice(0, length))?.values() ?? []) {
        const other = samples.otherThan(entry);
        if (other !== undefined && matchesOverlap(other.path, entry.path)) return other;
      }
    }
    return undefined;
  }

  private add(entry: RouteEntry): void {
    const { kind, value } = entry.path;
    if (kind === StringMatchKind.EXACT) {
      computeIfAbsent(this.exact, value, () => new Samples()).add(entry);
      return;
    }
    const beginning = beginningOf(entry.path);
    this.lengths.add(beginning.length);
    const paths = computeIfAbsent(this.beginnings, beginning, () => new Map<string, Samples>());
    computeIfAbsent(paths, `${kind} ${value}`, () => new Samples()).add(entry);
  }
}

/**
 * Keeps entries of two different endpoints, which is enough to find one of another endpoint.
 *
 * @internal
 */
export class Samples {
  private first?: RouteEntry;
  private second?: RouteEntry;

  public add(entry: RouteEntry): void {
    if (this.first === undefined) this.first = entry;
    else if (this.second === undefined && this.first.endpoint !== entry.endpoint) this.second = entry;
  }

  public otherThan(entry: RouteEntry): RouteEntry | undefined {
    return this.first?.endpoint !== entry.endpoint ? this.first : this.second;
  }
}
