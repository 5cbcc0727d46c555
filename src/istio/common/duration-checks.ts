import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkIsDuration } from '../../plan/checks/checks';
import { invalid } from '../../plan/checks/errors';

/**
 * Checks a duration for which zero disables a feature.
 *
 * @internal
 */
export function checkDurationOrZero(at: IConstruct, what: string, value: Duration): void {
  checkIsDuration(at, what, value);
  const ms = value.toMilliseconds({ integral: false });
  if (!Number.isInteger(ms)) throw invalid(at, `${what} of ${ms} ms`, 'expected whole milliseconds');
}
