const UNITS: ReadonlyMap<string, number> = new Map([['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1], ['us', 0.001], ['µs', 0.001], ['ns', 0.000001]]);

/**
 * The milliseconds of a duration as Go writes it, such as `1m30s`; undefined if the text is another one.
 *
 * @internal
 */
export function millisecondsOf(written: string): number | undefined {
  const parts = [...written.matchAll(/(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|us|µs|ns)/g)];
  if (written === '' || parts.map(([text]) => text).join('') !== written) return undefined;
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS.get(unit)!, 0);
}
