import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { GatewayServer } from '../../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { Mesh } from '../../../src/mesh/mesh';
import { IBackend } from '../../../src/plan/backend';
import { GrpcCalls } from '../../../src/plan/endpoint';
import { StringMatch } from '../../../src/plan/string-match';
import { OperatorRouter } from '../../../src/routers/operator-router';
import { Caller } from '../../../src/security/access/caller';
import { GatewayAccessPolicy } from '../../../src/security/access/gateway-access-policy';
import { RequestAuthentication } from '../../../src/security/authentication/request-authentication';
import { ExplainerType } from '../../../src/seldon/core1/enums';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { Model } from '../../../src/seldon/core2/model';
import { ModelRoute, ModelRouteProps } from '../../../src/traffic/model-route';
import { messageOf } from '../../support/errors';
import { synth } from '../../support/manifests';

const RISK = Caller.claim('groups', ['risk']);
const ALL = ['*'];

function setupOf(hosts: string[] = ALL, port = 80, { app = new App(), gatewayName = 'ingress' } = {}) {
  const chart = new Chart(app, 'test', { namespace: 'seldon-mesh' });
  const gateway = new Gateway(chart, gatewayName, { namespace: 'istio-system', servers: [GatewayServer.http({ hosts, port })] });
  new RequestAuthentication(chart, 'login', { gateway, jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: true }] });
  return { chart, gateway, gateways: [gateway] };
}

type Setup = ReturnType<typeof setupOf>;

const modelOf = ({ chart }: Setup, name: string, namespace?: string) =>
  new Model(chart, `${namespace ?? ''}${name}`, { storageUri: 'gs://models/x', namespace, metadata: { name } });
const route = (setup: Setup, id: string, props: Partial<ModelRouteProps> & Pick<ModelRouteProps, 'backend'>) =>
  new ModelRoute(setup.chart, id, { gateways: setup.gateways, ...props });
const close = (setup: Setup, endpoints: ModelRoute[], props: object = {}, id = 'risk') =>
  new GatewayAccessPolicy(setup.chart, id, { gateway: setup.gateway, allow: [RISK], ...endpoints.length === 0 ? {} : { endpoints }, ...props });
const problemsOf = ({ chart }: Setup) => messageOf(() => synth(App.of(chart)));
const operationsOf = (policy: IConstruct): { [field: string]: unknown }[] =>
  (ApiObject.of(policy).toJson().spec.rules as any[]).map(({ to }) => to[0].operation);

describe('a policy for some endpoints does not affect others', () => {
  test('with the same name on a separate host: rules for all hosts exclude it, port by port', () => {
    const setup = setupOf(['*.b.test', 'a.test'], 8080);
    const closed = route(setup, 'closed', { endpoint: 'iris', hosts: ['*.b.test'], backend: modelOf(setup, 'iris-v1') });
    const policy = close(setup, [closed]);
    route(setup, 'open', { endpoint: 'iris', hosts: ['a.test'], backend: modelOf(setup, 'iris-v2') });
    expect(problemsOf(setup)).toEqual('no error');
    const operations = operationsOf(policy);
    expect(operations.map(({ notHosts }) => notHosts)).toEqual(operations.map(() => ['a.test', 'a.test:80', 'a.test:443', 'a.test:8080']));
    expect(operations.map(({ hosts }) => hosts)).toEqual(operations.map(() => undefined));
  });

  test('on several hosts: they are listed in order, each with the ports of all gateways', () => {
    const setup = setupOf(['*.b.test', 'a.test', 'c.test'], 8080);
    const policy = close(setup, [route(setup, 'closed', { endpoint: 'iris', hosts: ['*.b.test'], backend: modelOf(setup, 'iris-v1') })]);
    const other = new Gateway(setup.chart, 'second', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts: ['*'], port: 90 })] });
    route(setup, 'open', { endpoint: 'iris', hosts: ['c.test', 'A.test'], gateways: [...setup.gateways, other], backend: modelOf(setup, 'iris-v2') });
    const ports = (host: string) => [host, ...[80, 90, 443, 8080].map((port) => `${host}:${port}`)];
    const operations = operationsOf(policy);
    expect(operations.map(({ notHosts }) => notHosts)).toEqual(operations.map(() => [...ports('a.test'), ...ports('c.test')]));
  });

  test('with other requests: rules do not match them', () => {
    const setup = setupOf(['*.b.test', 'a.test']);
    const policy = close(setup, [route(setup, 'closed', { endpoint: 'iris', hosts: ['*.b.test'], backend: modelOf(setup, 'iris-v1') })]);
    route(setup, 'open', { endpoint: 'wine', hosts: ['a.test'], backend: modelOf(setup, 'wine-v1') });
    expect(problemsOf(setup)).toEqual('no error');
    expect(operationsOf(policy).some((operation) => 'notHosts' in operation)).toBe(false);
  });

  test('a page on a separate host', () => {
    const setup = setupOf(['*.b.test', 'a.test']);
    const policy = close(setup, [route(setup, 'closed', { endpoint: 'iris', hosts: ['*.b.test'], backend: modelOf(setup, 'iris-v1') })]);
    route(setup, 'page', {
      hosts: ['a.test'], paths: [StringMatch.prefix('/')], grpc: GrpcCalls.none(), backend: ServiceBackend.of({ name: 'page', namespace: 'web', port: 80 }),
    });
    expect(problemsOf(setup)).toEqual('no error');
    expect(operationsOf(policy)[0].notHosts).toEqual(['a.test', 'a.test:80', 'a.test:443']);
  });

  test('a page behind all models', () => {
    const setup = setupOf();
    close(setup, [route(setup, 'closed', { endpoint: 'iris', backend: modelOf(setup, 'iris-v1') })]);
    route(setup, 'page', { paths: [StringMatch.prefix('/')], grpc: GrpcCalls.none(), backend: ServiceBackend.of({ name: 'page', namespace: 'web', port: 80 }) });
    expect(problemsOf(setup)).toEqual('no error');
  });

  test('with full host names: rules list them', () => {
    const setup = setupOf(['a.test', 'b.test']);
    const policy = close(setup, [route(setup, 'closed', { endpoint: 'iris', hosts: ['b.test'], backend: modelOf(setup, 'iris-v1') })]);
    route(setup, 'open', { endpoint: 'iris', hosts: ['a.test'], backend: modelOf(setup, 'iris-v2') });
    expect(problemsOf(setup)).toEqual('no error');
    expect(operationsOf(policy)[0].hosts).toEqual(['b.test', 'b.test:*']);
  });

  test('behind a gateway of other pods', () => {
    const setup = setupOf();
    close(setup, [route(setup, 'closed', { endpoint: 'fraud', backend: modelOf(setup, 'iris-v1') })]);
    const other = new Gateway(setup.chart, 'other', { namespace: 'edge', selector: { app: 'edge' }, servers: [GatewayServer.http()] });
    route(setup, 'open', { endpoint: 'iris-v1', gateways: [other], backend: modelOf(setup, 'wine-v1') });
    expect(problemsOf(setup)).toEqual('no error');
  });

  test('with a policy of the same callers', () => {
    const setup = setupOf();
    close(setup, [route(setup, 'closed', { endpoint: 'fraud', backend: modelOf(setup, 'iris-v1') })]);
    const other = route(setup, 'other', { endpoint: 'iris-v1', backend: modelOf(setup, 'wine-v1') });
    new GatewayAccessPolicy(setup.chart, 'more', { gateway: setup.gateway, endpoints: [other], allow: [RISK] });
    expect(problemsOf(setup)).toEqual('no error');
  });
});

