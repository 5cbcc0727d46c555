import { isObject, JsonObject, numberOf, objectOf, stringOf } from '../../cluster/json';
import { Delay, ProxyResponder } from '../answer';
import { Fraction } from '../fraction';

/**
 * A fault that ends requests.
 *
 * @internal
 */
export interface Abort {
  /** The share of the requests, whatever their destination. */
  readonly share: Fraction;
  /** The answer. */
  readonly responder: ProxyResponder;
}

/**
 * The abort of a rule; undefined if it ends no requests. One without a percentage ends none.
 *
 * @internal
 */
export function abortOf({ fault }: JsonObject): Abort | undefined {
  const { abort } = objectOf(fault);
  if (!isObject(abort)) return undefined;
  const share = isObject(abort.percentage) ? Fraction.ofPercentage(numberOf(abort.percentage.value) ?? 0) : Fraction.NONE;
  const status = numberOf(abort.httpStatus);
  const grpcStatus = stringOf(abort.grpcStatus);
  if (share.isNone || (status === undefined && grpcStatus === undefined)) return undefined;
  return { share, responder: { kind: 'fault', status: status ?? 200, ...status === undefined ? { grpcStatus } : {}, reason: 'a fault of the rule ends the request' } };
}

/**
 * The delay of a rule; undefined if it delays no requests.
 *
 * @internal
 */
export function delayOf({ fault }: JsonObject): Delay | undefined {
  const { delay } = objectOf(fault);
  if (!isObject(delay)) return undefined;
  const percentage = isObject(delay.percentage) ? numberOf(delay.percentage.value) ?? 0 : numberOf(delay.percent) ?? 0;
  const duration = stringOf(delay.fixedDelay);
  return duration === undefined || percentage <= 0 ? undefined : { percentage, duration };
}
