import { IConstruct } from 'constructs';
import { checkDuration, checkInteger, checkPercent } from './checks';
import { invalid, show } from './errors';
import { EndpointPlan } from './plan';
import { PathRewrite, RoutePolicy } from './policy';
import { checkNoPrivateKey } from './private-key';
import { checkList, checkStringMatch, checkText } from './shapes';
import { StringMatch, StringMatchKind } from './string-match';

/**
 * Checks what an endpoint's plan says apart from its backends.
 *
 * @internal
 */
export function checkPlan(at: IConstruct, { endpoint, arms, mirrors, policy, directResponses }: EndpointPlan): void {
  checkList(at, 'arms', arms, 'arms');
  if (mirrors !== undefined) checkList(at, 'mirrors', mirrors, 'mirrors');
  checkPaths(at, endpoint.paths);
  if (policy !== undefined) checkPolicy(at, policy);
  if (directResponses === undefined) return;
  checkList(at, 'directResponses', directResponses, 'answers');
  for (const { path, status, body } of directResponses) {
    checkPath(at, 'path of a direct response', path);
    checkInteger(at, 'status of a direct response', status, 200, 599);
    if (body === undefined) continue;
    checkText(at, 'body of a direct response', body);
    checkNoPrivateKey(at, 'body of a direct response', body);
  }
}

/** @internal */
export function checkPaths(at: IConstruct, paths: readonly StringMatch[]): void {
  checkList(at, 'paths', paths, 'StringMatch');
  for (let i = 0; i < paths.length; i++) checkPath(at, `paths[${i}]`, paths[i]);
}

/** The query is no part of what a path is matched with, and the fragment stays in the browser. */
function checkPath(at: IConstruct, what: string, path: StringMatch): void {
  checkStringMatch(at, what, path, StringMatchKind.PREFIX);
  if (path.kind !== StringMatchKind.REGEX && !/^\/[^?#]*$/.test(path.value)) {
    throw invalid(at, `${what} ${path}, which no request has`, 'expected a path that starts with a slash, without ? and #');
  }
}

function checkPolicy(at: IConstruct, { rewrite, timeout, retries, delay, abort }: RoutePolicy): void {
  if (rewrite !== undefined && typeof (rewrite as Partial<PathRewrite> | null)?.replacement !== 'string') {
    throw invalid(at, `policy.rewrite ${show(rewrite)}`, 'expected PathRewrite.matched(…) or PathRewrite.regex(…)');
  }
  checkDuration(at, 'policy.timeout', timeout);
  checkDuration(at, 'policy.retries.perTryTimeout', retries?.perTryTimeout);
  if (delay !== undefined) {
    checkPercent(at, 'policy.delay.percent', delay.percent);
    checkDuration(at, 'policy.delay.delay', delay.delay);
  }
  if (abort !== undefined) checkPercent(at, 'policy.abort.percent', abort.percent);
}
