import { computeIfAbsent } from '../plan/groups';

/**
 * Whether a value of a policy, which may begin or end with `*`, matches a string.
 *
 * @internal
 */
export function valueMatches(value: string, text: string): boolean {
  if (value === '*') return text !== '';
  if (value.startsWith('*')) return text.endsWith(value.slice(1));
  return value.endsWith('*') ? text.startsWith(value.slice(0, -1)) : text === value;
}

/**
 * A list of values of a policy, which may begin or end with `*`. Testing a string costs the same for any number of values.
 *
 * @internal
 */
export class ValueSet {
  /** Whether one of the values is `*`. */
  public readonly hasAny: boolean;
  private readonly exact = new Set<string>();
  private readonly prefixes = new Affixes((text, length) => text.slice(0, length));
  private readonly suffixes = new Affixes((text, length) => text.slice(text.length - length));

  constructor(values: readonly string[]) {
    this.hasAny = values.includes('*');
    for (const value of values) {
      if (value === '*') continue;
      if (value.startsWith('*')) this.suffixes.add(value.slice(1));
      else if (value.endsWith('*')) this.prefixes.add(value.slice(0, -1));
      else this.exact.add(value);
    }
  }

  /** Whether one of the values matches a string. */
  public matches(text: string): boolean {
    return this.exact.has(text) || (this.hasAny && text !== '') || this.prefixes.isPartOf(text) || this.suffixes.isPartOf(text);
  }
}

/** Beginnings, or ends, of strings by their length. */
class Affixes {
  private readonly byLength = new Map<number, Set<string>>();

  constructor(private readonly cut: (text: string, length: number) => string) {}

  public add(affix: string): void {
    computeIfAbsent(this.byLength, affix.length, () => new Set()).add(affix);
  }

  public isPartOf(text: string): boolean {
    for (const [length, affixes] of this.byLength) {
      if (length <= text.length && affixes.has(this.cut(text, length))) return true;
    }
    return false;
  }
}
