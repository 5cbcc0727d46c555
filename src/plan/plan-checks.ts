import { IConstruct } from 'constructs';
import { checkInteger } from './checks/checks';
import { invalid } from './checks/errors';
import { checkNoPrivateKey } from './checks/private-key';
import { checkList, checkText } from './checks/type-checks';
import { checkStringMatch } from './part-checks';
import { EndpointPlan } from './plan';
import { checkPolicy } from './policy-checks';
import { StringMatch, StringMatchKind } from './string-match';

/**
 * Checks an endpoint's plan, apart from its backends.
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

/** Paths are matched without the query, and browsers do not send the fragment. */
function checkPath(at: IConstruct, what: string, path: StringMatch): void {
  checkStringMatch(at, what, path, StringMatchKind.PREFIX);
  if (path.kind !== StringMatchKind.REGEX && !/^\/[^?#]*$/.test(path.value)) {
    throw invalid(at, `${what} ${path}, which no request has`, 'expected a path that starts with a slash, without ? and #');
  }
}
