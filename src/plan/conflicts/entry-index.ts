import { RouteEntry } from './route-entry';
import { computeIfAbsent } from '../groups';
import { beginningOf, matchesOverlap } from './overlap';
import { StringMatchKind } from '../string-match';

/**
 * Claims by what they ask of some headers. Few ask for anything but plain values, so those are tried on all the others.
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

  /** A claim that takes requests from this one of a level. One of the two asks for exactly the headers of this index. */
  public conflict(entry: RouteEntry, part: LevelPart, level: Level): RouteEntry | undefined {
    const found = level.find(entry, part);
    if (found !== undefined) return found;
    for (const other of isLoose(entry, this.names) ? this.levels.values() : this.loose) {
      if (other === level || !valuesOverlap(other.sample, entry, this.names)) continue;
      const taker = other.find(entry, part);
      if (taker !== undefined) return taker;
    }
    return undefined;
  }
}

/**
 * What a claim asks of some headers. Each value stands behind its length, so that no two lists of values read alike.
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
 * Whether a claim asks for anything but plain values of some headers.
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
 * The claims of a level: those that ask for the headers of the index alone, those that ask for more, and those that take requests
 * from both and lose none.
 *
 * @internal
 */
export type LevelPart = 'own' | 'more' | 'takers';

/** For each part of a level those with which it can have requests in common. */
const MEETS: { readonly [part in LevelPart]: readonly LevelPart[] } = {
  own: ['own', 'more', 'takers'],
  more: ['own', 'takers'],
  takers: ['own', 'more'],
};

/**
 * Claims that ask the same of the headers of an index.
 *
 * @internal
 */
export class Level {
  private readonly entries: { readonly [part in LevelPart]: RouteEntry[] } = { own: [], more: [], takers: [] };
  private readonly paths: { [part in LevelPart]?: PathIndex } = {};
  private count = 0;

  constructor(public readonly sample: RouteEntry) {}

  public add(entry: RouteEntry, part: LevelPart): void {
    this.entries[part].push(entry);
    this.count += 1;
  }

  public find(entry: RouteEntry, part: LevelPart): RouteEntry | undefined {
    // Most levels hold one claim, which needs no index to find that it is alone.
    if (this.count === 1 && this.sample.endpoint === entry.endpoint) return undefined;
    for (const each of MEETS[part]) {
      if (this.entries[each].length === 0) continue;
      const found = (this.paths[each] ??= new PathIndex(this.entries[each])).find(entry);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Claims by path, and by what all their paths begin with. Of two paths that overlap the longer beginning finds the shorter. */
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
 * Claims of two different endpoints are enough to find one that is not the asker's.
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
