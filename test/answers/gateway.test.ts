import { Answers } from '../support/answers';

const GATEWAY = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}
---`;

const route = (name: string, spec: string, created?: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: models${created === undefined ? '' : `, creationTimestamp: '${created}'`}}
spec: ${spec}
---`;

const rules = (...http: string[]) => new Answers(`${GATEWAY}${route('routes', `{hosts: [h.test], gateways: [istio-system/gateway], http: [${http.join(', ')}]}`)}`);
const to = (name: string) => `route: [{destination: {host: ${name}, port: {number: 80}}}]`;

test('a rule answers, and another host gets 404', () => {
  const answers = rules(`{match: [{uri: {prefix: /v2}}], ${to('iris')}}`);

  expect(answers.to('http://h.test/v2/models')).toBe('iris.models:80');
  expect(answers.to('http://h.test/v1')).toBe('not-found 404');
  expect(answers.to('http://other.test/v2')).toBe('not-found 404');
  expect(answers.to('http://H.test:80/v2')).toBe('iris.models:80');
});

test('with m VirtualServices of unknown age there are m cases', () => {
  const spec = (name: string, path: string) => `{hosts: [h.test], gateways: [istio-system/gateway], http: [{match: [{uri: {prefix: ${path}}}], ${to(name)}}]}`;
  const all = ['a', 'b', 'c'].map((name) => route(name, spec(name, '/v'))).join('');
  const answers = new Answers(GATEWAY + all + route('d', spec('d', '/w')));

  expect(answers.to('http://h.test/v')).toBe([
    'if VirtualService models/a is the oldest of those that match: a.models:80',
    'if VirtualService models/b is the oldest of those that match: b.models:80',
    'if VirtualService models/c is the oldest of those that match: c.models:80',
  ].join(' | '));
  expect(answers.to('http://h.test/w')).toBe('d.models:80');
});
