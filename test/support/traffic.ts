/** Manifests of a gateway with two subsets, a mirror, a redirect and a policy. */
export const ROUTES = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [models.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match:
        - uri: { prefix: /v2/models/iris/ }
          headers: { x-tester: { exact: "yes" } }
      route:
        - destination: { host: iris, port: { number: 8080 }, subset: v2 }
    - match:
        - uri: { exact: /v2/models/iris }
        - uri: { prefix: /v2/models/iris/ }
      timeout: 5s
      mirror: { host: shadow, port: { number: 8080 } }
      mirrorPercentage: { value: 20 }
      route:
        - destination: { host: iris, port: { number: 8080 }, subset: v1 }
          weight: 75
          headers: { request: { set: { x-arm: v1 }, remove: [x-debug] } }
        - destination: { host: iris, port: { number: 8080 }, subset: v2 }
          weight: 25
    - match:
        - uri: { exact: /old }
      redirect: { uri: /v2/models/iris, redirectCode: 308 }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: iris, namespace: models }
spec:
  host: iris
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
---
apiVersion: v1
kind: Service
metadata: { name: iris, namespace: models }
spec:
  selector: { app: iris }
  ports: [{ port: 8080, name: http }]
---
apiVersion: v1
kind: Service
metadata: { name: shadow, namespace: models }
spec:
  selector: { app: shadow }
  ports: [{ port: 8080, name: http }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: iris-v1, namespace: models }
spec: { template: { metadata: { labels: { app: iris, version: v1 } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: iris-v2, namespace: models }
spec: { template: { metadata: { labels: { app: iris, version: v2 } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shadow, namespace: models }
spec: { template: { metadata: { labels: { app: shadow } } } }
`;

/** A policy at the gateway that denies the metrics of models. */
export const POLICY = `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-metrics, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  action: DENY
  rules:
    - to: [{ operation: { paths: ["*/metrics"] } }]
`;

/** A server that redirects requests, one that passes TLS through, and one for TCP with a rule that gets no connection. */
export const CONNECTIONS = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [models.example.com]
      tls: { httpsRedirect: true }
    - port: { number: 8443, name: tls, protocol: TLS }
      hosts: ['*.example.com']
      tls: { mode: PASSTHROUGH }
    - port: { number: 9000, name: tcp, protocol: TCP }
      hosts: ['*']
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: raw, namespace: models }
spec:
  hosts: [raw.example.com]
  gateways: [istio-system/gateway]
  tls:
    - match: [{ port: 8443, sniHosts: [raw.example.com] }]
      route: [{ destination: { host: iris, port: { number: 8080 } } }]
  tcp:
    - match: [{ port: 9000 }]
      route: [{ destination: { host: shadow, port: { number: 8080 } } }]
    - match: [{ port: 9000 }]
      route: [{ destination: { host: iris, port: { number: 8080 } } }]
---
${ROUTES.split('---\n').slice(3).join('---\n')}`;