describe('a policy that denies requests for another endpoint', () => {
  const denies = (what: string, host: string, who: string, remedy: string) => `  [test/open] test/risk denies requests with ${what} on host "${host}" to all callers except its own, `
    + `and endpoint "${who}" of test/open, which is not an endpoint of the policy, accepts such requests. ${remedy}, or add it to the endpoints of the policy`;
  const [NAME, FULL, SCOPE] = ['Rename this endpoint', 'Rename this endpoint, set full host names for one of the two',
    'Rename this endpoint, restrict endpoints with full host names in the policy'];
  const closed = (setup: Setup, props: Partial<ModelRouteProps> = {}) => route(setup, 'closed', { endpoint: 'fraud', backend: modelOf(setup, 'iris-v1'), ...props });

  test.each<[string, string[], (setup: Setup) => void, string]>([
    ['with the name of the model of the restricted one', ['a.test'], (setup) => {
      close(setup, [closed(setup)]);
      route(setup, 'open', { endpoint: 'iris-v1', backend: modelOf(setup, 'wine-v1') });
    }, denies('path exact "/v2/models/iris-v1"', 'a.test', 'iris-v1', NAME)],
    ['on all hosts', ALL, (setup) => {
      close(setup, [closed(setup)]);
      route(setup, 'open', { endpoint: 'iris-v1', backend: modelOf(setup, 'wine-v1') });
    }, denies('path exact "/v2/models/iris-v1"', '*', 'iris-v1', SCOPE)],
    ['only by the header of its calls', ['a.test'], (setup) => {
      close(setup, [closed(setup)]);
      route(setup, 'open', { paths: [], grpc: GrpcCalls.byHeader('seldon-model', 'iris-v1'), backend: modelOf(setup, 'wine-v1') });
    }, denies('header seldon-model: iris-v1', 'a.test', 'open', NAME)],
    ['on hosts that no rule can list', ['*.a.test', '*.b.test'], (setup) => {
      close(setup, [closed(setup, { endpoint: 'iris', hosts: ['*.b.test'] })]);
      route(setup, 'open', { endpoint: 'iris', hosts: ['*.a.test'], backend: modelOf(setup, 'wine-v1') });
    }, denies('path exact "/v2/models/iris"', '*.a.test', 'iris', FULL)],
    ['on a host below that of the restricted one', ALL, (setup) => {
      close(setup, [closed(setup, { endpoint: 'iris' })]);
      route(setup, 'open', { endpoint: 'iris', hosts: ['a.test'], backend: modelOf(setup, 'wine-v1') });
    }, denies('path exact "/v2/models/iris"', 'a.test', 'iris', SCOPE)],
    ['of a model with the same name in another namespace', ALL, (setup) => {
      close(setup, [], { models: [modelOf(setup, 'iris')] });
      route(setup, 'open', { endpoint: 'iris', backend: modelOf(setup, 'iris', 'other') });
    }, denies('path exact "/v2/models/iris"', '*', 'iris', SCOPE)],
    ['whose policy allows others', ['a.test'], (setup) => {
      close(setup, [closed(setup)]);
      const open = route(setup, 'open', { endpoint: 'iris-v1', backend: modelOf(setup, 'wine-v1') });
      new GatewayAccessPolicy(setup.chart, 'more', { gateway: setup.gateway, endpoints: [open], allow: [Caller.authenticated()] });
    }, denies('path exact "/v2/models/iris-v1"', 'a.test', 'iris-v1', NAME)],
  ])('fails for one %s', (_what, hosts, make, message) => {
    const setup = setupOf(hosts);
    make(setup);
    expect(problemsOf(setup).split('\n')).toContain(message);
  });
});

