import { ApiObject, App, Chart } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { GatewayServer } from '../../../src/istio/gateway/gateway-server';
import { ServiceBackend, ServiceBackendProps } from '../../../src/istio/service/service-backend';
import { Warnings } from '../../../src/mesh/warnings';
import { IBackend } from '../../../src/plan/backend';
import { GrpcCalls } from '../../../src/plan/endpoint';
import { PathRewrite } from '../../../src/plan/policy';
import { StringMatch } from '../../../src/plan/string-match';
import { ExperimentRouter } from '../../../src/routers/experiment-router';
import { Caller } from '../../../src/security/access/caller';
import { GatewayAccessPolicy } from '../../../src/security/access/gateway-access-policy';
import { RequestAuthentication } from '../../../src/security/authentication/request-authentication';
import { ExplainerType } from '../../../src/seldon/core1/enums';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { Experiment } from '../../../src/seldon/core2/experiment';
import { Model } from '../../../src/seldon/core2/model';
import { Pipeline } from '../../../src/seldon/core2/pipeline';
import { Server } from '../../../src/seldon/core2-runtime/server';
import { Canary } from '../../../src/traffic/canary';
import { ModelRoute } from '../../../src/traffic/model-route';
import { TrafficSplit } from '../../../src/traffic/traffic-split';
import { messageOf } from '../../support/errors';
import { synth } from '../../support/manifests';

const RISK = Caller.claim('groups', ['risk']);

/** A gateway that validates tokens, and two models. */
function setupOf() {
  const chart = new Chart(new App(), 'test', { namespace: 'seldon-mesh' });
  const gateway = new Gateway(chart, 'ingress', { namespace: 'istio-system', servers: [GatewayServer.http()] });
  new RequestAuthentication(chart, 'login', { gateway, jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: true }] });
  const [fraud, wine] = ['fraud-v1', 'wine-v1'].map((name) => new Model(chart, name, { storageUri: 'gs://models/x' }));
  return { chart, gateways: [gateway], fraud, wine };
}

type Setup = ReturnType<typeof setupOf>;

const guard = ({ chart, gateways }: Setup, endpoints: ModelRoute[], props: object = {}) =>
  new GatewayAccessPolicy(chart, 'risk', { gateway: gateways[0], endpoints, allow: [RISK], ...props });
const problemsOf = ({ chart }: Setup) => messageOf(() => synth(App.of(chart)));
const REMEDY = 'through gateway ingress without a policy, and test/risk restricts access to it. '
  + 'Add this endpoint to a GatewayAccessPolicy as well';
const shared = (more: Partial<ServiceBackendProps> = {}) => ServiceBackend.of({ name: 'seldon-mesh', namespace: 'seldon-mesh', port: 80, ...more });
const PLAIN = { paths: [StringMatch.prefix('/v2/other/')], grpc: GrpcCalls.none() };
const ANY = 'through gateway ingress and does not set the header seldon-model, so callers can choose any model, and test/risk restricts one of them. '
  + 'Route to a Model, Pipeline or Experiment, or set requestHeaders';

