import { computeIfAbsent } from './groups';
import { byText } from './text-order';

/** Labels of pods. @internal */
export interface PodSelector {
  readonly [label: string]: string;
}

/**
 * A key that two selectors share if they have the same labels, in any order.
 *
 * @internal
 */
export function podsKey(selector: PodSelector): string {
  return keyOf(Object.entries(selector).sort(([a], [b]) => byText(a, b)));
}

/**
 * Whether one selector has a subset of the labels of another one. It then selects all pods of the other one.
 *
 * @internal
 */
export function selectorWithin(fewer: PodSelector, more: PodSelector): boolean {
  return Object.keys(fewer).every((label) => Object.hasOwn(more, label) && more[label] === fewer[label]);
}

/**
 * Whether two selectors select common pods, as far as the labels show: one of them contains the other.
 *
 * @internal
 */
export function samePods(a: PodSelector, b: PodSelector): boolean {
  return selectorWithin(a, b) || selectorWithin(b, a);
}

/** Up to this number of labels, all subsets are indexed: 64 of them. */
const FEW_LABELS = 6;

/**
 * Selectors, indexed so that those that select common pods are found without a scan.
 *
 * @internal
 */
export class PodSelectors {
  private readonly selectors = new Map<string, PodSelector>();
  /** For each set of labels the selectors that contain it. */
  private readonly containing = new Map<string, Set<string>>();
  /** Selectors with too many labels for that. */
  private readonly large = new Set<string>();

  /** Adds a selector, and returns its key. */
  public add(selector: PodSelector): string {
    const key = podsKey(selector);
    if (this.selectors.has(key)) return key;
    this.selectors.set(key, selector);
    if (isLarge(selector)) this.large.add(key);
    else for (const part of partsOf(selector)) this.setOf(part).add(key);
    return key;
  }

  /** Keys of the selectors for the same pods as one that was added, with its own. */
  public samePodsAs(key: string): string[] {
    const selector = this.selectors.get(key)!;
    if (isLarge(selector)) return [...this.selectors].filter(([, other]) => samePods(selector, other)).map(([other]) => other);
    const fewer = partsOf(selector).filter((part) => this.selectors.has(part));
    return [...new Set([...fewer, ...this.within(key)])];
  }

  /**
   * Keys of the most precise selectors for pods of one that was added. Two that are for some pods in common share such a key, also
   * where neither contains the other and a third contains both.
   */
  public mostPrecise(key: string): string[] {
    return this.within(key).filter((other) => this.within(other).length === 1);
  }

  /** Keys of the selectors that contain one. */
  private within(key: string): string[] {
    const selector = this.selectors.get(key)!;
    const large = [...this.large].filter((other) => selectorWithin(selector, this.selectors.get(other)!));
    return isLarge(selector) ? large : [...this.setOf(key), ...large];
  }

  private setOf(part: string): Set<string> {
    return computeIfAbsent(this.containing, part, () => new Set());
  }
}

function isLarge(selector: PodSelector): boolean {
  return Object.keys(selector).length > FEW_LABELS;
}

/** The keys of all sets of some labels of a selector, with that of all. */
function partsOf(selector: PodSelector): string[] {
  const labels = Object.entries(selector).sort(([a], [b]) => byText(a, b));
  return labels.reduce<[string, string][][]>((sets, label) => [...sets, ...sets.map((set) => [...set, label])], [[]]).map(keyOf);
}

function keyOf(labels: readonly [string, string][]): string {
  return JSON.stringify(labels);
}
