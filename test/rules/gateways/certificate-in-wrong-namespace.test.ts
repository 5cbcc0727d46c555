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
