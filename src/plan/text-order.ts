/**
 * The order of two texts by their UTF-16 code units, which is the same on every machine, whatever its language.
 *
 * @internal
 */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
