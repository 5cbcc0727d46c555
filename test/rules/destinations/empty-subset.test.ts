import { emptySubset as rule } from '../../../src/rules/destinations/empty-subset';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule models/iris spec.subsets[0].labels',
    problem: 'subset "stable" of DestinationRule models/iris selects version=1 among the pods of Service models/iris, whose workloads have version=v1, so requests for the subset get 503',
    remedy: 'set labels that the pods of host iris.models.svc.cluster.local have, or add them to the pod template of a workload',
    related: ['Service models/iris'],
  }]);
});

test('a subset that gets requests, and a label that no pod has', () => {
  expect(problemsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: iris, namespace: models}
spec: {template: {metadata: {labels: {app: iris}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v2}}]}
`)).toEqual([{
    at: 'error at DestinationRule models/iris spec.subsets[0].labels',
    problem: 'subset "v2" of DestinationRule models/iris selects version=v2 among the pods of Service models/iris, none of which has that label, so requests for the subset get 503',
    remedy: 'set labels that the pods of host iris.models.svc.cluster.local have, or add them to the pod template of a workload',
    related: ['Service models/iris'],
  }]);
});

test('a subset with weight 0', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: iris, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {route: [{destination: {host: iris, subset: v2}, weight: 0}, {destination: {host: iris}, weight: 100}]}
`)).toEqual(['warning']);
});

test('pods with the labels', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: two, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v2}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
`)).toEqual([]);
});

test('pods of other Services or namespaces', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: other, version: v1}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: two, namespace: other}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
`)).toEqual([]);
});

test('no Service', () => {
  expect(levelsOf(rule, `apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
`)).toEqual([]);
});

test('a Service without a selector', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
`)).toEqual([]);
});

test('labels that controllers add, and none', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: iris}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: a, labels: {rollouts-pod-template-hash: x}}, {name: b, labels: {topology.kubernetes.io/zone: z}}, {name: c}]
`)).toEqual([]);
});

describe('the labels of a subset', () => {
  const object = (apiVersion: string, kind: string, name: string, spec: object) => JSON.stringify({ apiVersion, kind, metadata: { name, namespace: 'models' }, spec });
  const workload = (labels: object, i: number) =>
    object('apps/v1', 'Deployment', `iris-${i}`, { template: { metadata: { labels: { app: 'iris', ...labels } } } });
  const route = (...routes: object[]) => object('networking.istio.io/v1', 'VirtualService', 'iris', { hosts: ['a.example.com'], gateways: ['edge/a'], http: [{ route: routes }] });
  const found = (labels: object, pods: object[], ...more: string[]) => problemsOf(rule, [
    object('v1', 'Service', 'iris', { selector: { app: 'iris' }, ports: [{ name: 'http', port: 80 }] }),
    object('networking.istio.io/v1', 'DestinationRule', 'iris', { host: 'iris', subsets: [{ name: 'all', labels: {} }, { name: 'v2', labels }] }),
    ...pods.map(workload), ...more,
  ].join('\n---\n')).map(({ at, problem }) => [at.split(' ')[0], problem.replace(/^.* selects (.*) among the pods of Service models\/iris, (.*), so .*$/, '$1: $2')].join(' '));

  test.each<[string, object, object[], string[]]>([
    ['that no pod has at once', { version: 'v2', tier: 'a' }, [{ version: 'v2' }, { tier: 'a' }], ['warning version=v2: whose workloads have version=v2']],
    ['that one pod has at once', { version: 'v2', tier: 'a' }, [{ version: 'v2' }, { tier: 'a' }, { tier: 'a', version: 'v2' }], []],
    ['of which only the second is missing', { app: 'iris', version: 'v2' }, [{ version: 'v1' }], ['warning version=v2: whose workloads have version=v1']],
    ['that have other values', { version: 'v2' }, [{ version: 'a' }, {}, { version: 'b' }, { version: 'a' }],
      ['warning version=v2: whose workloads have version=a, version=b']],
    ['that have many other values', { version: 'v2' }, ['a', 'b', 'c', 'd'].map((version) => ({ version })),
      ['warning version=v2: whose workloads have version=a, version=b, version=c']],
    ['that have three other values', { version: 'v2' }, ['a', 'b', 'c'].map((version) => ({ version })),
      ['warning version=v2: whose workloads have version=a, version=b, version=c']],
    ['with the value of another label', { version: 'a' }, [{ tier: 'a' }], ['warning version=a: none of which has that label']],
    ['that are an inherited name', { toString: 'a' }, [{}], ['warning toString=a: none of which has that label']],
    ...['pod-template-hash', 'rollouts-pod-template-hash', 'controller-revision-hash', 'topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone',
      'statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'].map((label): [string, object, object[], string[]] => [
      `that are added later: ${label}`, { [label]: 'a', version: 'v2' }, [{}], [],
    ]),
    ...['my-pod-template-hash', 'pod-template-hash2', 'rollouts-pod-template-hash2', 'controller-revision-hash2', 'my.topology.io/zone'].map(
      (label): [string, object, object[], string[]] => [`that only look as if they were added later: ${label}`, { [label]: 'a' }, [{}],
        [`warning ${label}=a: none of which has that label`]]),
  ])('%s', (_what, labels, pods, expected) => {
    expect(found(labels, pods)).toEqual(expected);
  });

  test.each<[string, object[], string]>([
    ['the only destination', [{ destination: { host: 'iris', subset: 'v2' } }], 'error'],
    ['the only destination with weight 0', [{ destination: { host: 'iris', subset: 'v2' }, weight: 0 }], 'error'],
    ['one of two with a weight', [{ destination: { host: 'iris', subset: 'v2' }, weight: 1 }, { destination: { host: 'iris' }, weight: 99 }], 'error'],
    ['one of two without a weight', [{ destination: { host: 'iris', subset: 'v2' } }, { destination: { host: 'iris' }, weight: 100 }], 'warning'],
    ['not a destination', [{ destination: { host: 'iris' } }], 'warning'],
    ['not that of another Service', [{ destination: { host: 'wine', subset: 'v2' } }], 'warning'],
  ])('are missing for a subset that is %s', (_what, routes, level) => {
    expect(found({ version: 'v2' }, [{}], route(...routes))).toEqual([`${level} version=v2: none of which has that label`]);
  });
});

test('machines outside of the cluster are pods of a Service, too', () => {
  const entry = (version: string) => `${rule.page.wrong}---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: machine, namespace: models, labels: {version: "${version}"}}
spec: {address: 10.0.0.1, labels: {app: iris}}
`;
  expect(levelsOf(rule, entry('1'))).toEqual([]);
  expect(levelsOf(rule, entry('3'))).toHaveLength(1);
});
