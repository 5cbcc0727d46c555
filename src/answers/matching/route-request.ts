import { NormalRequest } from '../normal-request';

/** Claims of a token. @internal */
export interface Claims {
  readonly [name: string]: unknown;
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

/**
 * A request as routes compare it.
 *
 * @internal
 */
export class RouteRequest {
  private ownParameters?: ReadonlyMap<string, string>;

  /**
   * Prepares a request.
   *
   * @param normal The request.
   * @param claims The claims of its token, if a RequestAuthentication accepts it.
   */
  constructor(public readonly normal: NormalRequest, public readonly claims: Claims | undefined) {}

  /** The parameters of the query, not decoded. The first of several with one name counts. */
  public get parameters(): ReadonlyMap<string, string> {
    return this.ownParameters ??= this.normal.query === undefined ? NO_PARAMETERS : parametersOf(this.normal.query);
  }

  /** The values of a header that are compared one by one, with those of pseudo-headers. */
  public valuesOf(name: string): readonly string[] {
    const { method, authority, scheme, path, query, headers } = this.normal;
    switch (name) {
      case 'host':
      case ':authority': return [authority];
      case ':method': return [method];
      case ':scheme': return [scheme];
      case ':path': return [query === undefined ? path : `${path}?${query}`];
      default: return headers.comparedByRoutes(name);
    }
  }
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? '' : part.slice(equals + 1));
  }
  return parameters;
}
