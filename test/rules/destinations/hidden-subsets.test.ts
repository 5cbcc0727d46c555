import { hiddenSubsets as rule } from '../../../src/rules/destinations/hidden-subsets';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule clients/iris',
    problem: 'DestinationRule clients/iris hides DestinationRule models/iris from callers in namespace clients, which then have no subset "v1" of host iris.models.svc.cluster.local',
    remedy: 'define these subsets here too, or move the settings to the DestinationRule in namespace models',
    related: ['DestinationRule models/iris'],
  }]);
});

test('the same subsets', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: clients}
spec:
  host: iris.models.svc.cluster.local
  subsets: [{name: v1, labels: {version: v1}}]
`)).toEqual([]);
});

test('a rule of the root namespace', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: istio-system}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
`)).toEqual([]);
});

test('a rule that the callers do not see anyway', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  exportTo: ['.']
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: clients}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
`)).toEqual([]);
});

test('a rule without subsets', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: clients}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
`)).toEqual([]);
});

describe('DestinationRules of one host', () => {
  const object = (name: string, namespace: string, spec: object) => JSON.stringify({
    apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name, namespace }, spec: { host: 'iris.models.svc.cluster.local', ...spec },
  });
  const v = (...names: string[]) => ({ subsets: names.map((name) => ({ name, labels: { version: name } })) });
  const found = (...objects: string[]) => problemsOf(rule, objects.join('\n---\n')).map(({ at, problem }) => `${at.replace('warning at DestinationRule ', '')}: ${problem.split('no subset ')[1]}`);
  const OWN = object('iris', 'models', v('v1', 'v2'));

  test.each<[string, string[], string[]]>([
    ['some of the subsets', [OWN, object('iris', 'clients', v('v2'))], ['clients/iris: "v1" of host iris.models.svc.cluster.local']],
    ['none of them', [OWN, object('iris', 'clients', {})], ['clients/iris: "v1", "v2" of host iris.models.svc.cluster.local']],
    ['all of them, in two objects', [OWN, object('iris', 'clients', v('v2')), object('more', 'clients', v('v1'))], []],
    ['none of them, for some pods', [OWN, object('iris', 'clients', { workloadSelector: { matchLabels: { app: 'a' } } })], []],
    ['none of them, where the subsets are for some pods', [object('iris', 'models', { ...v('v1'), workloadSelector: { matchLabels: { app: 'a' } } }), object('iris', 'clients', {})], []],
    ['none of them, and no namespace sees it', [OWN, object('iris', 'clients', { exportTo: ['~'] })], []],
    ['none of them in the same namespace', [OWN, object('more', 'models', {})], []],
    ['subsets that the namespace of the host does not define', [object('iris', 'models', {}), object('iris', 'clients', v('v1')), object('more', 'others', {})], []],
    ['none of those of two objects', [OWN, object('more', 'models', v('v3', 'v1')), object('iris', 'clients', {})],
      ['clients/iris: "v1", "v2", "v3" of host iris.models.svc.cluster.local']],
  ])('define %s', (_what, objects, expected) => {
    expect(found(...objects)).toEqual(expected);
  });
});
