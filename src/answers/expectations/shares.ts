import { nameOf } from './responder-names';
import { showPath } from '../../cluster/json';
import { Delay, Mirror, Outcome, Responder } from '../answer';
import { Fraction } from '../fraction';

/**
 * A responder with its share of the requests.
 *
 * @internal
 */
export interface Share {
  /** The responder. */
  readonly responder: Responder;
  /** Its share. */
  readonly share: Fraction;
}

/**
 * The shares of responders. Several outcomes with one responder, such as arms that set different headers, are one share.
 *
 * @param keyOf A key of a responder; its name if it is not specified.
 * @internal
 */
export function sharesOf(outcomes: readonly Outcome[], keyOf: (responder: Responder) => string = nameOf): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { responder, share } of outcomes) {
    const key = keyOf(responder);
    shares.set(key, { responder, share: shares.get(key)?.share.plus(share) ?? share });
  }
  return [...shares.values()];
}

/**
 * The shares of mirrored requests. A mirror whose requests differ by the arm that answers, such as in their headers, is one share; two mirrors to
 * one responder are two.
 *
 * @internal
 */
export function mirrorShares(mirrors: readonly Mirror[]): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { responder, share, place } of mirrors) {
    const key = `${nameOf(responder)} ${place.object.toString()} ${showPath(place.field)}`;
    shares.set(key, { responder, share: shares.get(key)?.share.plus(share) ?? share });
  }
  return [...shares.values()];
}

/**
 * The share of the requests that another responder gets under other outcomes.
 *
 * @param keyOf A key of a responder; its name if it is not specified.
 * @internal
 */
export function shiftOf(before: readonly Outcome[], after: readonly Outcome[], keyOf: (responder: Responder) => string = nameOf): Fraction {
  const earlier = new Map(sharesOf(before, keyOf).map(({ responder, share }) => [keyOf(responder), share]));
  return sharesOf(after, keyOf).reduce((sum, { responder, share }) => {
    const known = earlier.get(keyOf(responder)) ?? Fraction.NONE;
    return share.compare(known) > 0 ? sum.plus(share.minus(known)) : sum;
  }, Fraction.NONE);
}

/**
 * A share as text, such as `33.3333 %`.
 *
 * @internal
 */
export function percentText(share: Fraction): string {
  return `${Number(share.percentage.toFixed(DECIMALS))} %`;
}

/**
 * A delay as text, such as `delay 2s for 10 %`.
 *
 * @internal
 */
export function delayText({ percentage, duration }: Delay): string {
  return percentage >= 100 ? `delay ${duration}` : `delay ${duration} for ${percentage} %`;
}

/** Envoy compares percentages in steps of 0.0001 %. */
const DECIMALS = 4;

/**
 * Whether a share is a percentage as people write it: exactly, or rounded if it cannot be written with four decimals.
 *
 * @internal
 */
export function isPercentage(share: Fraction, percentage: number): boolean {
  if (share.equals(Fraction.ofPercentage(percentage))) return true;
  const isExact = (share.numerator * 1_000_000n) % share.denominator === 0n;
  const decimals = `${percentage}`.split('.')[1]?.length ?? 0;
  return !isExact && decimals > 0 && Number(share.percentage.toFixed(decimals)) === percentage;
}
