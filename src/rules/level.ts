/**
 * How serious a finding is.
 *
 * @internal
 */
export enum Level {
  /** Some requests reach a wrong backend or none, or the cluster rejects the object. */
  ERROR = 'error',
  /** Valid, but probably unintended, or wrong as soon as something else changes. */
  WARNING = 'warning',
  /** Worth knowing. */
  INFO = 'info',
}

const ORDER: { readonly [level in Level]: number } = { [Level.ERROR]: 0, [Level.WARNING]: 1, [Level.INFO]: 2 };

/**
 * A number by which levels are ordered, the most serious one first.
 *
 * @internal
 */
export function orderOf(level: Level): number {
  return ORDER[level];
}

/**
 * Whether a level is at least as serious as another one.
 *
 * @internal
 */
export function isAtLeast(level: Level, threshold: Level): boolean {
  return ORDER[level] <= ORDER[threshold];
}
