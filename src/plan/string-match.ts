import { invalid, show } from './checks/errors';
import { checkRegex } from './expressions/regex-checks';

/** How a `StringMatch` compares. */
export enum StringMatchKind {
  /** The whole value is equal. */
  EXACT = 'exact',
  /** The value starts so. */
  PREFIX = 'prefix',
  /** The whole value matches a regular expression in RE2 syntax. */
  REGEX = 'regex',
}

/**
 * What a path, a header or a query parameter must look like.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#StringMatch
 */
export class StringMatch {
  /**
   * The whole value is equal to the text; case counts.
   *
   * @param value The text. It may be empty: a header that is there and says nothing.
   * @throws an error when it is no text.
   */
  public static exact(value: string): StringMatch {
    checkValue('StringMatch.exact', value);
    return new StringMatch(StringMatchKind.EXACT, value);
  }

  /**
   * The value starts with the text; case counts. `/v2/models/iris` also starts `/v2/models/iris-large`:
   * close a path with a slash.
   *
   * @param value The text, not empty.
   * @throws an error when the text is empty, since Istio refuses that.
   */
  public static prefix(value: string): StringMatch {
    checkValue('StringMatch.prefix', value);
    if (value === '') throw invalid('StringMatch.prefix', 'an empty prefix', 'give the text that values start with');
    return new StringMatch(StringMatchKind.PREFIX, value);
  }

  /**
   * The whole value matches a regular expression.
   *
   * @param value An expression in RE2 syntax of 1 to 1024 bytes: no look-around and no back-references. Envoy compares bytes, so
   * `.` is a part of a character outside of ASCII.
   * @throws an error when the expression is empty or too long, and when Istio or Envoy would refuse it: Envoy refuses all routes of
   * a port with it.
   * @see https://github.com/google/re2/wiki/Syntax
   */
  public static regex(value: string): StringMatch {
    checkRegex('StringMatch.regex', value);
    return new StringMatch(StringMatchKind.REGEX, value);
  }

  /** How the value is compared. */
  public readonly kind: StringMatchKind;

  /** The text or expression to compare with. */
  public readonly value: string;

  private constructor(kind: StringMatchKind, value: string) {
    this.kind = kind;
    this.value = value;
  }

  /**
   * The match as people write it in a message: `prefix "/v2/"`.
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
