import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkIsDuration } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';

type At = IConstruct | string;

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** PromQL's units of time, longest first. */
const UNITS: readonly (readonly [milliseconds: number, unit: string])[] = [[86400000, 'd'], [3600000, 'h'], [60000, 'm'], [1000, 's']];

/** In milliseconds. With Prometheus' usual interval a minute has several scrapes, and `rate` needs two samples. */
const SHORTEST_WINDOW = 60000;

/**
 * Checks the name of a Prometheus label.
 *
 * @internal
 */
export function checkLabelName(at: At, what: string, name: string): void {
  if (typeof name !== 'string' || !LABEL_NAME.test(name) || name.startsWith('__')) {
    throw invalid(at, `${what} ${show(name)}`,
      'expected a Prometheus label: letters, digits and underscores, not starting with a digit or two underscores');
  }
}

/**
 * Checks a duration for Prometheus, which must be whole seconds here.
 *
 * @internal
 */
export function checkSeconds(at: At, what: string, value: Duration | undefined): void {
  if (value === undefined) return;
  checkIsDuration(at, what, value);
  const ms = value.toMilliseconds({ integral: false });
  if (!(ms >= 1000) || ms % 1000 !== 0) throw invalid(at, `${what} of ${ms} ms`, 'expected whole seconds, 1 or more');
}

/**
 * Checks the window of a rate.
 *
 * @internal
 */
export function checkWindow(at: At, value: Duration): void {
  checkSeconds(at, 'window', value);
  if (value.toMilliseconds() < SHORTEST_WINDOW) {
    throw invalid(at, `window of ${formatSeconds(value)}`, 'expected 1 minute or more, since a rate needs several scrapes');
  }
}

/**
 * Formats a duration for PromQL, in its largest unit: `5m`, `90s`.
 *
 * @internal
 */
export function formatSeconds(value: Duration): string {
  const ms = value.toMilliseconds();
  if (ms === 0) return '0s';
  const [size, unit] = UNITS.find(([milliseconds]) => ms % milliseconds === 0)!;
  return `${ms / size}${unit}`;
}

/**
 * A label matcher.
 *
 * @internal
 */
export function matcher(label: string, operator: '=' | '=~' | '!~', value: string): string {
  return `${label}${operator}"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/**
 * A regular expression that matches only this value.
 *
 * @internal
 */
export function literally(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * A percentage as a fraction of 1, without the rounding errors of binary fractions.
 *
 * @internal
 */
export function fraction(percent: number): number {
  return Number((percent / 100).toPrecision(12));
}

/**
 * A duration in seconds.
 *
 * @internal
 */
export function secondsOf(value: Duration): number {
  return value.toMilliseconds() / 1000;
}
