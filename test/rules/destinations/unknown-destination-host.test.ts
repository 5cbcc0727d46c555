import { unknownDestinationHost as rule } from '../../../src/rules/destinations/unknown-destination-host';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService routes/iris spec.http[0].route[0].destination.host',
    problem: 'VirtualService routes/iris routes to host "iris.models", which Istio does not complete, so requests get 503',
    remedy: 'set the full name, "iris.models.svc.cluster.local"',
    related: ['Service models/iris'],
  }]);
});

test('a Service that is not among those of the namespace', () => {
  expect(problemsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: irs}}]}
`)).toEqual([{
    at: 'warning at VirtualService models/iris spec.http[0].route[0].destination.host',
    problem: 'VirtualService models/iris routes to host irs.models.svc.cluster.local, and there is no Service irs among the objects of namespace models',
    remedy: 'create the Service, or a ServiceEntry for the host, or check whether "iris" is intended. Without it requests get 503',
    related: ['Service models/iris'],
  }]);
});

test('a short name of a Service in another namespace', () => {
  expect(problemsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: routes}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris}}]}
`)).toEqual([{
    at: 'warning at VirtualService routes/iris spec.http[0].route[0].destination.host',
    problem: 'VirtualService routes/iris routes to host iris.routes.svc.cluster.local, and there is no Service iris among the objects of namespace routes',
    remedy: 'set the full name of the Service in namespace models, "iris.models.svc.cluster.local". Without it requests get 503',
    related: ['Service models/iris'],
  }]);
});

test('nothing is known of the namespace', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris.other.svc.cluster.local}}]}
`)).toEqual([]);
});

test('hosts that exist', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [store.com], ports: []}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris}}]}
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: IRIS.models.svc.cluster.local}}]}
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: store.com}}]}
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: seldon-mesh}}]}
`)).toEqual([]);
});

test('hosts outside of the cluster', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: api.example.com}}]}
`)).toEqual([]);
});

test('names that end in svc', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris.models.svc}}]}
`)).toEqual(['error']);
});

test('a shortened name of the Service of Seldon Core 2', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: seldon-mesh.models}}]}
`)).toEqual(['error']);
});

test('a shortened name with a ServiceEntry', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [iris.models], ports: []}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris.models}}]}
`)).toEqual([]);
});

test('a namespace in which an operator creates Services', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: other, namespace: models}
spec: {selector: {app: other}, ports: [{name: http, port: 80}]}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris, namespace: models}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris-default}}]}
`)).toEqual([]);
});

describe('Services of SeldonDeployments', () => {
  const deployment = (name: string, annotations = '') => `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: ${name}, namespace: models}
spec:
  predictors:
  - {name: default, ${annotations}graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://a/b'}}
`;
  const found = (host: string, ...objects: readonly string[]) => problemsOf(rule, [...objects, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: route, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: ${host}}}]}
`].join('---\n'));

  test('a misspelled name', () => {
    expect(found('iris-defualt-classifier', deployment('iris'))).toEqual([{
      at: 'warning at VirtualService models/route spec.http[0].route[0].destination.host',
      problem: 'VirtualService models/route routes to host iris-defualt-classifier.models.svc.cluster.local, and there is no Service iris-defualt-classifier '
        + "among the objects of namespace models and those that Seldon's operator creates",
      remedy: 'check whether "iris-default-classifier" is intended, a Service of SeldonDeployment models/iris. Without the Service requests get 503',
      related: ['SeldonDeployment models/iris'],
    }]);
    expect(found('iris-defaul', deployment('iris'))).toHaveLength(1);
    expect(found('iris-default-explaner', deployment('iris'))).toHaveLength(1);
    expect(found('iris-server', deployment('iris', 'annotations: {seldon.io/svc-name: iris-serve}, '))).toHaveLength(1);
  });

  test.each(['iris-default', 'iris-default-classifier', 'iris-default-explainer', 'wine-default', 'iris-canary', 'iriss-default', 'iris'])('none for %s', (host) => {
    expect(found(host, deployment('iris'))).toEqual([]);
  });

  test('none for a Service that exists, and for another namespace', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: iris-defaults, namespace: models}\nspec: {ports: [{port: 80}]}\n';
    expect(found('iris-defaults', deployment('iris'), service)).toEqual([]);
    expect(found('iris-defaults.other.svc.cluster.local', deployment('iris'))).toEqual([]);
  });

  test('of a deployment whose name is the beginning of another one', () => {
    expect(found('iris-eu-default', deployment('iris'), deployment('iris-eu'))).toEqual([]);
    expect(found('iris-eu-defaut', deployment('iris'), deployment('iris-eu'))).toMatchObject([{ related: ['SeldonDeployment models/iris-eu'] }]);
  });
});
