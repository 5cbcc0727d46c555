import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkDuration, checkInteger, checkPercent } from './checks/checks';
import { invalid, show } from './checks/errors';
import { checkList, checkTexts } from './checks/type-checks';
import { GRPC_STATUSES } from './grpc-statuses';
import { isHeaderToken } from './header-checks';
import { checkStringMatch } from './part-checks';
import { AbortFault, CorsPolicy, DelayFault, PathRewrite, RetryPolicy, RoutePolicy } from './policy';
import { StringMatchKind } from './string-match';

const MAX_INT32 = 2147483647;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*']);

const RETRY_CONDITIONS = new Set([
  '5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'envoy-ratelimited', 'retriable-4xx', 'refused-stream',
  'retriable-status-codes', 'retriable-headers', 'http3-post-connect-failure',
  'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable',
]);

/** Statuses that have a name; Istio accepts no others. */
const STATUS_RANGES = [
  [100, 103], [200, 208], [226, 226], [300, 305], [307, 308], [400, 418], [421, 426], [428, 429], [431, 431], [451, 451], [500, 508], [510, 511],
];

/**
 * Checks the policy of an endpoint.
 *
 * @internal
 */
export function checkPolicy(at: IConstruct, policy: RoutePolicy): void {
  checkPart(at, 'policy', policy, 'timeout, retries, delay, abort, cors or rewrite');
  const { rewrite, timeout, retries, delay, abort, cors } = policy;
  if (rewrite !== undefined && typeof (rewrite as Partial<PathRewrite> | null)?.replacement !== 'string') {
    throw invalid(at, `policy.rewrite ${show(rewrite)}`, 'expected PathRewrite.matched(…) or PathRewrite.regex(…)');
  }
  checkDuration(at, 'policy.timeout', timeout);
  if (retries !== undefined) {
    checkRetryPolicy(at, 'policy.retries', retries);
    checkTryFitsTimeout(at, timeout, retries.perTryTimeout);
  }
  if (delay !== undefined) checkDelay(at, 'policy.delay', delay);
  if (abort !== undefined) checkAbort(at, 'policy.abort', abort);
  if (cors !== undefined) checkCorsPolicy(at, 'policy.cors', cors);
}

/** Envoy silently ignores a timeout per try that is longer than the timeout of all tries. */
function checkTryFitsTimeout(at: IConstruct, timeout: Duration | undefined, perTryTimeout: Duration | undefined): void {
  if (timeout === undefined || perTryTimeout === undefined) return;
  const [all, each] = [timeout, perTryTimeout].map((time) => time.toMilliseconds());
  if (each > all) {
    throw invalid(at, `policy.retries.perTryTimeout of ${each} ms and policy.timeout of ${all} ms`,
      'the timeout applies to all tries together, so Envoy would ignore the timeout of each try. Shorten it, or leave it out');
  }
}

/**
 * Checks retries.
 *
 * @internal
 */
export function checkRetryPolicy(at: IConstruct, where: string, retries: RetryPolicy): void {
  checkPart(at, where, retries, 'attempts');
  const { attempts, perTryTimeout, retryOn } = retries;
  checkInteger(at, `${where}.attempts`, attempts, 0, MAX_INT32);
  if (retryOn !== undefined) checkTexts(at, `${where}.retryOn`, retryOn);
  if (attempts === 0) {
    const useless = perTryTimeout !== undefined ? 'perTryTimeout' : retryOn?.length ? 'retryOn' : undefined;
    if (useless !== undefined) throw invalid(at, `${where} with 0 attempts and ${useless}`, 'set the number of attempts, or leave the rest out');
  }
  checkDuration(at, `${where}.perTryTimeout`, perTryTimeout);
  for (const condition of retryOn ?? []) {
    if (!RETRY_CONDITIONS.has(condition) && !isStatus(condition)) {
      throw invalid(at, `${where}.retryOn ${show(condition)}`, `expected an HTTP status or one of ${[...RETRY_CONDITIONS].join(', ')}`);
    }
  }
}

function isStatus(text: string): boolean {
  return /^\d{3}$/.test(text) && STATUS_RANGES.some(([first, last]) => Number(text) >= first && Number(text) <= last);
}

/** @internal */
export function checkDelay(at: IConstruct, where: string, delay: DelayFault): void {
  checkPart(at, where, delay, 'percent and delay');
  checkFaultPercent(at, `${where}.percent`, delay.percent);
  if (delay.delay === undefined) throw invalid(at, `${where}.delay undefined`, 'expected a Duration, such as Duration.seconds(5)');
  checkDuration(at, `${where}.delay`, delay.delay);
}

/** @internal */
export function checkAbort(at: IConstruct, where: string, abort: AbortFault): void {
  checkPart(at, where, abort, 'percent and httpStatus or grpcStatus');
  const { percent, httpStatus, grpcStatus } = abort;
  checkFaultPercent(at, `${where}.percent`, percent);
  if ((httpStatus === undefined) === (grpcStatus === undefined)) {
    throw invalid(at, `${where} with ${httpStatus === undefined ? 'no status' : 'two statuses'}`, 'give it an httpStatus or a grpcStatus');
  }
  if (httpStatus !== undefined) checkInteger(at, `${where}.httpStatus`, httpStatus, 200, 599);
  if (grpcStatus !== undefined && !GRPC_STATUSES.includes(grpcStatus)) {
    throw invalid(at, `${where}.grpcStatus ${show(grpcStatus)}`, `expected one of ${GRPC_STATUSES.join(', ')}`);
  }
}

/** Envoy counts faults in millionths. */
function checkFaultPercent(at: IConstruct, what: string, value: number): void {
  checkPercent(at, what, value);
  if (value > 0 && value < 0.0001) throw invalid(at, `${what} ${value}`, 'the smallest share above 0 is 0.0001');
}

/**
 * Checks CORS.
 *
 * @internal
 */
export function checkCorsPolicy(at: IConstruct, where: string, cors: CorsPolicy): void {
  checkPart(at, where, cors, 'allowOrigins');
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge } = cors;
  checkList(at, `${where}.allowOrigins`, allowOrigins, 'StringMatch');
  allowOrigins.forEach((origin, i) => {
    checkStringMatch(at, `${where}.allowOrigins[${i}]`, origin, StringMatchKind.EXACT);
    if (origin.value === '') throw invalid(at, `${where}.allowOrigins with an empty origin`, 'expected an origin such as "https://example.com"');
  });
  if (cors.allowCredentials === true && allowOrigins.some((origin) => origin.kind === StringMatchKind.EXACT && origin.value === '*')) {
    throw invalid(at, `${where}.allowOrigins "*" with allowCredentials`, 'any page could call with the cookies of its visitor. Name the origins');
  }
  for (const [name, values] of Object.entries({ allowMethods, allowHeaders, exposeHeaders })) {
    if (values !== undefined) checkTexts(at, `${where}.${name}`, values);
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
}

/** `*` stands for all headers. */
function checkCorsHeader(at: IConstruct, where: string, name: string): void {
  if (!isHeaderToken(name)) throw invalid(at, `${where} ${show(name)}`, 'expected a header name or "*"');
}

function checkPart(at: IConstruct, where: string, value: object, needed: string): void {
  if (typeof value !== 'object' || value === null) throw invalid(at, `${where} ${show(value)}`, `expected an object with ${needed}`);
}
