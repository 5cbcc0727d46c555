import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { Origin } from '../../src/cluster/origin';
import { Level, Rule } from '../../src/rules/rule';
import { findingsOf } from '../../src/rules/run';

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