describe('Seldon Core 2', () => {
  test.each<[string, (setup: Setup) => void, string, string]>([
    ['a split by an Experiment', ({ chart, gateways, fraud, wine }) => {
      new TrafficSplit(chart, 'split', { gateways, router: new ExperimentRouter(), arms: [{ backend: wine, weight: 50 }, { backend: fraud, weight: 50 }] });
    }, 'split', `Experiment seldon-mesh/split, where fraud-v1 answers for Experiment "split", ${REMEDY}`],
    ['a canary of an Experiment', ({ chart, gateways, fraud, wine }) => {
      new Canary(chart, 'can', { gateways, router: new ExperimentRouter({ defaultCandidate: 'wine-v1' }), stable: wine, canary: fraud, weight: 10 });
    }, 'can', `Experiment seldon-mesh/can, where fraud-v1 answers for Experiment "can", ${REMEDY}`],
    ['a route to an Experiment', ({ chart, gateways }) => {
      const backend = new Experiment(chart, 'exp', { candidates: [{ name: 'wine-v1', weight: 50 }, { name: 'fraud-v1', weight: 50 }] });
      new ModelRoute(chart, 'wine', { gateways, backend });
    }, 'wine', `Experiment seldon-mesh/exp, where fraud-v1 answers for Experiment "exp", ${REMEDY}`],
    ['a route to a model that an Experiment took over', ({ chart, gateways, wine }) => {
      new Experiment(chart, 'exp', { defaultCandidate: 'wine-v1', candidates: [{ name: 'wine-v1', weight: 50 }, { name: 'fraud-v1', weight: 50 }] });
      new ModelRoute(chart, 'wine', { gateways, backend: wine });
    }, 'wine', `Model seldon-mesh/wine-v1, where fraud-v1 answers for Experiment "exp", ${REMEDY}`],
    ['a pipeline with the model as a step', ({ chart, gateways, fraud }) => {
      const backend = new Pipeline(chart, 'pipe');
      backend.addOutput({ steps: [backend.addStep(fraud).output()] });
      new ModelRoute(chart, 'pipe-route', { gateways, backend });
    }, 'pipe-route', `Pipeline seldon-mesh/pipe, where fraud-v1 answers for Pipeline "pipe", ${REMEDY}`],
    ['an arm that sets the header of the model', ({ chart, gateways }) => {
      new ModelRoute(chart, 'other', { gateways, ...PLAIN, requestHeaders: { set: { 'seldon-model': 'fraud-v1' } }, backend: shared() });
    }, 'other', `Service seldon-mesh/seldon-mesh ${REMEDY}`],
    ['a Service with the header of the model and another one', ({ chart, gateways }) => {
      new ModelRoute(chart, 'other', { gateways, ...PLAIN, backend: shared({ port: 9000, requestHeaders: { 'seldon-model': 'fraud-v1', 'x-team': 'a' } }) });
    }, 'other', `Service seldon-mesh/seldon-mesh ${REMEDY}`],
    ['a Service without the header', ({ chart, gateways }) => {
      new ModelRoute(chart, 'other', { gateways, ...PLAIN, policy: { rewrite: PathRewrite.matched('/') }, backend: shared() });
    }, 'other', `Service seldon-mesh/seldon-mesh ${ANY}`],
    ['a Service where a header is added to that of callers', ({ chart, gateways }) => {
      new ModelRoute(chart, 'other', { gateways, ...PLAIN, requestHeaders: { add: { 'seldon-model': 'wine-v1' } }, backend: shared() });
    }, 'other', `Service seldon-mesh/seldon-mesh ${ANY}`],
    ['an arm that sets the header of another model and adds the restricted one', ({ chart, gateways }) => {
      new ModelRoute(chart, 'other', { gateways, ...PLAIN, requestHeaders: { set: { 'seldon-model': 'wine-v1' }, add: { 'seldon-model': 'fraud-v1' } }, backend: shared() });
    }, 'other', `Service seldon-mesh/seldon-mesh ${ANY}`],
    ['a Service behind Seldon\'s Envoy', ({ chart, gateways }) => {
      new ModelRoute(chart, 'other', { gateways, ...PLAIN, backend: shared({ name: 'seldon-modelgateway' }) });
    }, 'other', `Service seldon-mesh/seldon-modelgateway ${ANY}`],
  ])('fails for %s', (_what, make, id, message) => {
    const setup = setupOf();
    guard(setup, [new ModelRoute(setup.chart, 'fraud', { gateways: setup.gateways, backend: setup.fraud })]);
    make(setup);
    expect(problemsOf(setup).split('\n')).toContain(`  [test/${id}] endpoint "${id}" of test/${id} routes to ${message}`);
  });

  test('a policy for an Experiment restricts its candidates, also through other routes', () => {
    const setup = setupOf();
    const { chart, gateways, fraud, wine } = setup;
    const can = new Canary(chart, 'can', { gateways, router: new ExperimentRouter(), stable: wine, canary: fraud, weight: 10 });
    new GatewayAccessPolicy(chart, 'risk', { gateway: gateways[0], endpoints: [can], allow: [RISK] });
    expect(problemsOf(setup)).toEqual('no error');
    new ModelRoute(chart, 'again', { gateways, backend: Experiment.fromExperimentName(chart, 'there', 'can') });
    expect(problemsOf(setup)).toContain(`endpoint "again" of test/again routes to Experiment seldon-mesh/can, where fraud-v1 answers for Experiment "can", ${REMEDY}`);
  });

  describe('an endpoint with its own policy', () => {
    const both = (allow: Caller[], more: object = {}, restricted: object = {}) => {
      const setup = setupOf();
      const { chart, gateways, fraud, wine } = setup;
      guard(setup, [new ModelRoute(chart, 'fraud', { gateways, backend: fraud })], restricted);
      const endpoint = new TrafficSplit(chart, 'both', { gateways, arms: [{ backend: wine, weight: 50 }, { backend: fraud, weight: 50 }] });
      new GatewayAccessPolicy(chart, 'both-access', { gateway: gateways[0], endpoints: [endpoint], allow, ...more });
      return problemsOf(setup);
    };

    const OTHER_CALLERS = '  [test/both] endpoint "both" of test/both routes to Model seldon-mesh/fraud-v1 through gateway ingress for callers of test/both-access, '
      + 'and test/risk allows only callers with claim groups "risk". Give both policies the same callers, or set sharesModels: true in test/risk';

    test.each<[string, object]>([['allows others', {}], ['allows others and only its own policy sets sharesModels', { sharesModels: true }]])('fails where it %s', (_what, more) => {
      expect(both([RISK, Caller.authenticated()], more).split('\n')).toContain(OTHER_CALLERS);
    });

    test('fails for policies with different callers when one of them shares the models and the other does not', () => {
      expect(both([Caller.claim('groups', ['web'])], {}, { sharesModels: true })).toContain('[test/fraud] endpoint "fraud" of test/fraud routes to Model '
        + 'seldon-mesh/fraud-v1 through gateway ingress for callers of test/risk, and test/both-access allows only callers with claim groups "web". '
        + 'Give both policies the same callers, or set sharesModels: true in test/both-access');
    });

    test('fails if it allows callers with a claim whose name only looks like that of a nested one', () => {
      const setup = setupOf();
      const { chart, gateways, fraud, wine } = setup;
      guard(setup, [new ModelRoute(chart, 'fraud', { gateways, backend: fraud })], { allow: [Caller.nestedClaim(['realm', 'roles'], ['risk'])] });
      const endpoint = new TrafficSplit(chart, 'both', { gateways, arms: [{ backend: wine, weight: 50 }, { backend: fraud, weight: 50 }] });
      new GatewayAccessPolicy(chart, 'both-access', { gateway: gateways[0], endpoints: [endpoint], allow: [Caller.claim('realm.roles', ['risk'])] });
      expect(problemsOf(setup)).toContain('for callers of test/both-access, and test/risk allows only callers with claim realm.roles "risk"');
    });

    test.each<[string, Caller[], object]>([
      ['allows the same callers', [RISK], {}],
      ['allows others, accepted by the policy that restricts the model', [RISK, Caller.authenticated()], { sharesModels: true }],
    ])('that %s', (_what, allow, restricted) => {
      expect(both(allow, {}, restricted)).toEqual('no error');
    });

    test('fails for two policies for one endpoint', () => {
      const setup = setupOf();
      const { chart, gateways, fraud } = setup;
      const route = new ModelRoute(chart, 'fraud', { gateways, backend: fraud });
      guard(setup, [route]);
      expect(messageOf(() => new GatewayAccessPolicy(chart, 'more', { gateway: gateways[0], endpoints: [route], allow: [Caller.claim('groups', ['audit'])] })))
        .toEqual('endpoint "fraud" of fraud is already restricted by test/risk. A request would have to satisfy both. List all callers in one policy, '
          + 'or combine conditions with Caller.allOf (at test/more)');
    });
  });

  test('other models, mirrors and models of other namespaces give no access', () => {
    const setup = setupOf();
    const { chart, gateways, wine, fraud } = setup;
    guard(setup, [new ModelRoute(chart, 'fraud', { gateways, backend: fraud })]);
    new Experiment(chart, 'exp', { candidates: [{ name: 'wine-v1', weight: 1 }], mirror: { name: 'fraud-v1', percent: 10 } });
    new ModelRoute(chart, 'wine', { gateways, backend: wine });
    new ModelRoute(chart, 'exp-route', { gateways, backend: Experiment.fromExperimentName(chart, 'there', 'exp') });
    new ModelRoute(chart, 'other', { gateways, ...PLAIN, backend: shared({ namespace: 'other' }) });
    expect(problemsOf(setup)).toEqual('no error');
  });
});

