import { isObject, JsonObject, listOf, stringsOf } from '../../cluster/json';
import { goDuration } from '../../objects/istio/go-duration';
import { StringMatchKind } from '../../plan/string-match';
import { ProxyResponder, ResponseHeaders } from '../answer';
import { testOf, TextTest } from '../matching/condition';
import { NormalRequest } from '../normal-request';

/**
 * A CORS policy of a rule.
 *
 * @internal
 */
export interface Cors {
  /** The answer of the proxy to a preflight request that it answers itself, and its headers. */
  preflight(request: NormalRequest): { readonly responder: ProxyResponder; readonly response?: ResponseHeaders } | undefined;
  /** The headers that it sets in the response to a request. */
  responseHeaders(request: NormalRequest): ReadonlyMap<string, string>;
}

const NO_HEADERS: ReadonlyMap<string, string> = new Map();

/**
 * Compiles the CORS policy of a rule; undefined if it has none.
 *
 * @internal
 */
export function corsOf({ corsPolicy }: JsonObject): Cors | undefined {
  if (!isObject(corsPolicy)) return undefined;
  const origins = originsOf(corsPolicy);
  const forwards = corsPolicy.unmatchedPreflights !== 'IGNORE';
  const isAllowed = (request: NormalRequest) => request.headers.valuesOf('origin').slice(0, 1).some((origin) => origins.some((test) => test(origin)));
  return {
    preflight: (request) => {
      const isPreflight = request.method === 'OPTIONS' && hasValue(request, 'origin') && hasValue(request, 'access-control-request-method');
      if (!isPreflight || (!isAllowed(request) && forwards)) return undefined;
      if (!isAllowed(request)) return { responder: { kind: 'response', status: 200, reason: 'the CORS policy ignores preflight requests of other origins' } };
      const set = new Map([...allowed(corsPolicy, request), ...limits(corsPolicy)]);
      return { responder: { kind: 'response', status: 200, reason: 'the CORS policy answers preflight requests' }, response: { set, added: [], removed: [] } };
    },
    responseHeaders: (request) => (isAllowed(request) ? allowed(corsPolicy, request) : NO_HEADERS),
  };
}

function allowed({ allowCredentials, exposeHeaders }: JsonObject, request: NormalRequest): ReadonlyMap<string, string> {
  const exposed = stringsOf(exposeHeaders).join(',');
  return new Map([
    ['access-control-allow-origin', request.headers.valuesOf('origin')[0]],
    ...allowCredentials === true ? [['access-control-allow-credentials', 'true'] as const] : [],
    ...exposed === '' ? [] : [['access-control-expose-headers', exposed] as const],
  ]);
}

/** What requests of other origins may be like. */
function limits({ allowMethods, allowHeaders, maxAge }: JsonObject): readonly (readonly [string, string])[] {
  const lists = [['access-control-allow-methods', allowMethods], ['access-control-allow-headers', allowHeaders]] as const;
  return [
    ...lists.flatMap(([name, values]) => (stringsOf(values).length === 0 ? [] : [[name, stringsOf(values).join(',')] as const])),
    ...typeof maxAge === 'string' ? [['access-control-max-age', secondsText(maxAge)] as const] : [],
  ];
}

function secondsText(duration: string): string {
  const nanoseconds = goDuration(duration);
  return nanoseconds === undefined ? duration : `${Math.floor(nanoseconds / 1e9)}`;
}

function hasValue({ headers }: NormalRequest, name: string): boolean {
  return headers.valuesOf(name)[0] !== undefined && headers.valuesOf(name)[0] !== '';
}

function originsOf({ allowOrigins, allowOrigin }: JsonObject): readonly TextTest[] {
  if (!Array.isArray(allowOrigins)) return stringsOf(allowOrigin).map((value) => (value === '*' ? () => true : testOf({ kind: StringMatchKind.EXACT, value })));
  return listOf(allowOrigins).filter(isObject).flatMap((origin) => {
    const kind = [StringMatchKind.EXACT, StringMatchKind.PREFIX, StringMatchKind.REGEX].find((each) => typeof origin[each] === 'string');
    if (kind === undefined) return [];
    const value = origin[kind] as string;
    return [kind === StringMatchKind.EXACT && value === '*' ? () => true : testOf({ kind, value })];
  });
}
