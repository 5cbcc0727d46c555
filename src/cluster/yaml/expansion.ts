/** As deep as js-yaml reads YAML without aliases. Much deeper objects would exceed the stack. */
const MAX_DEPTH = 100;

/** What kubectl reads in any case, however many of the values come from aliases. */
const MAX_VALUES = 400_000;

/**
 * Why documents cannot be read completely, since their aliases contain themselves, or multiply to more than kubectl reads.
 *
 * @param documents The documents, in which aliases are the same object.
 * @returns the reason; undefined if there is none.
 * @internal
 */
export function excessOf(documents: readonly unknown[]): string | undefined {
  const sizes = new Map<object, number>();
  let plain = 0;
  let excess: string | undefined;
  const sizeOf = (value: unknown, depth: number): number => {
    if (typeof value !== 'object' || value === null || excess !== undefined) return 1;
    const known = sizes.get(value);
    if (known === 0) excess = 'an anchor contains an alias of itself';
    if (known !== undefined) return known;
    if (depth > MAX_DEPTH) excess = `nesting exceeds ${MAX_DEPTH} levels`;
    sizes.set(value, 0);
    const inner = Object.values(value);
    plain += inner.length + 1;
    const size = inner.reduce<number>((sum, each) => sum + sizeOf(each, depth + 1), 1);
    sizes.set(value, size);
    return size;
  };
  const expanded = documents.reduce<number>((sum, document) => sum + sizeOf(document, 0), 0);
  if (excess === undefined && expanded > Math.max(MAX_VALUES, 2 * plain)) return 'its aliases multiply to more values than kubectl reads';
  return excess;
}

/**
 * Whether a value of JSON is nested deeper than YAML can be.
 *
 * @internal
 */
export function isTooDeep(value: unknown, levels: number = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isTooDeep(each, levels - 1));
}
