import { certificateInWrongNamespace as rule } from '../../../src/rules/gateways/certificate-in-wrong-namespace';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway models/models spec.servers[0].tls.credentialName',
    problem: 'Gateway models/models refers to Secret "models-certificate", which exists as models/models-certificate, and the gateway\'s pods are in namespace istio-ingress',
    remedy: 'create the Secret in namespace istio-ingress, where Istio reads it',
    related: ['Secret models/models-certificate'],
  }]);
});

test('no workload is known', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Secret
metadata: {name: certificate, namespace: models}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});

test('no Secret is known', () => {
  expect(levelsOf(rule, `apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec: {template: {metadata: {labels: {istio: ingressgateway}}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});

test('in both namespaces', () => {
  expect(levelsOf(rule, `apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec: {template: {metadata: {labels: {istio: ingressgateway, app: ingress}}}}
---
apiVersion: v1
kind: Secret
metadata: {name: certificate, namespace: models}
---
apiVersion: v1
kind: Secret
metadata: {name: certificate, namespace: istio-system}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});

test('one of two names', () => {
  expect(levelsOf(rule, `apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec: {template: {metadata: {labels: {istio: ingressgateway}}}}
---
apiVersion: v1
kind: Secret
metadata: {name: a, namespace: models}
---
apiVersion: v1
kind: Secret
metadata: {name: b, namespace: istio-system}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.com], tls: {mode: SIMPLE, credentialNames: [a, b]}}
`)).toEqual(['error']);
});

test('a server that passes TLS through', () => {
  expect(levelsOf(rule, `apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec: {template: {metadata: {labels: {istio: ingressgateway}}}}
---
apiVersion: v1
kind: Secret
metadata: {name: certificate, namespace: models}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.com], tls: {mode: PASSTHROUGH, credentialName: certificate}}
`)).toEqual([]);
});

test('a Secret that cert-manager creates', () => {
  const gateway = (certificates: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-ingress}
spec: {selector: {matchLabels: {istio: ingress}}, template: {metadata: {labels: {istio: ingress}}, spec: {containers: []}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: shop, namespace: shop}
spec:
  selector: {istio: ingress}
  servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: shop-tls}}]
${certificates}`;
  const certificate = (namespace: string, spec = '') => `---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: certificate, namespace: ${namespace}}
spec: {secretName: shop-tls, dnsNames: [a.example.com], issuerRef: {name: issuer}${spec}}
`;
  expect(problemsOf(rule, gateway(certificate('shop')))).toEqual([{
    at: 'error at Gateway shop/shop spec.servers[0].tls.credentialName',
    problem: 'Gateway shop/shop refers to Secret "shop-tls", which Certificate shop/certificate creates as shop/shop-tls, and the gateway\'s pods are in namespace istio-ingress',
    remedy: 'move the Certificate to namespace istio-ingress, where Istio reads the Secret',
    related: ['Certificate shop/certificate'],
  }]);
  expect(levelsOf(rule, gateway(certificate('istio-ingress')))).toEqual([]);
  expect(levelsOf(rule, gateway(certificate('shop') + certificate('istio-ingress')))).toEqual([]);
  expect(levelsOf(rule, gateway(certificate('shop', ', secretTemplate: {annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}}')))).toEqual([]);
  expect(levelsOf(rule, gateway(certificate('shop').replace('secretName: shop-tls, ', '')))).toEqual([]);
});
