import { IConstruct } from 'constructs';
import { checkHeaderName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkText } from '../plan/checks/type-checks';
import { MODEL_HEADER } from '../plan/core2-service';
import { readCel } from '../plan/expressions/cel-syntax';
import { formatProblem } from '../plan/expressions/header-variables';

/** Names of environment variables, as Kubernetes takes them. */
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/**
 * What a tag of a span says.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#Tracing-CustomTag
 */
export class CustomTag {
  /**
   * Always the same.
   *
   * @param value Some text.
   * @throws an error when it is empty.
   */
  public static literal(value: string): CustomTag {
    checkSomething('CustomTag.literal', 'value', value);
    return new CustomTag({ literal: { value } });
  }

  /**
   * The value of a request header.
   *
   * @param name Name of the header, in lower case.
   * @param defaultValue What the tag says without the header; left out, there is no tag then.
   * @throws an error when it is no name of a header.
   */
  public static header(name: string, defaultValue?: string): CustomTag {
    checkHeaderName('CustomTag.header', name);
    if (defaultValue !== undefined) checkText('CustomTag.header', 'defaultValue', defaultValue);
    return new CustomTag({ header: { name, defaultValue } });
  }

  /**
   * An environment variable of the proxy.
   *
   * @param name Name of the variable.
   * @param defaultValue What the tag says without the variable; left out, there is no tag then.
   * @throws an error when it is no name of a variable.
   */
  public static environment(name: string, defaultValue?: string): CustomTag {
    if (typeof name !== 'string' || !VARIABLE.test(name)) {
      throw invalid('CustomTag.environment', `variable ${show(name)}`, 'expected letters, digits, "_", "-" and ".", with no digit in front');
    }
    if (defaultValue !== undefined) checkText('CustomTag.environment', 'defaultValue', defaultValue);
    return new CustomTag({ environment: { name, defaultValue } });
  }

  /**
   * Whatever Envoy's access log can say, since Istio 1.29.
   *
   * @param value Text with commands of Envoy, such as `%REQ(seldon-model)%`.
   * @throws an error when it is empty, or has a variable that Envoy does not know: it would refuse the whole listener.
   */
  public static formatter(value: string): CustomTag {
    checkSomething('CustomTag.formatter', 'value', value);
    const problem = formatProblem(value);
    if (problem !== undefined) throw invalid('CustomTag.formatter', `value ${show(value)}`, problem);
    return new CustomTag({ formatter: { value } });
  }

  /**
   * The model that Seldon Core 2 was asked for: the request header `seldon-model`, which routes set.
   */
  public static model(): CustomTag {
    return CustomTag.header(MODEL_HEADER);
  }

  /** @internal */
  public readonly _isFormatter: boolean;

  private constructor(private readonly json: { readonly [kind: string]: object }) {
    this._isFormatter = json.formatter !== undefined;
  }

  /** @internal */
  public _toJson(): { readonly [kind: string]: object } {
    return this.json;
  }
}

/**
 * What becomes of a label of Istio's metrics.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#MetricsOverrides-TagOverride
 */
export class TagOverride {
  /**
   * Adds the label, or changes what it says.
   *
   * @param expression An expression in CEL over Envoy's attributes, such as `request.host` or `string(destination.port)`; text stands
   * in quotes. Where it has no value, as for a header that is not there, the label says `unknown`.
   * @throws an error when it is empty or not valid CEL.
   */
  public static upsert(expression: string): TagOverride {
    checkExpression('TagOverride.upsert', 'expression', expression);
    return new TagOverride({ operation: 'UPSERT', value: expression });
  }

  /**
   * The value of a request header, as `request.headers['x-team']`. Callers may write what they like there, and each value is a series
   * of its own: take headers that routes set, or a Telemetry for workloads behind them.
   *
   * @param name Name of the header, in lower case.
   * @throws an error when it is no name of a header.
   */
  public static requestHeader(name: string): TagOverride {
    checkHeaderName('TagOverride.requestHeader', name);
    return TagOverride.upsert(`request.headers['${name.replace(/'/g, '\\\'')}']`);
  }

  /**
   * The model that Seldon Core 2 was asked for: the request header `seldon-model`, which routes set. Requests that no route takes
   * still have what the caller wrote.
   */
  public static model(): TagOverride {
    return TagOverride.requestHeader(MODEL_HEADER);
  }

  /** Takes the label away. */
  public static remove(): TagOverride {
    return new TagOverride({ operation: 'REMOVE' });
  }

  private constructor(private readonly json: object) {}

  /** @internal */
  public _toJson(): object {
    return this.json;
  }
}

/**
 * Checks an expression in CEL over Envoy's attributes.
 *
 * @internal
 */
export function checkExpression(at: IConstruct | string, what: string, value: string): void {
  checkSomething(at, what, value);
  const { problem } = readCel(value);
  if (problem !== undefined) throw invalid(at, `${what} ${show(value)}`, `it is not valid CEL: ${problem}`);
}

function checkSomething(at: IConstruct | string, what: string, value: string): void {
  checkText(at, what, value);
  if (value.trim() === '') throw invalid(at, `an empty ${what}`, 'expected some text');
}
