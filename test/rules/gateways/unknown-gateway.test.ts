import { unknownGateway as rule } from '../../../src/rules/gateways/unknown-gateway';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.gateways[0]',
    problem: 'VirtualService models/iris refers to Gateway "models", which does not exist in namespace models, and Gateway istio-system/models exists',
    remedy: 'refer to "istio-system/models", or create the Gateway in namespace models. Without it callers get 404',
    related: ['Gateway istio-system/models'],
  }]);
});

test('a namespace that is not among the objects', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: models}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([{
    at: 'warning at VirtualService models/iris spec.gateways[0]',
    problem: 'VirtualService models/iris refers to Gateway "istio-system/models", which is not among these objects in namespace istio-system, and Gateway models/models exists',
    remedy: 'refer to "models/models", or create the Gateway in namespace istio-system. Without it callers get 404',
    related: ['Gateway models/models'],
  }]);
});

test('a name that is not among the Gateways of the namespace', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/modles]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([{
    at: 'warning at VirtualService models/iris spec.gateways[0]',
    problem: 'VirtualService models/iris refers to Gateway "istio-system/modles", which is not among the Gateways of namespace istio-system',
    remedy: 'check whether "istio-system/models" is intended. Without the Gateway callers get 404',
    related: ['Gateway istio-system/models'],
  }]);
});

test('a Gateway that exists', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('names in all forms', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: models}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [models, models/models, ./models, models.models.svc.cluster.local, mesh]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('nothing is known of the namespace', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [edge/public]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('no Gateway is known', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('in a match', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{gateways: [models]}], route: [{destination: {host: iris}}]}
`)).toEqual(['error']);
});

test('malformed references', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [5, null]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: other, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: text
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});
