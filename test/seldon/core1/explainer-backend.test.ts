import { ApiObject, App, Chart } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { ExplainerType } from '../../../src/seldon/core1/enums';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';
import { PredictorReference, SeldonDeploymentReferenceOptions } from '../../../src/seldon/core1/seldon-deployment-reference';
import { ModelRoute } from '../../../src/traffic/model-route';
import { chartOf, deployment, predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';
import { manifestOf, manifestsOf } from '../../support/manifests';

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

  expect(messageOf(() => made.explainer('main'))).toEqual('predictor "main" has no explainer. Set explainer on it (at chart/iris)');
  expect(messageOf(() => made.explainer('other'))).toEqual('no predictor "other". Expected one of "main" (at chart/iris)');
});

describe('of an existing deployment', () => {
  const refer = (reference: Partial<PredictorReference> = {}, options: Partial<SeldonDeploymentReferenceOptions> = {}) => {
    const chart = chartOf();
    return SeldonDeployment.fromSeldonDeploymentName(chart, 'ref', 'iris', { predictors: [{ name: 'main', ...reference }], ...options });
  };

  test('is reached like one of this app', () => {
    const [made, reference] = [deployment(explained()), refer({ explainer: true })];
    expect(reference.explainer('main').target(reference)).toEqual(made.explainer('main').target(made));
  });

  test('has the port that is set', () => {
    const reference = refer({ explainerPort: 8090 });
    expect(reference.explainer('main').target(reference).port).toEqual(8090);
  });

  test.each<[Partial<PredictorReference>, string]>([
    [{}, 'predictor "main" has no explainer. Set explainer: true on it if it has one'],
    [{ explainer: false }, 'predictor "main" has no explainer. Set explainer: true on it if it has one'],
    [{ explainer: false, explainerPort: 9000 }, 'explainerPort of predictor "main", which has no explainer. Leave one of the two out'],
    [{ explainerPort: 0 }, 'explainerPort of predictor "main" 0. Expected a whole number from 1 to 65535'],
    [{ explainer: 'yes' as unknown as boolean }, 'predictors[0].explainer "yes". Expected true or false'],
  ])('fails for %j', (reference, message) => {
    expect(messageOf(() => refer(reference).explainer('main'))).toEqual(`${message} (at chart/ref)`);
  });

  test('fails for a predictor that is not there', () => {
    expect(messageOf(() => refer({ explainer: true }).explainer('x'))).toEqual('no predictor "x". Expected one of "main" (at chart/ref)');
  });

  test.each(['VirtualService iris-main-explainer-http', 'DestinationRule iris-main-explainer'])('has the operator\'s %s', (object) => {
    const chart = Chart.of(refer({ explainer: true }, { operatorRoutes: true }));
    const [kind, name] = object.split(' ');
    const spec = kind === 'DestinationRule' ? { host: 'a' } : { hosts: ['a'], http: [{ route: [{ destination: { host: 'a' } }] }] };
    new ApiObject(chart, 'own', { apiVersion: 'networking.istio.io/v1', kind, metadata: { name, namespace: 'seldon' }, spec });
    expect(messageOf(() => App.of(chart).synthYaml())).toEqual('Validation failed with the following errors:\n'
      + `  [chart/own] ${kind} "${name}" (chart/own) has the name that Seldon's operator gives to its own for chart/ref. `
      + 'The operator overwrites it: set another name, by metadata.name or the construct id');
  });
});

test('fails to route without a namespace', () => {
  const made = deployment(explained(), 'iris', new Chart(new App(), 'chart'));

  expect(messageOf(() => made.explainer('main').target(made))).toEqual(
    'SeldonDeployment iris has no namespace. Set the namespace of the chart or of the deployment, which is part of the path of its explainers (at chart/iris)');
});
