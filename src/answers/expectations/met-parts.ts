import { mismatches } from './check';
import { Expectation } from './expectation';
import { Answer, AnswerCase } from '../answer';
import { Fraction } from '../fraction';

/**
 * A part of the requests for which an expectation is true.
 *
 * @internal
 */
export interface MetPart {
  /** The share of the requests. */
  readonly share: Fraction;
  /** The condition of the case, if the answer has several. */
  readonly condition?: string;
}

/**
 * The requests for which an expectation is true, which must be none if a test expects the contrary. A split, mirrors and a delay are about all requests of a
 * case, everything else is about each request.
 *
 * @internal
 */
export function metParts({ cases }: Answer, expectation: Expectation): readonly MetPart[] {
  const isOfAll = [expectation.split, expectation.mirrorTo, expectation.delay].some((each) => each !== undefined);
  return cases.flatMap((each) => {
    const parts = isOfAll ? [each] : each.outcomes.map((outcome): AnswerCase => ({ ...each, outcomes: [outcome] }));
    const share = parts.filter((part) => isMet(part, expectation)).reduce((sum, part) => sum.plus(shareOf(part)), Fraction.NONE);
    if (share.equals(Fraction.NONE)) return [];
    return [{ share, ...each.condition === undefined ? {} : { condition: each.condition } }];
  });
}

function isMet(part: AnswerCase, expectation: Expectation): boolean {
  return mismatches({ cases: [part], trace: [] }, expectation).length === 0;
}

function shareOf({ outcomes }: AnswerCase): Fraction {
  return outcomes.reduce((sum, { share }) => sum.plus(share), Fraction.NONE);
}
