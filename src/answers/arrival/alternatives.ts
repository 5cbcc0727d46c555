import { Mirror, Outcome } from '../answer';
import { Fraction } from '../fraction';

/**
 * What becomes of a part of the requests, under a condition.
 *
 * @internal
 */
export interface Alternative {
  /** When; undefined if always. */
  readonly condition?: string;
  /** Who answers. The shares add up to that of the part. */
  readonly outcomes: readonly Outcome[];
  /** Who gets mirrored requests, with shares of all requests. */
  readonly mirrors: readonly Mirror[];
}

/**
 * All combinations of the alternatives of several parts. Parts with the same condition change together.
 *
 * @internal
 */
export function combined(parts: readonly (readonly Alternative[])[]): readonly Alternative[] {
  if (parts.every((part) => part.length === 1 && part[0].condition === undefined)) return [joined(parts)];
  return parts.reduce<readonly Alternative[]>((known, part) => known.flatMap((before) => {
    const same = part.filter(({ condition }) => condition !== undefined && before.condition?.split(SEPARATOR).includes(condition));
    return (same.length > 0 ? same : part).map((each) => ({
      condition: conditionOf(before.condition, each.condition),
      outcomes: [...before.outcomes, ...each.outcomes],
      mirrors: [...before.mirrors, ...each.mirrors],
    }));
  }), [{ outcomes: [], mirrors: [] }]);
}

function joined(parts: readonly (readonly Alternative[])[]): Alternative {
  if (parts.length === 1) return parts[0][0];
  const outcomes: Outcome[] = [];
  const mirrors: Mirror[] = [];
  for (const [part] of parts) {
    for (const outcome of part.outcomes) outcomes.push(outcome);
    for (const mirror of part.mirrors) mirrors.push(mirror);
  }
  return { outcomes, mirrors };
}

const SEPARATOR = ', and ';

function conditionOf(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.split(SEPARATOR).includes(b) ? a : a + SEPARATOR + b;
}

/**
 * An outcome with a part of its share.
 *
 * @internal
 */
export function partOf(share: Fraction, outcome: Outcome): Outcome {
  if (share.isAll) return outcome;
  const { share: own, responder, delivered, response } = outcome;
  return { share: own.times(share), responder, delivered, response };
}
