import { Chart, Testing } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { HttpRoute } from '../../../src/istio/virtual-service/http-route';
import { VirtualService } from '../../../src/istio/virtual-service/virtual-service';
import { Warnings } from '../../../src/mesh/warnings';
import { StringMatch } from '../../../src/plan/string-match';

const LARGE = '(?:abcdefghijklmnopqrst){1000}';
const large = StringMatch.regex(LARGE);

function warningsOf(rule: Partial<HttpRoute>): string[] {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'models' });
  const gateways = [new Gateway(chart, 'gateway', { namespace: 'istio-system' })];
  new VirtualService(chart, 'routes', { hosts: ['a.test'], gateways, http: [{ route: [{ destination: { host: 'iris' } }], ...rule }] });
  return Warnings.find(chart);
}

test.each<[string, Partial<HttpRoute>]>([
  ['a path', { match: [{ uri: StringMatch.prefix('/a') }, { uri: large }] }],
  ['an authority', { match: [{ authority: large }] }],
  ['a header', { match: [{ headers: { 'x-a': large } }] }],
  ['a header that must not be there', { match: [{ withoutHeaders: { 'x-a': large } }] }],
  ['a query parameter', { match: [{ queryParams: { a: large } }] }],
  ['a rewrite', { rewrite: { uriRegex: { match: LARGE, rewrite: '/' } } }],
  ['an origin', { cors: { allowOrigins: [large] } }],
])('warns about an expression close to the maximum size that Envoy accepts: %s', (_what, rule) => {
  expect(warningsOf(rule)).toEqual([
    `http[0]: regular expression "${LARGE}" compiles to about 20004 instructions, and because of one with more than 32768 Envoy rejects all routes of a port. `
    + 'Use fewer repetitions, or smaller character classes (at chart/routes)',
  ]);
});

test('ordinary expressions are not', () => {
  expect(warningsOf({ match: [{ uri: StringMatch.regex('/v2/models/([a-z0-9]+-?)+/infer') }] })).toEqual([]);
});
