import { IConstruct } from 'constructs';
import { invalid, show } from '../plan/checks/errors';
import { checkText } from '../plan/checks/type-checks';
import { MODEL_HEADER } from '../plan/core2-service';
import { readCel } from '../plan/expressions/cel-syntax';
import { formatProblem } from '../plan/expressions/header-variables';
import { checkHeaderName } from '../plan/header-checks';

/** Names of environment variables that Kubernetes accepts. */
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/**
 * The value of a span tag.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#Tracing-CustomTag
 */
export class CustomTag {
  /**
   * A constant value.
   *
   * @param value The value.
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
   * @param defaultValue Value of the tag if the header is missing; without it there is no tag then.
   * @throws an error when the name is not a valid header name.
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
   * @param defaultValue Value of the tag if the variable is not set; without it there is no tag then.
   * @throws an error when the name is not a valid variable name.
   */
  public static environment(name: string, defaultValue?: string): CustomTag {
    if (typeof name !== 'string' || !VARIABLE.test(name)) {
      throw invalid('CustomTag.environment', `variable ${show(name)}`, 'expected letters, digits, "_", "-" and ".", not starting with a digit');
    }
    if (defaultValue !== undefined) checkText('CustomTag.environment', 'defaultValue', defaultValue);
    return new CustomTag({ environment: { name, defaultValue } });
  }

  /**
   * A format string of Envoy's access log, since Istio 1.29.
   *
   * @param value A string with command operators of Envoy, such as `%REQ(seldon-model)%`.
   * @throws an error when it is empty, or has an operator that Envoy does not know: Envoy would reject the whole listener.
   */
  public static formatter(value: string): CustomTag {
    checkSomething('CustomTag.formatter', 'value', value);
    const problem = formatProblem(value);
    if (problem !== undefined) throw invalid('CustomTag.formatter', `value ${show(value)}`, problem);
    return new CustomTag({ formatter: { value } });
  }

  /**
   * The model that the request addresses in Seldon Core 2: the request header `seldon-model`, which routes set.
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
 * An override of a label of Istio's metrics.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#MetricsOverrides-TagOverride
 */
export class TagOverride {
  /**
   * Adds the label, or changes its value.
   *
   * @param expression A CEL expression over Envoy's attributes, such as `request.host` or `string(destination.port)`, with strings in
   * quotes. If it has no value, for example because a header is missing, the value of the label is `unknown`.
   * @throws an error when it is empty or not valid CEL.
   */
  public static upsert(expression: string): TagOverride {
    checkExpression('TagOverride.upsert', 'expression', expression);
    return new TagOverride({ operation: 'UPSERT', value: expression });
  }

  /**
   * The value of a request header, as `request.headers['x-team']`. Callers can set a header to any value, and each value creates a
   * separate series: use headers that routes set, or apply the Telemetry to workloads behind those routes.
   *
   * @param name Name of the header, in lower case.
   * @throws an error when the name is not a valid header name.
   */
  public static requestHeader(name: string): TagOverride {
    checkHeaderName('TagOverride.requestHeader', name);
    return TagOverride.upsert(`request.headers['${name.replace(/'/g, '\\\'')}']`);
  }

  /**
   * The model that the request addresses in Seldon Core 2: the request header `seldon-model`, which routes set. Requests that match no
   * route still have the value that the caller set.
   */
  public static model(): TagOverride {
    return TagOverride.requestHeader(MODEL_HEADER);
  }

  /** Removes the label. */
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
 * Checks a CEL expression over Envoy's attributes.
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
  if (value.trim() === '') throw invalid(at, `an empty ${what}`, 'set a value');
}
