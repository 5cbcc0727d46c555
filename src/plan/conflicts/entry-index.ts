import { Claim } from './route-entry';
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

  public add(claim: Claim, part: LevelPart): Level {
    const key = valuesKey(claim, this.names);
    let level = this.levels.get(key);
    if (level === undefined) {
      this.levels.set(key, level = new Level(claim));
      if (isLoose(claim, this.names)) this.loose.add(level);
    }
    level.add(claim, part);
    return level;
  }

  /** A claim that takes requests from this one of a level. One of the two asks for exactly the headers of this index. */
  public conflict(claim: Claim, part: LevelPart, level: Level): Claim | undefined {
    const found = level.find(claim, part);
    if (found !== undefined) return found;
    for (const other of isLoose(claim, this.names) ? this.levels.values() : this.loose) {
      if (other === level || !valuesOverlap(other.sample, claim, this.names)) continue;
      const taker = other.find(claim, part);
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
export function valuesKey({ headers }: Claim, names: readonly string[]): string {
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
export function isLoose({ headers }: Claim, names: readonly string[]): boolean {
  return names.some((name) => headers[name].kind !== StringMatchKind.EXACT);
}

/** @internal */
export function valuesOverlap(a: Claim, b: Claim, names: readonly string[]): boolean {
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
  private readonly claims: { readonly [part in LevelPart]: Claim[] } = { own: [], more: [], takers: [] };
  private readonly paths: { [part in LevelPart]?: PathIndex } = {};
  private count = 0;

  constructor(public readonly sample: Claim) {}

  public add(claim: Claim, part: LevelPart): void {
    this.claims[part].push(claim);
    this.count += 1;
  }

  public find(claim: Claim, part: LevelPart): Claim | undefined {
    // Most levels hold one claim, which needs no index to find that it is alone.
    if (this.count === 1 && this.sample.endpoint === claim.endpoint) return undefined;
    for (const each of MEETS[part]) {
      if (this.claims[each].length === 0) continue;
      const found = (this.paths[each] ??= new PathIndex(this.claims[each])).find(claim);
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

  constructor(claims: readonly Claim[]) {
    for (const claim of claims) this.add(claim);
  }

  public find(claim: Claim): Claim | undefined {
    if (claim.path.kind === StringMatchKind.EXACT) {
      const other = this.exact.get(claim.path.value)?.otherThan(claim);
      if (other !== undefined) return other;
    }
    const beginning = beginningOf(claim.path);
    for (const length of this.lengths) {
      if (length > beginning.length) continue;
      for (const samples of this.beginnings.get(beginning.slice(0, length))?.values() ?? []) {
        const other = samples.otherThan(claim);
        if (other !== undefined && matchesOverlap(other.path, claim.path)) return other;
      }
    }
    return undefined;
  }

  private add(claim: Claim): void {
    const { kind, value } = claim.path;
    if (kind === StringMatchKind.EXACT) {
      computeIfAbsent(this.exact, value, () => new Samples()).add(claim);
      return;
    }
    const beginning = beginningOf(claim.path);
    this.lengths.add(beginning.length);
    const paths = computeIfAbsent(this.beginnings, beginning, () => new Map<string, Samples>());
    computeIfAbsent(paths, `${kind} ${value}`, () => new Samples()).add(claim);
  }
}

/**
 * Claims of two different endpoints are enough to find one that is not the asker's.
 *
 * @internal
 */
export class Samples {
  private first?: Claim;
  private second?: Claim;

  public add(claim: Claim): void {
    if (this.first === undefined) this.first = claim;
    else if (this.second === undefined && this.first.endpoint !== claim.endpoint) this.second = claim;
  }

  public otherThan(claim: Claim): Claim | undefined {
    return this.first?.endpoint !== claim.endpoint ? this.first : this.second;
  }
}
