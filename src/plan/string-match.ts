import { invalid, show } from './checks/errors';
import { checkRegex } from './expressions/regex-checks';

/** How a `StringMatch` compares. */
export enum StringMatchKind {
  /** The whole value is equal. */
  EXACT = 'exact',
  /** The value starts with it. */
  PREFIX = 'prefix',
  /** The whole value matches a regular expression in RE2 syntax. */
  REGEX = 'regex',
}

/**
 * A condition on a path, a header or a query parameter.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#StringMatch
 */
export class StringMatch {
  /**
   * Matches a value that is equal to the string, case-sensitively.
   *
   * @param value The string. It may be empty, for a header that is present with an empty value.
   * @throws an error if it is not a string.
   */
  public static exact(value: string): StringMatch {
    checkValue('StringMatch.exact', value);
    return new StringMatch(StringMatchKind.EXACT, value);
  }

  /**
   * Matches a value that starts with the string, case-sensitively. `/v2/models/iris` also matches `/v2/models/iris-large`: end a path
   * with a slash.
   *
   * @param value The string, not empty.
   * @throws an error if the string is empty, since Istio refuses it.
   */
  public static prefix(value: string): StringMatch {
    checkValue('StringMatch.prefix', value);
    if (value === '') throw invalid('StringMatch.prefix', 'an empty prefix', 'give the string that values start with');
    return new StringMatch(StringMatchKind.PREFIX, value);
  }

  /**
   * Matches a value if the regular expression matches all of it.
   *
   * @param value An expression in RE2 syntax of 1 to 1024 bytes, without look-around and back-references. Envoy compares bytes, so
   * `.` matches only a part of a non-ASCII character.
   * @throws an error if the expression is empty or too long, or if Istio or Envoy would refuse it: Envoy refuses all routes of a port
   * together with it.
   * @see https://github.com/google/re2/wiki/Syntax
   */
  public static regex(value: string): StringMatch {
    checkRegex('StringMatch.regex', value);
    return new StringMatch(StringMatchKind.REGEX, value);
  }

  /** How the value is compared. */
  public readonly kind: StringMatchKind;

  /** The string or expression. */
  public readonly value: string;

  private constructor(kind: StringMatchKind, value: string) {
    this.kind = kind;
    this.value = value;
  }

  /**
   * The match as messages show it: `prefix "/v2/"`.
   */
  public toString(): string {
    return `${this.kind} ${show(this.value)}`;
  }

  /** @internal */
  public _toJson(): { [kind: string]: string } {
    return { [this.kind]: this.value };
  }
}

function checkValue(at: string, value: string): void {
  if (typeof value !== 'string') throw invalid(at, `value ${show(value)}`, 'expected a string');
}
