import { HeaderLine, HttpVersion } from './request';
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
 * The headers of a request as Envoy compares them: some repeated headers line by line, others joined.
 *
 * @internal
 */
export class RequestHeaders {
  private readonly byName = new Map<string, string[]>();

  /**
   * Groups lines by name.
   *
   * @param lines The lines in order, with names in lower case.
   * @param http The version of HTTP by which Envoy received them.
   * @param managed What the proxy sets; nothing if undefined.
   */
  constructor(public readonly lines: readonly HeaderLine[], private readonly http: HttpVersion, private readonly managed?: ManagedHeaders) {
    for (const { name, value } of lines) {
      const known = this.byName.get(name);
      const separator = separatorOf(name, http);
      // Envoy drops a first cookie of HTTP/2 that is empty.
      if (name === 'cookie' && value === '' && known === undefined && separator !== undefined) continue;
      if (known === undefined) this.byName.set(name, [value]);
      else if (separator === undefined) known.push(value);
      else known[0] = name === 'cookie' ? known[0] + separator + value : join(known[0], separator, value);
    }
  }

  /** The values that Envoy compares one by one; none if the header is absent. */
  public valuesOf(name: string): readonly string[] {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const set = this.managed?.valueOf(name);
    return set === undefined ? NONE : [set];
  }

  /** The same request with other lines. */
  public with(lines: readonly HeaderLine[]): RequestHeaders {
    return new RequestHeaders(lines, this.http, this.managed);
  }

  /** The names of all headers that the request has on a line. */
  public names(): Iterable<string> {
    return this.byName.keys();
  }
}

/** Envoy leaves out empty values. */
function join(before: string, separator: string, value: string): string {
  return before === '' || value === '' ? before + value : before + separator + value;
}

function separatorOf(name: string, http: HttpVersion): string | undefined {
  if (JOINED_HEADERS.has(name)) return ',';
  return name === 'cookie' && http === '2' ? '; ' : undefined;
}
