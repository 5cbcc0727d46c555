/**
 * The value of a key, which is created if it does not exist yet.
 *
 * @internal
 */
export function computeIfAbsent<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
}

/**
 * Items by their key, in the given order.
 *
 * @internal
 */
export function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) computeIfAbsent(groups, keyOf(item), () => []).push(item);
  return groups;
}

/**
 * Items by each of their keys, in the given order.
 *
 * @internal
 */
export function groupByEach<K, T>(items: readonly T[], keysOf: (item: T) => Iterable<K>): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) computeIfAbsent(groups, key, () => []).push(item);
  }
  return groups;
}
