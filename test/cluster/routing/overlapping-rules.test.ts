import { Layout, LAYOUTS } from '../../../bench/layouts';
import { Cluster } from '../../../src/cluster/cluster';
import { ClusterObject } from '../../../src/cluster/cluster-object';
import * as relations from '../../../src/cluster/routing/match-relations';
import { rulesBefore, overlappingRules } from '../../../src/cluster/routing/overlapping-rules';
import { gatewayVirtualHosts, virtualHostsWithOperator } from '../../../src/cluster/routing/virtual-hosts';
import { Work } from '../../../src/plan/expressions/work';
import { clusterOf } from '../../support/cluster';

afterEach(() => jest.restoreAllMocks());

const clusterWith = (layout: Layout, count: number) => new Cluster(layout(count).map((manifest) => new ClusterObject(manifest, {})));

/** The number of comparisons and of steps for expressions. */
function workFor(cluster: Cluster): { readonly comparisons: number; readonly steps: number } {
  const hosts = cluster.derived(virtualHostsWithOperator);
  const compared = (['overlapOf', 'coversMatch'] as const).map((name) => jest.spyOn(relations, name));
  const spent = jest.spyOn(Work.prototype, 'spend');
  for (const { rules } of hosts) {
    overlappingRules(cluster, rules);
    rulesBefore(cluster, rules);
  }
  const work = {
    comparisons: compared.reduce((sum, { mock }) => sum + mock.calls.length, 0),
    steps: spent.mock.calls.reduce((sum, [steps]) => sum + steps, 0),
  };
  jest.restoreAllMocks();
  return work;
}

const COUNT = 600;

const CROWDED = [
  'routes by many headers', 'routes by headers with expressions', 'paths that begin with .*', 'SeldonDeployments of one namespace with routes', 'nested prefixes',
];

test.each(CROWDED)('%s: rules are not compared with all others', (name) => {
  const { comparisons, steps } = workFor(clusterWith(LAYOUTS[name], COUNT));
  // With all others, 600 comparisons for each rule.
  expect(comparisons).toBeLessThan(400 * COUNT);
  // The limit of a cluster. The steps of each pair are counted once more for it.
  expect(steps).toBeLessThan(4_200_000);
});

test('expressions with different beginnings are hardly compared', () => {
  for (const name of ['different expressions', 'paths in any case']) {
    expect(workFor(clusterWith(LAYOUTS[name], COUNT)).comparisons).toBeLessThan(20 * COUNT);
  }
});

test('queries, methods and authorities divide rules', () => {
  expect(workFor(clusterWith(LAYOUTS['routes by query'], COUNT)).comparisons).toBe(0);
});

const route = (name: string, match: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: models }
spec: { hosts: [a.example.com], gateways: [gateway], http: [{ match: [${match}], route: [{ destination: { host: ${name} } }] }] }
`;

function pairsOf(...routes: string[]): string[] {
  const cluster = clusterOf(routes.join('---\n'));
  return cluster.derived(gatewayVirtualHosts).flatMap(({ rules }) => overlappingRules(cluster, rules)).map(({ first, second }) => (
    `${first.virtualService.name} ${second.virtualService.name}`)).sort();
}

test.each([
  ['{ uri: { regex: "/v[12]/iris" } }', '{ uri: { regex: "/v[23]/iris" } }', true],
  ['{ uri: { regex: "/v[12]/iris" } }', '{ uri: { regex: "/v[34]/iris" } }', false],
  ['{ uri: { regex: "/v[12]/.*" } }', '{ uri: { prefix: /v2/models } }', true],
  ['{ uri: { regex: "/v[12](/x)?" } }', '{ uri: { regex: "/v1/x|/w" } }', true],
  ['{ uri: { prefix: /Iris/ }, ignoreUriCase: true }', '{ uri: { prefix: /iris/a } }', true],
  ['{ uri: { prefix: /Iris/ }, ignoreUriCase: true }', '{ uri: { prefix: /irit/ } }', false],
  ['{ uri: { prefix: /é }, ignoreUriCase: true }', '{ uri: { prefix: /é/a } }', true],
  ['{ uri: { prefix: /a }, queryParams: { q: { exact: b } } }', '{ uri: { prefix: /a }, queryParams: { q: { exact: c } } }', false],
  ['{ uri: { prefix: /a }, queryParams: { q: { exact: b } } }', '{ uri: { prefix: /a }, queryParams: { q: { regex: "[ab]" } } }', true],
  ['{ uri: { prefix: /a }, queryParams: { q: { exact: b } } }', '{ uri: { prefix: /a/b } }', true],
  ['{ uri: { prefix: /a }, method: { exact: GET } }', '{ uri: { prefix: /a }, method: { exact: PUT } }', false],
  ['{ uri: { prefix: /a }, method: { exact: GET } }', '{ uri: { prefix: /a/b } }', true],
  ['{ uri: { prefix: /a }, authority: { exact: x } }', '{ uri: { prefix: /a }, authority: { exact: y } }', false],
])('%s and %s: %p', (a, b, expected) => {
  const others = ['b', 'c'].map((name) => route(`z${name}`, `{ uri: { exact: /other/${name} }, headers: { x: { exact: ${name} } } }`));
  expect(pairsOf(route('a', a), route('b', b), ...others)).toEqual(expected ? ['a b'] : []);
});

test('a rule with few conditions is compared with all rules of its path, although it is one of the last', () => {
  const narrow = Array.from({ length: 300 }, (_, i) => route(`a${i}`, `{ uri: { prefix: /v2/ }, headers: { x${i}: {} } }`));
  const found = pairsOf(...narrow, route('z', '{ uri: { prefix: /v2/ } }'));
  expect(found.filter((pair) => pair.endsWith(' z'))).toHaveLength(20);
  const hidden = pairsOf(...narrow, route('Z', '{ uri: { prefix: /v2/ } }'));
  expect(hidden).toEqual(narrow.map((_, i) => `Z a${i}`).sort());
});
