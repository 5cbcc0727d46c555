import { readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { differences } from '../support/differences';

/** The manifests of a step, as they are committed. */
function step(name: string): unknown[] {
  const yaml = readFileSync(join(__dirname, '../../dist', name, 'algorithm-selector.k8s.yaml'), 'utf8');
  return parseAllDocuments(yaml).map((document) => document.toJS());
}

const [canary, promoted] = [step('algorithm-selector'), step('algorithm-selector-promoted')];

const found = (steps: unknown[], kind: string): any => steps.find((object) => (object as { kind: string }).kind === kind);

test('a promotion changes only weights', () => {
  const at = canary.indexOf(found(canary, 'VirtualService'));

  expect(differences(canary, promoted)).toEqual([0, 1].flatMap((rule) => [0, 1].map((arm) => `/${at}/spec/http/${rule}/route/${arm}/weight`)));
});

test.each<[string, unknown[], [string, number][]]>([
  ['30 percent of the requests', canary, [['v1', 70], ['v2', 30]]],
  ['all requests', promoted, [['v1', 0], ['v2', 100]]],
])('version 2 gets %s, over REST and gRPC', (_what, steps, weights) => {
  const shares = found(steps, 'VirtualService').spec.http.map(({ route }: any) => route.map(({ destination, weight }: any) => [destination.subset, weight]));

  expect(shares).toEqual([weights, weights]);
});

test('each step has all manifests', () => {
  const kinds = promoted.map((object) => (object as { kind: string }).kind);

  expect([...kinds].sort()).toEqual([
    'ConfigMap', 'Deployment', 'Deployment', 'DestinationRule', 'Gateway', 'Namespace', 'Service', 'ServiceEntry', 'VirtualService',
  ]);
});
