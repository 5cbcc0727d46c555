import { HeaderLine, HttpVersion } from './request';
import { Comparison, EnvoyRelease, NEWEST_ENVOY } from '../cluster/envoy-release';
import { JOINED_HEADERS } from '../cluster/joined-headers';

/**
 * Headers that a proxy sets before it looks for a route.
 *
 * @internal
 */
export interface ManagedHeaders {
  /** The value of a header that the request does not have on a line of its own; undefined if the proxy does not set it. */
  valueOf(name: string): string | undefined;
}

const NONE: readonly string[] = [];

/**
 * The headers of a request as Envoy receives them: it joins the lines of some.
 *
 * @internal
 */
export class RequestHeaders {
  private lastName?: string;
  private lastValues: readonly string[] = NONE;

  /**
   * Reads lines when a name is asked for. Conditions on the same header often follow each other, so that the last one is remembered.
   *
   * @param lines The lines in order, with names in lower case.
   * @param http The version of HTTP by which Envoy received them.
   * @param envoy The release of Envoy.
   * @param managed What the proxy sets; nothing if undefined.
   */
  constructor(
    public readonly lines: readonly HeaderLine[], private readonly http: HttpVersion, private readonly envoy: EnvoyRelease = NEWEST_ENVOY,
    private readonly managed?: ManagedHeaders,
  ) {}

  /** The values that rules of VirtualServices compare; none if the header is absent. */
  public comparedByRoutes(name: string): readonly string[] {
    return compared(this.valuesOf(name), this.envoy.routes);
  }

  /** The values that policies compare; none if the header is absent. */
  public comparedByPolicies(name: string): readonly string[] {
    return compared(this.valuesOf(name), this.envoy.policies);
  }

  /** The values on lines that Envoy does not join; none if the header is absent. */
  public valuesOf(name: string): readonly string[] {
    if (name !== this.lastName) {
      this.lastName = name;
      this.lastValues = this.read(name);
    }
    return this.lastValues;
  }

  /** The same request with other lines. */
  public with(lines: readonly HeaderLine[]): RequestHeaders {
    return new RequestHeaders(lines, this.http, this.envoy, this.managed);
  }

  private read(name: string): readonly string[] {
    const separator = separatorOf(name, this.http);
    let values: string[] | undefined;
    for (const line of this.lines) {
      if (line.name !== name) continue;
      const { value } = line;
      // Envoy drops a first cookie of HTTP/2 that is empty.
      if (name === 'cookie' && value === '' && values === undefined && separator !== undefined) continue;
      if (values === undefined) values = [value];
      else if (separator === undefined) values.push(value);
      else values[0] = name === 'cookie' ? values[0] + separator + value : join(values[0], separator, value);
    }
    if (values !== undefined) return values;
    const set = this.managed?.valueOf(name);
    return set === undefined ? NONE : [set];
  }
}

function compared(values: readonly string[], comparison: Comparison): readonly string[] {
  return comparison === 'lines' || values.length < 2 ? values : [values.join(',')];
}

/** Envoy leaves out empty values. */
function join(before: string, separator: string, value: string): string {
  return before === '' || value === '' ? before + value : before + separator + value;
}

function separatorOf(name: string, http: HttpVersion): string | undefined {
  if (JOINED_HEADERS.has(name)) return ',';
  return name === 'cookie' && http === '2' ? '; ' : undefined;
}
