import { IConstruct } from 'constructs';
import { checkDestination, checkDestinations } from './destination-checks';
import { checkAuthority, checkMatchHeaders, checkRouteHeaders } from './header-checks';
import { checkCors, checkRetries } from './http-policy-checks';
import { HttpDirectResponse, HttpMatch, HttpMirror, HttpRedirect, HttpRewrite, HttpRoute } from './http-route';
import { warnOfLargeExpressions } from './regex-warnings';
import { checkCommonMatch } from './route-match-checks';
import { IstioRelease } from '../../mesh/release';
import { checkDnsLabel, checkDuration, checkInteger, checkNoControls, checkObjectName, checkPercent, checkPort } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkText } from '../../plan/checks/type-checks';
import { checkRegex } from '../../plan/expressions/regex-checks';
import { checkAbort, checkDelay } from '../../plan/policy-checks';
import { checkQueryParams } from '../../plan/query-match';
import { StringMatchKind } from '../../plan/string-match';

/** Status codes of redirects that Envoy supports; Istio's webhook accepts all from 300 to 399. */
const REDIRECT_CODES = [301, 302, 303, 307, 308];

const MAX_BODY_BYTES = 1024 * 1024;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The VirtualService of an HTTP rule, for the checks of the rule.
 *
 * @internal
 */
export interface RouteContext {
  /** The construct for error messages. */
  readonly at: IConstruct;
  /** Istio's release. */
  readonly release: IstioRelease;
  /** Whether it is on gateways, and not inside the mesh. */
  readonly gatewaysOnly: boolean;
  /** Whether it has no hosts, so that other VirtualServices delegate to it. */
  readonly delegated: boolean;
}

/**
 * Checks one HTTP rule.
 *
 * @internal
 */
export function checkHttpRoute(context: RouteContext, where: string, rule: HttpRoute): void {
  const { at, release } = context;
  const { match, route, redirect, directResponse, rewrite, timeout, retries, delay, abort, mirrors, cors, headers } = rule;
  checkAction(context, where, rule);
  if (match !== undefined) for (let i = 0; i < match.length; i++) checkMatch(context, `${where}.match[${i}]`, match[i]);
  if (route !== undefined) {
    checkDestinations(at, release, where, route);
    for (let i = 0; i < route.length; i++) {
      const own = route[i].headers;
      if (own !== undefined) checkRouteHeaders(at, `${where}.route[${i}]`, own);
    }
  }
  if (headers !== undefined) {
    checkRouteHeaders(at, where, headers);
    checkAuthority(at, where, rewrite?.authority, headers.request);
  }
  if (redirect !== undefined) checkRedirect(context, `${where}.redirect`, redirect, match);
  if (directResponse !== undefined) checkDirectResponse(context, `${where}.directResponse`, directResponse);
  if (rewrite !== undefined) checkRewrite(context, `${where}.rewrite`, rewrite);
  if (timeout !== undefined) checkDuration(at, `${where}.timeout`, timeout);
  if (retries !== undefined) checkRetries(at, release, `${where}.retries`, retries);
  if (delay !== undefined) checkDelay(at, `${where}.delay`, delay);
  if (abort !== undefined) checkAbort(at, `${where}.abort`, abort);
  if (mirrors !== undefined) checkMirrors(context, `${where}.mirrors`, mirrors);
  if (cors !== undefined) checkCors(at, release, `${where}.cors`, cors);
  warnOfLargeExpressions(at, where, rule);
}

/** Checks that a rule has exactly one action. */
function checkAction({ at, delegated }: RouteContext, where: string, rule: HttpRoute): void {
  const { redirect, directResponse, rewrite, delay, abort, delegate } = rule;
  const route = rule.route !== undefined && rule.route.length > 0 ? rule.route : undefined;
  if (delegate !== undefined) {
    if (delegated) throw invalid(at, `${where} of a VirtualService without hosts delegates`, 'Istio supports one level of delegation. Set route, redirect or directResponse here');
    checkExclusive(at, where, 'delegate', { route, redirect });
    checkObjectName(at, `${where}.delegate.name`, delegate.name);
    if (delegate.namespace !== undefined) checkDnsLabel(at, `${where}.delegate.namespace`, delegate.namespace);
    return;
  }
  if (redirect !== undefined) checkExclusive(at, where, 'redirect', { route, directResponse, rewrite, delay, abort });
  if (directResponse !== undefined) checkExclusive(at, where, 'directResponse', { route, rewrite, delay, abort });
  if (route === undefined && redirect === undefined && directResponse === undefined) {
    throw invalid(at, `${where} has no action`, 'set route, redirect, directResponse or delegate');
  }
}

function checkExclusive(at: IConstruct, where: string, first: string, others: { readonly [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) throw invalid(at, `${where} has ${first} and ${name}`, 'Istio accepts only one of the two. Split the rule, or leave one of them out');
  }
}

function checkMatch({ at, release, gatewaysOnly }: RouteContext, where: string, match: HttpMatch): void {
  const { headers, withoutHeaders, queryParams, statPrefix } = match;
  checkCommonMatch(at, where, match);
  if (headers !== undefined) checkMatchHeaders(at, `${where}.headers`, headers, gatewaysOnly);
  if (withoutHeaders !== undefined) checkMatchHeaders(at, `${where}.withoutHeaders`, withoutHeaders, gatewaysOnly);
  if (queryParams !== undefined) checkQueryParams(at, `${where}.queryParams`, queryParams);
  if (statPrefix !== undefined) release.require(at, `${where}.statPrefix`, '1.15');
}

