import { grpcOverHttp1 as rule } from '../../../src/rules/destinations/grpc-over-http1';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination',
    problem: 'prefix "/inference.GRPCInferenceService/" in spec.http[0] of VirtualService models/iris is gRPC and leads to port 80 (named data) of host seldon-mesh.models.svc.cluster.local, to which Istio connects with HTTP/1.1, so the status of each call is lost',
    remedy: 'set config.serviceConfig.grpcServicePrefix of the SeldonRuntime in namespace models to "http2-"',
    related: [],
  }]);
});

test('a Service', () => {
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
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination',
    problem: 'prefix "/inference.GRPCInferenceService/" in spec.http[0] of VirtualService models/iris is gRPC and leads to port 80 (named http) of host iris.models.svc.cluster.local, to which Istio connects with HTTP/1.1, so the status of each call is lost',
    remedy: 'name the port "grpc" or "grpc-…", or set appProtocol: grpc',
    related: ['Service models/iris'],
  }]);
});

test('a runtime whose SeldonConfig is not known', () => {
  expect(problemsOf(rule, `apiVersion: mlops.seldon.io/v1alpha1
kind: SeldonRuntime
metadata: {name: runtime, namespace: models}
spec: {seldonConfig: default}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: seldon-mesh, port: {number: 80}}}]}
`)).toEqual([{
    at: 'warning at VirtualService models/iris spec.http[0].route[0].destination',
    problem: 'prefix "/inference.GRPCInferenceService/" in spec.http[0] of VirtualService models/iris is gRPC and leads to port 80 (named data) of host seldon-mesh.models.svc.cluster.local, to which Istio connects with HTTP/1.1, so the status of each call is lost',
    remedy: 'set config.serviceConfig.grpcServicePrefix of the SeldonRuntime in namespace models to "http2-", unless its SeldonConfig sets it',
    related: [],
  }]);
});

test('a ServiceEntry', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [store.com], resolution: DNS, ports: [{number: 80, name: grpc, protocol: HTTP}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: store.com, port: {number: 80}}}]}
`)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination',
    problem: 'prefix "/inference.GRPCInferenceService/" in spec.http[0] of VirtualService models/iris is gRPC and leads to port 80 (protocol HTTP) of host store.com, to which Istio connects with HTTP/1.1, so the status of each call is lost',
    remedy: 'set protocol GRPC or HTTP2 for the port',
    related: ['ServiceEntry models/store'],
  }]);
});

test('no runtime is known', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: seldon-mesh, port: {number: 80}}}]}
`)).toEqual([]);
});

test('ports for HTTP/2', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: a, namespace: models}
spec: {selector: {app: a}, ports: [{name: grpc, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: models}
spec: {selector: {app: b}, ports: [{name: http2-x, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: c, namespace: models}
spec: {selector: {app: c}, ports: [{name: data, appProtocol: grpc, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: d, namespace: models}
spec: {selector: {app: d}, ports: [{appProtocol: kubernetes.io/h2c, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: a}}]}
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: b}}]}
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: c}}]}
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: d}}]}
`)).toEqual([]);
});

test('other names', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: a, namespace: models}
spec: {selector: {app: a}, ports: [{name: data, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: models}
spec: {selector: {app: b}, ports: [{name: tcp-x, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: c, namespace: models}
spec: {selector: {app: c}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: d, namespace: models}
spec: {selector: {app: d}, ports: [{name: grpc, appProtocol: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: a}}]}
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: b}}]}
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: c}}]}
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: d}}]}
`)).toEqual(['error', 'error', 'error', 'error']);
});

test('names that sidecars detect', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: data, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [iris]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: iris}}]}
`)).toEqual([]);
});

test('a match for callers inside the mesh', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: data, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models, mesh]
  http:
  - {match: [{gateways: [mesh], uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: iris}}]}
`)).toEqual([]);
});

test('HTTP/1.1 inside the mesh', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [iris]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: iris}}]}
`)).toEqual(['error']);
});

test('requests that are not gRPC', () => {
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
  - {match: [{uri: {prefix: /static/app.v1.js}}], route: [{destination: {host: iris}}]}
  - {match: [{uri: {prefix: /v2/models/}}], route: [{destination: {host: iris}}]}
  - {match: [{uri: {exact: /index.html}}], route: [{destination: {host: iris}}]}
`)).toEqual([]);
});

test('gRPC in other forms', () => {
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
  - {match: [{uri: {exact: /seldon.protos.Seldon/Predict}}], route: [{destination: {host: iris}}]}
  - {match: [{uri: {regex: '^/inference\\.GRPCInferenceService/.*'}}], route: [{destination: {host: iris}}]}
  - {match: [{headers: {content-type: {prefix: application/grpc}}}], route: [{destination: {host: iris}}]}
  - {match: [{uri: {prefix: /tensorflow.serving.PredictionService}}], route: [{destination: {host: iris}}]}
`)).toEqual(['error', 'error', 'error', 'error']);
});

test('a DestinationRule that upgrades', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  trafficPolicy: {connectionPool: {http: {h2UpgradePolicy: UPGRADE}}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: iris}}]}
`)).toEqual([]);
});

test('a DestinationRule that keeps the protocol on a port', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: '*.models.svc.cluster.local'
  trafficPolicy: {portLevelSettings: [{port: {number: 80}, connectionPool: {http: {useClientProtocol: true}}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: iris}}]}
`)).toEqual([]);
});

test('the port of the listener', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}, {name: grpc, port: 81}]}
---
apiVersion: networking.istio.io/v1
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
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: iris}}]}
`)).toEqual(['error']);
});

test('a prefix of the runtime that is not HTTP/2', () => {
  expect(levelsOf(rule, `apiVersion: mlops.seldon.io/v1alpha1
kind: SeldonRuntime
metadata: {name: runtime, namespace: models}
spec: {seldonConfig: default, config: {serviceConfig: {grpcServicePrefix: tcp-}}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /inference.GRPCInferenceService/}}], route: [{destination: {host: seldon-mesh, port: {number: 80}}}]}
`)).toEqual(['error']);
});
