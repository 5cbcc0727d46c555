import { App, Chart } from 'cdk8s';
import { deployment, messageOf, predictor } from './core1-fixtures';
import { Gateway } from '../../src/istio/gateway';
import { ExplainerType } from '../../src/seldon/core1-enums';
import { SeldonDeploymentProps } from '../../src/seldon/seldon-deployment-props';
import { ModelRoute } from '../../src/traffic/model-route';
import { manifestOf, manifestsOf } from '../manifests';

const explained = (endpoint?: { servicePort: number }): Partial<SeldonDeploymentProps> => ({
  predictors: [predictor('main', { explainer: { type: ExplainerType.ANCHOR_TABULAR, endpoint } })],
});

test('a route to an explainer has the path, the rewrite and the port that the operator gives it', () => {
  const made = deployment(explained());
  const chart = Chart.of(made);
  new ModelRoute(chart, 'why', { gateways: [Gateway.fromGatewayName(chart, 'gateway', 'gateway', { namespace: 'istio-system' })], backend: made.explainer('main') });

  expect(manifestOf(chart, 'VirtualService').spec.http).toEqual([{
    name: 'why-http',
    match: [{ uri: { prefix: '/seldon/seldon/iris-explainer/main/' } }],
    rewrite: { uri: '/' },
    route: [{ destination: { host: 'iris-main-explainer.seldon.svc.cluster.local', port: { number: 9000 } } }],
  }]);
  expect(manifestsOf(chart, 'DestinationRule')).toEqual([]);
});

test('the port is the one of its endpoint', () => {
  const made = deployment(explained({ servicePort: 8090 }));

  expect(made.explainer('main').target(made)).toMatchObject({ port: 8090, ports: [8090], description: 'explainer of predictor main of SeldonDeployment seldon/iris' });
});

test('fails for a predictor that is not there or has no explainer', () => {
  const made = deployment();

  expect(messageOf(() => made.explainer('main'))).toEqual('predictor "main" has no explainer: give it one (at chart/iris)');
  expect(messageOf(() => made.explainer('other'))).toEqual('no predictor "other": expected one of "main" (at chart/iris)');
});

test('fails to route without a namespace', () => {
  const made = deployment(explained(), 'iris', new Chart(new App(), 'chart'));

  expect(messageOf(() => made.explainer('main').target(made))).toEqual(
    'SeldonDeployment iris has no namespace: say the namespace of the chart or of the deployment: the path of its explainers has it (at chart/iris)');
});
