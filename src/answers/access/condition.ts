import { Attributes } from './attributes';
import { Maybe, not } from '../../cluster/maybe';

/**
 * A condition of a rule.
 *
 * @internal
 */
export interface Condition {
  /** What it is about, such as `path` or `header x-team`. */
  readonly subject: string;
  /** Whether a request satisfies it; undefined if that depends on what is not known. */
  test(attributes: Attributes): Maybe;
  /** Why a request does not satisfy it, as a clause. */
  miss(attributes: Attributes): string;
}

/**
 * How to read an attribute, and how to compare it with values.
 *
 * @internal
 */
export interface Comparison {
  /** What it is about. */
  readonly subject: string;
  /** The values. */
  readonly values: readonly string[];
  /** Whether one of the values matches. */
  matches(attributes: Attributes): Maybe;
  /** What the request has, as it is shown; undefined if it has nothing. */
  shown(attributes: Attributes): string | undefined;
}

const MAX_SHOWN = 3;

/**
 * The condition that one of the values matches.
 *
 * @internal
 */
export function oneOf(comparison: Comparison): Condition {
  const { subject, values } = comparison;
  return {
    subject,
    test: (attributes) => comparison.matches(attributes),
    miss: (attributes) => {
      const shown = comparison.shown(attributes);
      return shown === undefined ? `${subject} is absent` : `${subject} is ${shown}, not ${showValues(values)}`;
    },
  };
}

/**
 * The condition that none of the values matches.
 *
 * @internal
 */
export function noneOf(comparison: Comparison): Condition {
  const { subject, values } = comparison;
  return {
    subject,
    test: (attributes) => not(comparison.matches(attributes)),
    miss: (attributes) => `${subject} is ${comparison.shown(attributes) ?? 'present'}, but must not be ${showValues(values)}`,
  };
}

/**
 * Strings as messages show them.
 *
 * @internal
 */
export function showStrings(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.map((value) => JSON.stringify(value)).join(' and ');
}

function showValues(values: readonly string[]): string {
  const shown = values.slice(0, MAX_SHOWN).map((value) => JSON.stringify(value));
  const more = values.length - shown.length;
  if (more > 0) return `${shown.join(', ')} or one of ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown[shown.length - 1]}`;
}