describe('an inference server of a restricted model', () => {
  const warningsFor = (name: string, more: (setup: Setup, endpoint: ModelRoute) => void = () => undefined) => {
    const setup = setupOf();
    const { chart, gateways, fraud } = setup;
    guard(setup, [new ModelRoute(chart, 'fraud', { gateways, backend: fraud })]);
    const backend = ServiceBackend.of({ name, namespace: 'seldon-mesh', port: 9000 });
    more(setup, new ModelRoute(chart, 'other', { gateways, paths: [StringMatch.prefix('/other/')], grpc: GrpcCalls.none(), backend }));
    const print = jest.spyOn(console, 'warn').mockImplementation();
    expect(problemsOf(setup)).toEqual('no error');
    expect(print.mock.calls).toEqual(Warnings.find(chart).map((text) => [`warning: ${text}`]));
    print.mockRestore();
    return Warnings.find(chart);
  };
  const warning = (name: string) => `endpoint "other" of test/other routes to Service seldon-mesh/${name} through gateway ingress, `
    + 'an inference server that answers for all models that it has loaded. Callers can bypass this policy there. '
    + 'Route to the Model, Pipeline or Experiment, or add the endpoint to the endpoints of a policy (at test/risk)';

  test.each(['mlserver-0', 'triton-12'])('bypasses the policy: %s', (name) => {
    expect(warningsFor(name)).toEqual([warning(name)]);
  });

  test('is recognized by its Server', () => {
    expect(warningsFor('gpu-0', ({ chart }) => { Server.fromServerName(chart, 'gpu-server', 'gpu'); })).toContain(warning('gpu-0'));
  });

  test('is not recognized without a number, or without a Server', () => {
    expect([...warningsFor('mlserver'), ...warningsFor('iris-2')]).toEqual([]);
  });

  test('is accepted if its endpoint is restricted as well', () => {
    expect(warningsFor('mlserver-0', ({ chart, gateways }, endpoint) => {
      new GatewayAccessPolicy(chart, 'server-access', { gateway: gateways[0], endpoints: [endpoint], allow: [RISK] });
    })).toEqual([]);
  });
});

