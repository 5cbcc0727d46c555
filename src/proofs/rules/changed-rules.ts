import { Rule } from './rule';

/**
 * The rules of two lists that are not in both, or not in the same order. Requests that match none of them are answered alike.
 *
 * @internal
 */
export function changedRules(before: readonly Rule[], after: readonly Rule[]): readonly Rule[] {
  const positions = new Map<string, number[]>();
  after.forEach(({ key }, i) => {
    const known = positions.get(key);
    if (known === undefined) positions.set(key, [i]);
    else known.push(i);
  });
  const used = new Map<string, number>();
  const pairs: [before: number, after: number][] = [];
  before.forEach(({ key }, i) => {
    const nth = used.get(key) ?? 0;
    const position = positions.get(key)?.[nth];
    used.set(key, nth + 1);
    if (position !== undefined) pairs.push([i, position]);
  });
  const kept = longestIncreasing(pairs.map(([, position]) => position)).map((i) => pairs[i]);
  const [keptBefore, keptAfter] = [new Set(kept.map(([i]) => i)), new Set(kept.map(([, i]) => i))];
  return [...before.filter((_, i) => !keptBefore.has(i)), ...after.filter((_, i) => !keptAfter.has(i))];
}

/** The positions of a longest increasing part of a list, in n log n steps. */
function longestIncreasing(values: readonly number[]): readonly number[] {
  const ends: number[] = [];
  const previous = values.map(() => -1);
  for (let i = 0; i < values.length; i += 1) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (values[ends[middle]] < values[i]) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[i] = ends[low - 1];
    ends[low] = i;
  }
  const found: number[] = [];
  for (let at = ends.length === 0 ? -1 : ends[ends.length - 1]; at >= 0; at = previous[at]) found.push(at);
  return found.reverse();
}
