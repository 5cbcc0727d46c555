import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { Origin } from '../../src/cluster/origin';
import { RULES } from '../../src/rules/all';
import { Level, Rule } from '../../src/rules/rule';
import { findingsOf } from '../../src/rules/run';
import { loadProofs } from '../support/cluster';

/** Finds the same problem twice at each object. */
const everywhere: Rule = {
  id: 'everywhere',
  level: Level.ERROR,
  title: 'Everywhere',
  page: { explanation: '', wrong: '', right: '' },
  check: ({ objects }) => [...objects, ...objects].map((object) => ({ object, problem: 'wrong', remedy: 'mend it' })),
};

function found(...origins: readonly Origin[]) {
  const manifest = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'iris', namespace: 'models' } };
  const cluster = new Cluster(origins.map((origin) => new ClusterObject(manifest, origin)));
  return findingsOf(cluster, [everywhere]).map(({ file, line, construct }) => construct ?? `${file}:${line ?? ''}`);
}

test('a problem is reported once for each object', () => {
  expect(found({ file: 'routes.yaml' })).toEqual(['routes.yaml:']);
});

test('objects of one name are reported each, wherever they are', () => {
  expect(found({ file: 'prod.yaml' }, { file: 'dev.yaml' })).toEqual(['dev.yaml:', 'prod.yaml:']);
  expect(found({ construct: 'prod/iris' }, { construct: 'dev/iris' })).toEqual(['dev/iris', 'prod/iris']);
  expect(found(...[12, 7].map((line) => ({ file: 'all.yaml', position: () => ({ line, column: 1 }) })))).toEqual(['all.yaml:7', 'all.yaml:12']);
});

test('what decides questions about all requests is loaded only when a rule asks', () => {
  const cluster = new Cluster([new ClusterObject({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'iris' } }, { file: 'a.yaml' })]);
  const load = jest.fn(loadProofs);
  findingsOf(cluster, [everywhere], load);
  expect(load).not.toHaveBeenCalled();
  const asked: unknown[] = [];
  const asking: Rule = { ...everywhere, check: (_cluster, _found, proofs) => [asked.push(proofs(), proofs())].flatMap(() => []) };
  findingsOf(cluster, [asking, asking], load);
  expect(load).toHaveBeenCalledTimes(1);
  expect(new Set(asked).size).toBe(1);
  findingsOf(cluster, [{ ...everywhere, check: (_cluster, _found, proofs) => [asked.push(proofs())].flatMap(() => []) }]);
  expect(asked[asked.length - 1]).toBeUndefined();
});

test.each([
  ['routes that have nothing in common', ['/v2/models/iris/', '/v2/models/wine/'], 0],
  ['a wide route before a narrow one', ['/v2', '/v2/models/iris/'], 1],
])('%s', (_what, paths, times) => {
  const objects = paths.map((prefix, i) => new ClusterObject({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: `route-${i}`, namespace: 'models' },
    spec: { hosts: ['a.example.com'], gateways: ['istio-system/gateway'], http: [{ match: [{ uri: { prefix } }], route: [{ destination: { host: `s${i}`, port: { number: 80 } } }] }] },
  }, { file: 'a.yaml' }));
  const load = jest.fn(loadProofs);
  findingsOf(new Cluster(objects), RULES, load);
  expect(load).toHaveBeenCalledTimes(times);
});
