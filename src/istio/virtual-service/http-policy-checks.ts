import { IConstruct } from 'constructs';
import { HttpCorsPolicy, HttpRetries } from './http-route';
import { IstioRelease } from '../../mesh/release';
import { checkDuration } from '../../plan/checks/checks';
import { invalid } from '../../plan/checks/errors';
import { checkCorsPolicy, checkRetryPolicy } from '../../plan/policy-checks';

/**
 * Checks the retries of a rule, with all fields of a VirtualService.
 *
 * @internal
 */
export function checkRetries(at: IConstruct, release: IstioRelease, where: string, retries: HttpRetries): void {
  checkRetryPolicy(at, where, retries);
  const { attempts, backoff, retryRemoteLocalities, retryIgnorePreviousHosts } = retries;
  if (attempts === 0 && retryRemoteLocalities !== undefined) {
    throw invalid(at, `${where} with 0 attempts and retryRemoteLocalities`, 'set the number of attempts, or leave retryRemoteLocalities out');
  }
  if (backoff !== undefined) {
    checkDuration(at, `${where}.backoff`, backoff);
    release.require(at, `${where}.backoff`, '1.26');
  }
  if (retryIgnorePreviousHosts !== undefined) release.require(at, `${where}.retryIgnorePreviousHosts`, '1.26');
}

/**
 * Checks the CORS policy of a rule, with all fields of a VirtualService.
 *
 * @internal
 */
export function checkCors(at: IConstruct, release: IstioRelease, where: string, cors: HttpCorsPolicy): void {
  checkCorsPolicy(at, where, cors);
  if (cors.unmatchedPreflights !== undefined) release.require(at, `${where}.unmatchedPreflights`, '1.23');
}
