import { IConstruct } from 'constructs';
import { checkCorsHeader } from './header-checks';
import { HttpCorsPolicy, HttpRetries } from './http-route';
import { IstioRelease } from '../mesh/release';
import { checkDuration, checkInt32 } from '../plan/checks';
import { invalid, show } from '../plan/errors';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*']);

const RETRY_CONDITIONS = new Set([
  '5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'envoy-ratelimited', 'retriable-4xx', 'refused-stream',
  'retriable-status-codes', 'retriable-headers', 'http3-post-connect-failure',
  'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable',
]);

/** Statuses that have a name; Istio knows no others. */
const STATUS_RANGES = [
  [100, 103], [200, 208], [226, 226], [300, 305], [307, 308], [400, 418], [421, 426], [428, 429], [431, 431], [451, 451], [500, 508], [510, 511],
];

/**
 * Checks when a request is tried again.
 *
 * @internal
 */
export function checkRetries(at: IConstruct, release: IstioRelease, where: string, retries: HttpRetries): void {
  const { attempts, perTryTimeout, retryOn, backoff, retryRemoteLocalities, retryIgnorePreviousHosts } = retries;
  checkInt32(at, `${where}.attempts`, attempts);
  if (attempts === 0) {
    const useless = Object.entries({ perTryTimeout, retryOn: retryOn?.length ? retryOn : undefined, retryRemoteLocalities })
      .find(([, value]) => value !== undefined);
    if (useless !== undefined) throw invalid(at, `${where} with 0 attempts and ${useless[0]}`, 'say how often to try, or leave the rest out');
  }
  if (perTryTimeout !== undefined) checkDuration(at, `${where}.perTryTimeout`, perTryTimeout);
  if (backoff !== undefined) {
    checkDuration(at, `${where}.backoff`, backoff);
    release.require(at, `${where}.backoff`, '1.26');
  }
  if (retryIgnorePreviousHosts !== undefined) release.require(at, `${where}.retryIgnorePreviousHosts`, '1.26');
  for (const condition of retryOn ?? []) {
    if (!RETRY_CONDITIONS.has(condition) && !isStatus(condition)) {
      throw invalid(at, `${where}.retryOn ${show(condition)}`, `expected an HTTP status or one of ${[...RETRY_CONDITIONS].join(', ')}`);
    }
  }
}

function isStatus(text: string): boolean {
  return /^\d{3}$/.test(text) && STATUS_RANGES.some(([first, last]) => Number(text) >= first && Number(text) <= last);
}

/**
 * Checks which pages of other origins may call a route.
 *
 * @internal
 */
export function checkCors(at: IConstruct, release: IstioRelease, where: string, cors: HttpCorsPolicy): void {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, unmatchedPreflights } = cors;
  for (const origin of allowOrigins) {
    if (origin.value === '') throw invalid(at, `${where}.allowOrigins with an empty origin`, 'expected an origin such as "https://example.com"');
  }
  for (const method of allowMethods ?? []) {
    if (!METHODS.has(method)) throw invalid(at, `${where}.allowMethods ${show(method)}`, `expected one of ${[...METHODS].join(', ')}`);
  }
  for (const name of allowHeaders ?? []) checkCorsHeader(at, `${where}.allowHeaders`, name);
  for (const name of exposeHeaders ?? []) checkCorsHeader(at, `${where}.exposeHeaders`, name);
  if (maxAge !== undefined) {
    checkDuration(at, `${where}.maxAge`, maxAge);
    const ms = maxAge.toMilliseconds();
    if (ms % 1000 !== 0) throw invalid(at, `${where}.maxAge of ${ms} ms`, 'expected whole seconds');
  }
  if (unmatchedPreflights !== undefined) release.require(at, `${where}.unmatchedPreflights`, '1.23');
}
