import { repeatedHeaderOverlap as rule } from '../../../src/rules/routes/repeated-header-overlap';
import { problemsOf } from '../../support/cluster';

/** What is found for routes, each with a match and a backend. */
function foundFor(...routes: { readonly match: object; readonly host?: string; readonly name?: string }[]) {
  return problemsOf(rule, routes.map(({ match, host, name }, i) => JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: name ?? `route-${i}`, namespace: 'models' },
    spec: { hosts: ['a.example.com'], gateways: ['edge/a'], http: [{ match: [match], route: [{ destination: { host: host ?? `iris-${i}` } }] }] },
  })).join('\n---\n'));
}

const on = (team: object | undefined, more: object = {}, headers: object = {}) => (
  { match: { uri: { prefix: '/v2/' }, headers: { ...headers, ...team === undefined ? {} : { 'x-team': team } }, ...more } });
const [BLUE, RED] = [{ exact: 'blue' }, { exact: 'red' }];
const FOUND = {
  at: 'info at VirtualService models/route-0 spec.http[0].match[0]',
  problem: 'on host "a.example.com" of gateway edge/a, a request with two lines of the header x-team, "blue" and "red", matches two rules',
  remedy: 'accept this if a client may call both backends. Otherwise use a different header for each rule',
  related: ['VirtualService models/route-1 spec.http[0].match[0]'],
};

test.each<[string, Parameters<typeof foundFor>]>([
  ['alone', [on(BLUE), on(RED)]],
  ['next to the same other header', [on(BLUE, {}, { 'x-env': { exact: 'a' } }), on(RED, {}, { 'x-env': { exact: 'a' } })]],
  ['next to the same other conditions', [
    on(BLUE, { method: { exact: 'POST' }, queryParams: { q: { exact: '1' } }, withoutHeaders: { 'x-a': {} } }),
    on(RED, { method: { exact: 'POST' }, queryParams: { q: { exact: '1' } }, withoutHeaders: { 'x-a': {} } }),
  ]],
])('two values of one header, %s', (_what, routes) => {
  expect(foundFor(...routes)).toEqual([FOUND]);
});

test('each further rule adds no finding', () => {
  expect(foundFor(on(BLUE), on(RED), on({ exact: 'green' }))).toEqual([FOUND]);
});

test.each<[string, Parameters<typeof foundFor>]>([
  ['one value', [on(BLUE), on(BLUE)]],
  ['a prefix', [on(BLUE), on({ prefix: 'r' })]],
  ['a header that is only present', [on(BLUE), on({})]],
  ['a rule without the header', [on(BLUE), on(undefined)]],
  ['another path', [on(BLUE), on(RED, { uri: { prefix: '/other/' } })]],
  ['another method', [on(BLUE, { method: { exact: 'GET' } }), on(RED, { method: { exact: 'POST' } })]],
  ['another query parameter', [on(BLUE, { queryParams: { q: { exact: '1' } } }), on(RED, { queryParams: { q: { exact: '2' } } })]],
  ['another header that is missing', [on(BLUE, { withoutHeaders: { 'x-a': {} } }), on(RED, { withoutHeaders: { 'x-b': {} } })]],
  ['another value of a second header', [on(BLUE, {}, { 'x-env': { exact: 'a' } }), on(RED, {}, { 'x-env': { prefix: 'b' } })]],
  ['the same backend', [{ ...on(BLUE), host: 'iris' }, { ...on(RED), host: 'iris' }]],
])('%s is no overlap', (_what, routes) => {
  expect(foundFor(...routes)).toEqual([]);
});

test('rules of one object are no overlap', () => {
  const http = [BLUE, RED].map((team, i) => ({ match: [on(team).match], route: [{ destination: { host: `iris-${i}` } }] }));
  expect(problemsOf(rule, JSON.stringify({
    apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'a', namespace: 'models' }, spec: { hosts: ['a.com'], gateways: ['edge/a'], http },
  }))).toEqual([]);
});