function checkRedirect({ at, release }: RouteContext, where: string, redirect: HttpRedirect, matches: readonly HttpMatch[] = []): void {
  const { uri, prefixRewrite, authority, scheme, port, derivePort, redirectCode } = redirect;
  if (!uri && !prefixRewrite && !authority && scheme === undefined && port === undefined && derivePort === undefined) {
    throw invalid(at, `${where} changes nothing`, 'set uri, prefixRewrite, authority, scheme, port or derivePort');
  }
  if (prefixRewrite !== undefined) checkPrefixRewrite({ at, release }, where, redirect, matches);
  if (port !== undefined && derivePort !== undefined) throw invalid(at, `${where} has port and derivePort`, 'set one of the two');
  if (port !== undefined) checkPort(at, `${where}.port`, port);
  if (redirectCode !== undefined && !REDIRECT_CODES.includes(redirectCode)) {
    throw invalid(at, `${where}.redirectCode ${show(redirectCode)}`, `expected one of ${REDIRECT_CODES.join(', ')}. Because of another one, Envoy would reject all routes of the port`);
  }
  checkWritten(at, where, { uri, prefixRewrite, authority });
  if (scheme !== undefined) release.require(at, `${where}.scheme`, '1.12');
  if (port !== undefined) release.require(at, `${where}.port`, '1.12');
  if (derivePort !== undefined) release.require(at, `${where}.derivePort`, '1.12');
}

function checkPrefixRewrite(
  { at, release }: Pick<RouteContext, 'at' | 'release'>, where: string, { uri, prefixRewrite }: HttpRedirect, matches: readonly HttpMatch[],
): void {
  checkText(at, `${where}.prefixRewrite`, prefixRewrite!);
  if (prefixRewrite === '') throw invalid(at, `${where} with an empty prefixRewrite`, 'Istio ignores it. To remove the prefix, set "/" and end the prefix of the match with a slash');
  release.require(at, `${where}.prefixRewrite`, '1.31');
  if (uri) throw invalid(at, `${where} has uri and prefixRewrite`, 'set one of the two');
  const other = matches.find((match) => match.uri !== undefined && match.uri.kind !== StringMatchKind.PREFIX);
  if (other !== undefined) {
    throw invalid(at, `${where}.prefixRewrite with a match of path ${show(other.uri!.value)} that is not a prefix`, 'Istio rejects it. Match a prefix, or set uri');
  }
}

function checkDirectResponse({ at, release }: RouteContext, where: string, { status, body, bodyBytes }: HttpDirectResponse): void {
  checkInteger(at, `${where}.status`, status, 200, 599);
  if (body !== undefined && bodyBytes !== undefined) throw invalid(at, `${where} has body and bodyBytes`, 'set one of the two');
  // Kubernetes rejects empty bytes.
  if (bodyBytes !== undefined && (bodyBytes === '' || !BASE64.test(bodyBytes))) throw invalid(at, `${where}.bodyBytes`, 'expected base64');
  const size = body !== undefined ? Buffer.byteLength(body) : Buffer.byteLength(bodyBytes ?? '', 'base64');
  if (size > MAX_BODY_BYTES) throw invalid(at, `${where} with a body of ${size} bytes`, `Istio accepts at most ${MAX_BODY_BYTES}`);
  release.require(at, where, '1.15');
}

function checkRewrite({ at, release }: RouteContext, where: string, { uri, authority, uriRegex }: HttpRewrite): void {
  if (!uri && !authority && uriRegex === undefined) {
    throw invalid(at, `${where} changes nothing`, 'set a uri, uriRegex or authority that is not empty');
  }
  checkWritten(at, where, { 'uri': uri, 'authority': authority, 'uriRegex.rewrite': uriRegex?.rewrite });
  if (uriRegex === undefined) return;
  if (uri) throw invalid(at, `${where} has uri and uriRegex`, 'set one of the two');
  release.require(at, `${where}.uriRegex`, '1.19');
  checkRegex(pathOf(at), uriRegex.match);
  if (uriRegex.rewrite === '') throw invalid(at, `${where}.uriRegex with an empty rewrite`, 'Istio requires a replacement. Set "/" for the root');
}

function checkWritten(at: IConstruct, where: string, texts: { readonly [field: string]: string | undefined }): void {
  for (const [field, text] of Object.entries(texts)) {
    if (text !== undefined) checkNoControls(at, `${where}.${field} ${JSON.stringify(text)}`, text);
  }
}

function checkMirrors({ at, release }: RouteContext, where: string, mirrors: readonly HttpMirror[]): void {
  if (mirrors.length > 1) release.require(at, `${where} with ${mirrors.length} entries`, '1.19');
  for (let i = 0; i < mirrors.length; i++) {
    const { destination, percent } = mirrors[i];
    checkDestination(at, `${where}[${i}]`, destination);
    if (percent !== undefined) checkPercent(at, `${where}[${i}].percent`, percent);
  }
}