describe('other backends', () => {
  const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit' });
  const direct = { paths: [StringMatch.exact('/go')], grpc: GrpcCalls.none(), policy: { rewrite: PathRewrite.matched('/api/v1.0/predictions') } };

  test.each<[string, (deployment: SeldonDeployment) => Partial<ConstructorParameters<typeof ModelRoute>[2]>, string]>([
    ['its Service', () => ({ ...direct, backend: shared({ name: 'credit-main', port: 8000 }) }), `Service seldon-mesh/credit-main ${REMEDY}`],
    ['another port of its Service', () => ({ ...direct, backend: shared({ name: 'credit-main', port: 5001 }) }), `Service seldon-mesh/credit-main ${REMEDY}`],
    ['the Service of a node', () => ({ ...direct, backend: shared({ name: 'credit-main-classifier', port: 9000 }) }), `Service seldon-mesh/credit-main-classifier ${REMEDY}`],
    ['its explainer', (deployment) => ({ backend: deployment.explainer('main') }), `explainer of predictor main of SeldonDeployment seldon-mesh/credit ${REMEDY}`],
  ])('fails for a restricted predictor and a route to %s', (_what, props, message) => {
    const setup = setupOf();
    const { chart, gateways } = setup;
    const deployment = new SeldonDeployment(chart, 'credit', { predictors: [{ name: 'main', graph, explainer: { type: ExplainerType.ANCHOR_TABULAR } }] });
    guard(setup, [new ModelRoute(chart, 'credit-route', { gateways, backend: deployment.predictor('main') })]);
    new ModelRoute(chart, 'other', { gateways, ...props(deployment) } as ConstructorParameters<typeof ModelRoute>[2]);
    expect(problemsOf(setup).split('\n')).toContain(`  [test/other] endpoint "other" of test/other routes to ${message}`);
  });

  test('fails for a restricted node and a route to its predictor', () => {
    const setup = setupOf();
    const { chart, gateways } = setup;
    const deployment = new SeldonDeployment(chart, 'credit', { predictors: [{ name: 'main', graph }] });
    guard(setup, [new ModelRoute(chart, 'node', { gateways, ...direct, backend: shared({ name: 'credit-main-classifier', port: 9000 }) })]);
    new ModelRoute(chart, 'other', { gateways, backend: deployment.predictor('main') });
    expect(problemsOf(setup)).toContain('endpoint "other" of test/other routes to predictor main of SeldonDeployment seldon-mesh/credit, '
      + `where credit-main-classifier.seldon-mesh.svc.cluster.local answers for predictor "main", ${REMEDY}`);
  });

  test.each([[{}, { subset: 'v1', subsetLabels: { version: 'v1' } }], [{ subset: 'v1', subsetLabels: { version: 'v1' } }, {}]])('fails for a part of a Service: %j %j', (closed, open) => {
    const setup = setupOf();
    const { chart, gateways } = setup;
    const at = (id: string, path: string, more: object) => new ModelRoute(chart, id, {
      gateways, grpc: GrpcCalls.none(), paths: [StringMatch.prefix(path)], backend: shared({ name: 'iris', ...more }),
    });
    guard(setup, [at('iris', '/iris/', closed)]);
    at('other', '/other/', open);
    expect(problemsOf(setup)).toContain(`endpoint "other" of test/other routes to Service seldon-mesh/iris${'subset' in open ? ' subset v1' : ''} ${REMEDY}`);
  });
});

