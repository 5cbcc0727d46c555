import { isLonger, isNearMiss, isSimilar, nearest } from './checks/near-miss';
import { computeIfAbsent } from './groups';

/** Fewer names than these are compared one by one. */
const FEW = 50;

/** How many names are compared in all searches for a name that is not a near miss. Not each of many findings needs a hint. */
const MAX_COMPARED = 20_000;

/**
 * Known names, for hints about many unknown ones: each is looked up, and not compared with all known names.
 *
 * @internal
 */
export class NearNames {
  /** The names of several groups. */
  public static ofGroups<K>(groups: ReadonlyMap<K, readonly { readonly name: string }[]>): ReadonlyMap<K, NearNames> {
    return new Map([...groups].map(([key, named]) => [key, new NearNames(named.map(({ name }) => name))]));
  }

  private readonly names: readonly string[];
  private readonly found = new Map<string, string | undefined>();
  private byVariant?: Map<string, number[]>;
  private compared = 0;

  /**
   * Creates the names.
   *
   * @param names The known names. Of several that are as likely, the first one is found.
   */
  public constructor(names: Iterable<string>) {
    this.names = [...new Set(names)];
  }

  /** Whether there is a name other than the given one. */
  public hasOther(name: string): boolean {
    return this.names.length > 1 || (this.names.length === 1 && this.names[0] !== name);
  }

  /**
   * The name that was most likely intended; undefined if there is none.
   *
   * @param written The unknown name.
   * @param excluded A name that was not intended.
   */
  public find(written: string, excluded?: string): string | undefined {
    const key = JSON.stringify([written, excluded]);
    // A name that was looked for has the same answer when the rules are run again.
    if (!this.found.has(key)) this.found.set(key, this.search(written, excluded));
    return this.found.get(key);
  }

  private search(written: string, excluded: string | undefined): string | undefined {
    if (this.names.length <= FEW) return nearest(written, this.names.filter((name) => name !== excluded));
    const misses = this.similar(written).filter((name) => name !== excluded && isNearMiss(written, name));
    return misses[0] ?? this.searchAll(written, excluded);
  }

  /** The names that share a variant with the written one, in their order. Near misses are among them. */
  private similar(written: string): string[] {
    const index = this.byVariant ??= this.indexed();
    const positions = new Set(variantsOf(written).flatMap((variant) => index.get(variant) ?? []));
    return [...positions].sort((a, b) => a - b).map((position) => this.names[position]);
  }

  private indexed(): Map<string, number[]> {
    const index = new Map<string, number[]>();
    this.names.forEach((name, position) => variantsOf(name).forEach((variant) => computeIfAbsent(index, variant, () => []).push(position)));
    return index;
  }

  private searchAll(written: string, excluded: string | undefined): string | undefined {
    this.compared += this.names.length;
    if (this.compared > MAX_COMPARED) return undefined;
    const names = this.names.filter((name) => name !== excluded);
    return names.find((name) => isSimilar(written, name)) ?? names.find((name) => isLonger(written, name));
  }
}

/** Maximum length of a name in Kubernetes. A longer one is not a near miss of any. */
const MAX_LENGTH = 253;

/** A name without one of its letters, or without its ending: a name and a near miss of it have one in common. */
function variantsOf(name: string): string[] {
  const lower = name.toLowerCase();
  if (lower.length > MAX_LENGTH) return [lower];
  const shorter = Array.from({ length: lower.length }, (_, i) => lower.slice(0, i) + lower.slice(i + 1));
  return [...new Set([lower, ...shorter, lower.replace(/es$/, ''), lower.replace(/ies$/, '')])];
}
