import { show } from '../../plan/checks/errors';
import { TextMatch } from '../../plan/conflicts/overlap';
import { Expression } from '../../plan/expressions/re2';
import { StringMatchKind } from '../../plan/string-match';

/** Whether a string satisfies a condition. @internal */
export type TextTest = (text: string) => boolean;

/**
 * Compiles a condition on a string.
 *
 * @internal
 */
export function testOf({ kind, value }: TextMatch): TextTest {
  switch (kind) {
    case StringMatchKind.EXACT: return (text) => text === value;
    case StringMatchKind.PREFIX: return (text) => text.startsWith(value);
    case StringMatchKind.REGEX: {
      const expression = Expression.of(value);
      return (text) => expression.matches(text);
    }
  }
}

/**
 * Why a string does not satisfy a condition, as the end of a clause such as `does not begin with "/v2"`.
 *
 * @internal
 */
export function failureOf({ kind, value }: TextMatch): string {
  switch (kind) {
    case StringMatchKind.EXACT: return `is not ${show(value)}`;
    case StringMatchKind.PREFIX: return `does not begin with ${show(value)}`;
    case StringMatchKind.REGEX: return `does not match the expression ${show(value)}`;
  }
}

/**
 * A condition as traces show it: `prefix "/v2"`.
 *
 * @internal
 */
export function showCondition({ kind, value }: TextMatch): string {
  return `${kind} ${show(value)}`;
}
