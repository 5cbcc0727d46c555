import { IConstruct } from 'constructs';
import { RouteHeaders } from './route-destination';
import { invalid, show } from '../../plan/checks/errors';
import { checkHeaderName, checkHeaderSize, checkHeaderValue, isHeaderToken, isUsualHeaderName } from '../../plan/header-checks';
import { HeaderChanges } from '../../plan/headers';
import { StringMatch } from '../../plan/string-match';

const AUTHORITY = /^(?::authority|host)$/i;
const CLAIM = /^@request\.auth\.claims[.[]/i;
const PSEUDO_HEADERS = new Set([':method', ':scheme', ':authority', ':path', ':status']);

/**
 * Checks the names of the headers in a match.
 *
 * @param claims Whether claims of a JWT can be matched: on gateways, and not inside the mesh.
 * @internal
 */
export function checkMatchHeaders(at: IConstruct, where: string, headers: { readonly [name: string]: StringMatch }, claims: boolean): void {
  for (const name of Object.keys(headers)) {
    if (CLAIM.test(name)) {
      if (claims) continue;
      throw invalid(at, `${where} ${show(name)} for callers inside the mesh`,
        'claims of a JWT can be matched only on gateways. Set gateways, and leave mesh out');
    }
    if (!PSEUDO_HEADERS.has(name)) checkHeaderName(at, name);
  }
}

/**
 * Checks the header changes of a rule or a destination.
 *
 * @internal
 */
export function checkRouteHeaders(at: IConstruct, where: string, { request, response }: RouteHeaders): void {
  if (request !== undefined) checkChanges(at, `${where}.headers.request`, request, true);
  if (response !== undefined) checkChanges(at, `${where}.headers.response`, response, false);
}

/**
 * Checks that a rule sets the authority in one place only.
 *
 * @internal
 */
export function checkAuthority(at: IConstruct, where: string, rewritten: string | undefined, request: HeaderChanges | undefined): void {
  const fields = rewritten === undefined || rewritten === '' ? [] : ['rewrite.authority'];
  for (const name of Object.keys(request?.set ?? {})) if (AUTHORITY.test(name)) fields.push(`headers.request.set ${show(name)}`);
  for (const name of Object.keys(request?.add ?? {})) if (AUTHORITY.test(name)) fields.push(`headers.request.add ${show(name)}`);
  if (fields.length > 1) {
    throw invalid(at, `${where} sets the authority in ${fields.join(' and ')}`, 'set it in one place');
  }
}

function checkChanges(at: IConstruct, where: string, { set, add, remove }: HeaderChanges, request: boolean): void {
  if (set !== undefined) checkWritten(at, `${where}.set`, set, request);
  if (add !== undefined) checkWritten(at, `${where}.add`, add, request);
  if (remove !== undefined) {
    for (const name of remove) checkChangedName(at, `${where}.remove`, name, false);
  }
}

function checkWritten(at: IConstruct, where: string, headers: { readonly [name: string]: string }, request: boolean): void {
  for (const name of Object.keys(headers)) {
    checkChangedName(at, where, name, request);
    checkHeaderValue(at, name, headers[name]);
  }
}

function checkChangedName(at: IConstruct, where: string, name: string, authority: boolean): void {
  const isAuthority = AUTHORITY.test(name);
  if (!isAuthority && isUsualHeaderName(name)) return;
  if (isAuthority) {
    if (authority && (name === ':authority' || !name.startsWith(':'))) return;
    throw invalid(at, `${where} ${show(name)}`, 'the authority can only be set in a request. It cannot be removed, or added to a response');
  }
  if (!isHeaderToken(name)) {
    throw invalid(at, `${where} ${show(name)}`, 'expected a header name of letters, digits and signs such as "-", without a colon or a space');
  }
  checkHeaderSize(at, `a name in ${where}`, name);
}
