import { App, Chart } from 'cdk8s';
import { Gateway, ServiceBackend, Traffic, TrafficSplit } from 'cdk8s-seldon-istio';
import 'cdk8s-seldon-istio/jest';

const app = new App();
const chart = new Chart(app, 'sample', { namespace: 'seldon-mesh' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const arms = ['iris1', 'iris2'].map((name) => ServiceBackend.of({ name, namespace: 'models', port: 8080 }));
new TrafficSplit(chart, 'iris', { gateways: [gateway], arms: arms.map((backend) => ({ backend, weight: 50 })) });
const traffic = Traffic.fromApp(app);

test('requests are split', () => {
  const answer = traffic.request({ path: '/v2/models/iris/infer' });
  expect(answer).toSplit({ iris1: 50, iris2: 50 });
  expect(answer).not.toBeDenied();
  expect(answer).not.toMirrorTo('iris2', 20);
  expect(answer).not.toRedirectTo('https://models.example.com/');
});

test('other paths are not served', () => {
  const answer = traffic.request({ path: '/v2/models/iris-large/infer' });
  expect(answer).toBeUnanswered();
  expect(answer).not.toBeServedBy(arms[0]);
});

test('a gRPC call that no rule matches', () => {
  const answer = traffic.request({ grpc: 'inference.GRPCInferenceService/ModelInfer', metadata: ['seldon-model: other'] });
  expect(answer).toHaveGrpcStatus('UNIMPLEMENTED');
  expect(answer).not.toHaveGrpcStatus('UNAVAILABLE');
  expect(answer).not.toBeDelayed('2s', 10);
});

test('a failure shows what was expected', () => {
  expect(() => expect(traffic.request({ path: '/v2/models/iris/infer' })).toSplit({ iris1: 60, iris2: 40 })).toThrow('expected: requests are split: iris1 60 %');
});