describe('the explainer of a restricted predictor', () => {
  const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit' });
  const deploymentOf = ({ chart }: Setup) => new SeldonDeployment(chart, 'credit', {
    predictors: [{ name: 'main', graph, explainer: { type: ExplainerType.ANCHOR_TABULAR } }],
  });
  const OPEN = '  [test/credit] the operator\'s route for explainer of predictor main of SeldonDeployment seldon-mesh/credit '
    + 'routes to explainer of predictor main of SeldonDeployment seldon-mesh/credit '
    + 'through gateway ingress without a policy, and test/risk restricts access to it. Add its predictor or explainer '
    + 'to models of a GatewayAccessPolicy, such as deployment.explainer("main")';

  test.each([[undefined], ['scoring']])('fails if the operator leaves it open, with any name of the endpoint: %s', (endpoint) => {
    const setup = setupOf();
    const backend = deploymentOf(setup).predictor('main');
    close(setup, [route(setup, 'credit-route', { endpoint, backend, router: new OperatorRouter() })]);
    expect(problemsOf(setup).split('\n')).toContain(OPEN);
  });

  test('can be restricted together with it', () => {
    const setup = setupOf();
    const deployment = deploymentOf(setup);
    close(setup, [route(setup, 'credit-route', { backend: deployment.predictor('main'), router: new OperatorRouter() })], { models: [deployment.explainer('main')] });
    expect(problemsOf(setup)).toEqual('no error');
  });

  test('can be restricted by a separate policy', () => {
    const setup = setupOf();
    const deployment = deploymentOf(setup);
    close(setup, [route(setup, 'credit-route', { backend: deployment.predictor('main'), router: new OperatorRouter() })]);
    close(setup, [], { models: [deployment.explainer('main')] }, 'why');
    expect(problemsOf(setup)).toEqual('no error');
  });

  describe('without a route of the app', () => {
    type Models = (deployment: SeldonDeployment) => IBackend[];
    function problemsOfPolicyFor(operatorIstio: boolean | undefined, gatewayName: string, models: Models): string {
      const app = new App();
      Mesh.configure(app, { operatorIstio });
      const setup = setupOf(ALL, 80, { app, gatewayName });
      close(setup, [], { models: models(deploymentOf(setup)) });
      return problemsOf(setup);
    }
    const predictor: Models = (deployment) => [deployment.predictor('main')];

    test('is open if the operator creates Istio objects', () => {
      expect(problemsOfPolicyFor(true, 'seldon-gateway', predictor).split('\n')).toContain(OPEN.replace('gateway ingress', 'gateway seldon-gateway'));
    });

    test.each<[string, boolean | undefined, string, Models]>([
      ['restricted as well', true, 'seldon-gateway', (deployment) => [...predictor(deployment), deployment.explainer('main')]],
      ['routed at another gateway', true, 'ingress', predictor],
      ['without a route', false, 'seldon-gateway', predictor],
      ['perhaps routed', undefined, 'seldon-gateway', predictor],
    ])('is %s', (_what, operatorIstio, gatewayName, models) => {
      expect(problemsOfPolicyFor(operatorIstio, gatewayName, models)).toBe('no error');
    });
  });

  test('endpoints with equal names are not confused', () => {
    const setup = setupOf(['a.test', 'b.test']);
    const backend = ServiceBackend.of({ name: 'iris', namespace: 'ml', port: 80 });
    const inner = new Chart(setup.chart, 'inner', { namespace: 'seldon-mesh' });
    const closed = route(setup, 'iris', { hosts: ['a.test'], backend, paths: [StringMatch.prefix('/a/')], grpc: GrpcCalls.none() });
    new ModelRoute(inner, 'iris', {
      gateways: setup.gateways, hosts: ['b.test'], backend, paths: [StringMatch.prefix('/b/')], grpc: GrpcCalls.none(), endpoint: 'iris', metadata: { name: 'iris' },
    });
    close(setup, [closed]);
    expect(problemsOf(setup)).toContain('endpoint "iris" of test/inner/iris routes to Service ml/iris through gateway ingress without a policy, and test/risk restricts access to it');
  });
});
