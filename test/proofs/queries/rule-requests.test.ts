import { endpointsOf } from '../../../src/answers/endpoints/endpoints';
import { showPath } from '../../../src/cluster/json';
import { RuleRequests } from '../../../src/proofs/queries/rule-requests';
import { clusterOf } from '../../support/cluster';
import { GATEWAY, to, virtualService } from '../../support/routes';

/** For each match a request that it gets, or the matches that hide it. */
function requestsFor(...matches: readonly string[]): readonly string[] {
  const cluster = clusterOf(GATEWAY + virtualService('iris', matches.map((match) => to('iris', `match: [${match}],`))));
  const requests = new RuleRequests(cluster);
  return endpointsOf(cluster).map((endpoint) => {
    const found = requests.find(endpoint);
    if (found === undefined || found === 'undecided') return String(found);
    if ('hiddenBy' in found) return `hidden by ${found.hiddenBy.map(({ written: { field } }) => showPath(field)).join(' and ')}`;
    const { method, path, query, headers } = found.request;
    return [method, query === undefined ? path : `${path}?${query}`, ...headers.map(({ name, value }) => `${name}: ${value}`)].join(' ');
  });
}

test('a rule that a wider one hides', () => {
  expect(requestsFor('{uri: {prefix: /a}}', '{uri: {prefix: /a/b}}')).toEqual(['GET /a', 'hidden by spec.http[0].match[0]']);
});

test('a rule that several hide together, and not by others', () => {
  expect(requestsFor(
    '{uri: {prefix: /x}}', '{uri: {prefix: /a}, headers: {h: {exact: b}}}', '{uri: {prefix: /a}, withoutHeaders: {h: {exact: b}}}', '{uri: {exact: /a/b}}',
  )[3]).toBe('hidden by spec.http[1].match[0] and spec.http[2].match[0]');
});

test('a rule between others is reached by what they leave', () => {
  expect(requestsFor(
    "{uri: {regex: '/v[0-9]/a.*'}}", '{uri: {prefix: /v1/}, headers: {h: {regex: a+}}}', '{uri: {prefix: /v1/}, headers: {h: {regex: a*}}}', '{uri: {prefix: /v1/}, queryParams: {q: {exact: x}}}',
  )).toEqual(['GET /v1/a', 'GET /v1/infer h: a', 'GET /v1/infer h: ', 'GET /v1/infer?q=x']);
});

test('a rule outside of all paths that reach it, and one about what Envoy manages', () => {
  expect(requestsFor("{uri: {exact: '/a/../b'}}", '{headers: {x-request-id: {exact: a}}}', '{uri: {prefix: /a}}')).toEqual(['hidden by ', 'undecided', 'undecided']);
});