describe('TCP ports', () => {
  const problemsAt = (tcpPorts: number[]) => {
    const chart = new Chart(new App(), 'test', { namespace: 'istio-system' });
    const servers = [
      GatewayServer.http(), GatewayServer.http({ port: 31400, hosts: ['b.example.com'] }), GatewayServer.passthrough({ port: 15443, hosts: ['a.example.com'] }),
      GatewayServer.https({ credentialName: 'cert', hosts: ['c.example.com'] }),
    ];
    const gateway = new Gateway(chart, 'ingress', { servers });
    new RequestAuthentication(chart, 'login', { gateway, jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: true }] });
    new GatewayAccessPolicy(chart, 'risk', { gateway, allow: [RISK], models: [new Model(chart, 'fraud-v1', { storageUri: 'gs://x' })], tcpPorts });
    return messageOf(() => synth(App.of(chart)));
  };

  test.each([80, 8080, 31400, 443, 8443])('fail if they accept HTTP requests: %d', (port) => {
    expect(problemsAt([15443, port]).split('\n')).toContain(`  [test/risk] test/risk excludes TCP port ${port}, on which Gateway test/ingress accepts HTTP requests. `
      + 'All callers could call the models there. List only TCP ports in tcpPorts');
  });

  const problemsBehind = (server: object, selector: { [label: string]: string } = { istio: 'ingressgateway' }) => {
    const setup = setupOf();
    new ApiObject(setup.chart, 'raw', { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'raw' }, spec: { selector, servers: [server] } });
    guard(setup, [new ModelRoute(setup.chart, 'fraud', { gateways: setup.gateways, backend: setup.fraud })]);
    return problemsOf(setup);
  };
  const server = (protocol: string, tls?: object) => ({ port: { number: 7000, name: 'a', protocol }, hosts: ['a.example.com'], tls });

  test.each<[string, object | undefined, boolean]>([
    ['TCP', undefined, true],
    ['TLS', { mode: 'SIMPLE', credentialName: 'a' }, true],
    ['MONGO', undefined, true],
    ['MYSQL', undefined, true],
    ['REDIS', undefined, true],
    ['HTTPS', { mode: 'PASSTHROUGH' }, true],
    ['HTTPS', { mode: 'AUTO_PASSTHROUGH' }, true],
    ['HTTPS', { mode: 'SIMPLE', credentialName: 'a' }, false],
    ['HTTP', undefined, false],
    ['GRPC', undefined, false],
  ])('have to be excluded for a server of %s with TLS settings %j: %p', (protocol, tls, fails) => {
    expect(problemsBehind(server(protocol, tls)).includes('test/risk applies to the pods of Gateway test/raw, which has a TCP server on port 7000. '
      + 'Istio would deny all connections there. List the port of the pods in tcpPorts')).toBe(fails);
  });

  test('of other pods do not matter', () => {
    expect(problemsBehind(server('TCP'), { app: 'edge' })).not.toContain('test/risk applies to the pods');
  });

  test('are accepted if none of them accepts HTTP requests', () => {
    expect(problemsAt([15443])).toEqual('no error');
  });
});

