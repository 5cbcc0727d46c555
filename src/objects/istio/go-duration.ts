const UNITS: { readonly [unit: string]: number } = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const DURATION = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
/** Durations are 64-bit numbers of nanoseconds. */
const LIMIT = 2 ** 63;

/**
 * A duration in Go's syntax, in nanoseconds; undefined if it is not a valid one.
 *
 * @internal
 */
export function goDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!DURATION.test(text)) return undefined;
  const size = [...text.matchAll(PART)].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
  const signed = text.startsWith('-') ? -size : size;
  return Math.abs(signed) >= LIMIT ? undefined : signed;
}