describe('two Gateways, one with additional labels', () => {
  const labelled = { istio: 'ingressgateway', app: 'istio-ingressgateway' };
  const behind = (selector: { [label: string]: string } | undefined, other: { [label: string]: string } | undefined) => {
    const { chart } = setupOf();
    const [first, second] = [selector, other].map((each, i) => new Gateway(chart, `ingress${i}`, { namespace: 'istio-system', selector: each }));
    new RequestAuthentication(chart, 'token', { gateway: first, jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: true }] });
    const route = new ModelRoute(chart, 'fraud', { gateways: [second], backend: new Model(chart, 'fraud-v2', { storageUri: 'gs://models/x' }) });
    new GatewayAccessPolicy(chart, 'risk', { gateway: first, endpoints: [route], allow: [RISK] });
    return messageOf(() => synth(App.of(chart)));
  };

  test('are accepted if the policy selects all of their pods', () => {
    expect(behind(undefined, labelled)).toBe('no error');
  });

  test('fail if the policy selects only some of the pods', () => {
    expect(behind(labelled, undefined)).toContain('endpoint "fraud" of test/fraud routes to Model seldon-mesh/fraud-v2 through gateway ingress1 without a policy, '
      + 'and test/risk restricts access to it');
  });
});

test('a plain Gateway without servers has no unprotected endpoint, and is rejected for the lack of servers alone', () => {
  const setup = setupOf();
  new ApiObject(setup.chart, 'raw', { apiVersion: 'networking.istio.io/v1', kind: 'Gateway' });
  guard(setup, [new ModelRoute(setup.chart, 'fraud', { gateways: setup.gateways, backend: setup.fraud })]);
  expect(problemsOf(setup)).toMatch(/^Validation failed .*:\n {2}\[test\/raw\] Gateway \S+ has no server\. [^\n]*$/);
});

test('what counts is where a bound backend leads, and not what its target states', () => {
  const setup = setupOf();
  const { chart, gateways, fraud } = setup;
  guard(setup, [new ModelRoute(chart, 'fraud', { gateways, backend: fraud })]);
  const backend: IBackend = {
    target: (scope) => ({ ...fraud.target(scope), host: 'other.ml.svc.cluster.local', seldon: undefined, requestHeaders: {} }),
    bind: (scope, use) => fraud.bind(scope, use),
  };
  new ModelRoute(chart, 'other', { gateways, backend });
  expect(problemsOf(setup)).toContain(`endpoint "other" of test/other routes to Model seldon-mesh/fraud-v1 ${REMEDY}`);
});
