import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { OperatorTlsMode } from '../../src/cluster/core1-operator/environment';
import { PredictorManifest, SeldonDeploymentManifest, UnitManifest } from '../../src/cluster/core1-operator/manifest';
import { BackendPolicy } from '../../src/istio/destination-rule/backend-policy';
import { ClientTlsMode } from '../../src/istio/destination-rule/client-tls';
import { DestinationRule, DestinationRuleProps } from '../../src/istio/destination-rule/destination-rule';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { VirtualService } from '../../src/istio/virtual-service/virtual-service';
import { RouteEngine } from '../../src/plan/backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { IGateway } from '../../src/plan/gateway-ref';
import { Plan } from '../../src/plan/plan';
import { PathRewrite } from '../../src/plan/policy';
import { IRouter } from '../../src/plan/router';
import { StringMatch } from '../../src/plan/string-match';
import { OperatorRouter } from '../../src/routers/operator-router';
import { ExplainerType, SeldonProtocol } from '../../src/seldon/core1/enums';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PredictorProps } from '../../src/seldon/core1/predictor-props';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../src/seldon/core1/seldon-deployment-props';
import { Model } from '../../src/seldon/core2/model';
import { AbTest } from '../../src/traffic/ab-test';
import { BlueGreen, BlueGreenPreview, BlueGreenSlot } from '../../src/traffic/blue-green';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';
import { EndpointProps } from '../../src/traffic/endpoint-props';
import { ModelRoute } from '../../src/traffic/model-route';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';
import { TrafficSplit, TrafficSplitProps, WeightedArm } from '../../src/traffic/traffic-split';
import { backendWith } from '../support/backends';
import { chartOf, predictor, specOf } from '../support/core1';
import { findingsOf, messageOf } from '../support/errors';
import { manifestsOf } from '../support/manifests';

const HEADERS = { namespace: 'seldon', seldon: 'iris' };
const METHODS = StringMatch.regex('.*tensorflow.*|.*seldon.protos.*|.*inference.*');
const GATEWAY: IGateway = { gatewayName: 'gw', gatewayNamespace: 'istio-system' };

/** Leaves the plan to the test. */
const UNHEARD: IRouter = { engine: RouteEngine.OPERATOR, route: () => undefined };

class Story {
  public readonly chart = chartOf();
  public readonly deployment: SeldonDeployment;

  constructor(props: Partial<SeldonDeploymentProps> = {}, names: string[] = ['main', 'canary', 'dark']) {
    this.deployment = new SeldonDeployment(this.chart, 'iris', { predictors: names.map((name) => predictor(name)), ...props });
  }

  public arms(main = 75, canary = 25): WeightedArm[] {
    return [
      { backend: this.deployment.predictor('main'), weight: main }, { backend: this.deployment.predictor('canary'), weight: canary },
    ];
  }

  public split(props: Partial<TrafficSplitProps> = {}, id = 'rollout'): TrafficSplit {
    return new TrafficSplit(this.chart, id, { gateways: [GATEWAY], arms: this.arms(), router: new OperatorRouter(), ...props });
  }

  public route(change: (plan: Plan) => Plan, id = 'plan'): string {
    const made = new TrafficSplit(this.chart, id, { gateways: [GATEWAY], arms: this.arms(), router: UNHEARD });
    return messageOf(() => new OperatorRouter().route(made, change(made.plan)));
  }

  public objects(): { kind: string; metadata: { name: string; annotations?: object }; spec: { predictors: PredictorManifest[] } }[] {
    return Testing.synth(this.chart);
  }

  public traffic(): unknown[] {
    return this.objects()[0].spec.predictors.map(({ name, traffic, shadow }) => [name, traffic, shadow]);
  }
}

test('sets traffic and annotations, and writes no object', () => {
  const story = new Story();
  story.split();
  expect(story.objects().map(({ kind }) => kind)).toEqual(['SeldonDeployment']);
  expect(story.traffic()).toEqual([['main', 75, undefined], ['canary', 25, undefined], ['dark', 0, undefined]]);
  expect(story.objects()[0].metadata.annotations).toEqual({ 'seldon.io/istio-gateway': 'istio-system/gw' });
  expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
});

test('accepts the operator\'s own endpoint when it is set', () => {
  const story = new Story();
  story.split({
    paths: [StringMatch.prefix('/seldon/seldon/iris/')], policy: { rewrite: PathRewrite.matched('/') }, grpc: GrpcCalls.byHeaders(HEADERS).withMethods(METHODS),
  });
  expect(story.traffic()[0]).toEqual(['main', 75, undefined]);
});

test('one arm gets everything', () => {
  const story = new Story();
  new ModelRoute(story.chart, 'rollout', { gateways: [GATEWAY], backend: story.deployment.predictor('canary'), router: new OperatorRouter() });
  expect(story.traffic()).toEqual([['main', 0, undefined], ['canary', 100, undefined], ['dark', 0, undefined]]);
});

test('a mirror is a shadow', () => {
  const story = new Story();
  new ShadowDeployment(story.chart, 'rollout', {
    gateways: [GATEWAY],
    router: new OperatorRouter(),
    primary: story.deployment.predictor('main'),
    shadows: [{ backend: story.deployment.predictor('dark'), percent: 30 }],
  });
  expect(story.traffic()).toEqual([['main', 100, undefined], ['canary', 0, undefined], ['dark', 30, true]]);
});

test('a canary may have a shadow', () => {
  const story = new Story();
  story.split({ mirrors: [{ backend: story.deployment.predictor('dark'), percent: 100 }] });
  expect(story.traffic()).toEqual([['main', 75, undefined], ['canary', 25, undefined], ['dark', 100, true]]);
});

test('sets hosts and retries for the operator', () => {
  const story = new Story();
  story.split({
    hosts: ['a.example.com', 'b.example.com'],
    policy: { retries: { attempts: 3, perTryTimeout: Duration.seconds(5), retryOn: ['refused-stream', 'gateway-error', 'connect-failure'] } },
  });
  expect(story.objects()[0].metadata.annotations).toEqual({
    'seldon.io/istio-gateway': 'istio-system/gw',
    'seldon.io/istio-host': 'a.example.com,b.example.com',
    'seldon.io/istio-retries': '3',
    'seldon.io/istio-retries-timeout': '5',
  });
});

test('sets no hosts where all are intended', () => {
  const story = new Story();
  expect(story.route((plan) => {
    const [endpoint] = plan.endpoints;
    return { ...plan, endpoints: [{ ...endpoint, endpoint: { ...endpoint.endpoint, hosts: ['a.example.com', '*'] } }] };
  })).toEqual('no error');
  expect(story.objects()[0].metadata.annotations).toEqual({ 'seldon.io/istio-gateway': 'istio-system/gw' });
});

test.each(['seldon', 'models'])('takes namespace %s, of the deployment or the chart', (namespace) => {
  const chart = chartOf('models');
  const made = new SeldonDeployment(chart, 'iris', { namespace: 'seldon', predictors: [predictor('main'), predictor('canary')] });
  new ModelRoute(chart, 'rollout', { gateways: [GATEWAY], namespace, backend: made.predictor('canary'), router: new OperatorRouter() });
  expect(specOf(made).predictors.map(({ traffic }: PredictorManifest) => traffic)).toEqual([0, 100]);
});

test('routes callers inside the mesh by one host', () => {
  const story = new Story();
  story.split({ gateways: [], hosts: ['iris.example.com'] });
  expect(story.objects()[0].metadata.annotations).toEqual({ 'seldon.io/istio-gateway': 'mesh', 'seldon.io/istio-host': 'iris.example.com' });
});

test('a promotion changes weights only', () => {
  const yamlOf = (main: number, canary: number) => {
    const story = new Story();
    story.split({ arms: story.arms(main, canary) });
    return App.of(story.chart).synthYaml().split('\n');
  };
  const [before, after] = [yamlOf(100, 0), yamlOf(0, 100)];
  expect(after.flatMap((line, i) => (line === before[i] ? [] : [[before[i].trim(), line.trim()]]))).toEqual([
    ['traffic: 100', 'traffic: 0'], ['traffic: 0', 'traffic: 100'],
  ]);
});

describe('fails for what the operator cannot do:', () => {
  const OURS = 'Use IstioRouter, whose routes this library writes (at chart/rollout)';

  test.each<[string, (story: Story) => Partial<TrafficSplitProps>, string]>([
    ['several gateways', () => ({ gateways: [GATEWAY, { gatewayName: 'b', gatewayNamespace: 'x' }] }), `gateways gw, b under Seldon's operator. It supports one. ${OURS}`],
    ['own paths', () => ({ paths: [StringMatch.prefix('/iris/')], policy: { rewrite: PathRewrite.matched('/') } }),
      `paths prefix "/iris/" under Seldon's operator. It accepts prefix "/seldon/seldon/iris/" alone. ${OURS}`],
    ['no paths', () => ({ paths: [] }), `paths none under Seldon's operator. It accepts prefix "/seldon/seldon/iris/" alone. ${OURS}`],
    ['health', () => ({ health: true }),
      `paths prefix "/seldon/seldon/iris/", prefix "/v2/health/" under Seldon's operator. It accepts prefix "/seldon/seldon/iris/" alone. ${OURS}`],
    ...[
      GrpcCalls.none(), GrpcCalls.allOnHost().withMethods(METHODS),
      GrpcCalls.byHeaders(HEADERS).withMethods(StringMatch.regex('.*inference.*')),
      GrpcCalls.byHeaders({ ...HEADERS, seldon: 'x' }).withMethods(METHODS), GrpcCalls.byHeaders(HEADERS, { a: 'b' }).withMethods(METHODS),
    ].map((grpc): [string, () => Partial<TrafficSplitProps>, string] => ['own gRPC calls', () => ({ grpc }),
      `gRPC calls of the endpoint under Seldon's operator. It accepts only those with seldon: iris and namespace: seldon. ${OURS}`]),
    ['another rewrite', () => ({ policy: { rewrite: PathRewrite.matched('/v2/') } }), `rewrite to "/v2/" under Seldon's operator. It rewrites to "/" alone. ${OURS}`],
    ['an expression as rewrite', () => ({ policy: { rewrite: PathRewrite.regex('a', '/') }, directResponses: [] }), `rewrite to "/" under Seldon's operator. It rewrites to "/" alone. ${OURS}`],
    ['a timeout', () => ({ policy: { timeout: Duration.seconds(1) } }), `timeout under Seldon's operator. Its routes have none. ${OURS}`],
    ['a delay', () => ({ policy: { delay: { percent: 1, delay: Duration.seconds(1) } } }), `delay under Seldon's operator. Its routes have none. ${OURS}`],
    ['an abort', () => ({ policy: { abort: { percent: 1, httpStatus: 500 } } }), `abort under Seldon's operator. Its routes have none. ${OURS}`],
    ['CORS', () => ({ policy: { cors: { allowOrigins: [] } } }), `cors under Seldon's operator. Its routes have none. ${OURS}`],
    ['no retries', () => ({ policy: { retries: { attempts: 0 } } }),
      `retries of 0 attempts under Seldon's operator. It cannot disable Istio's own two retries. ${OURS}`],
    ['retries without a time', () => ({ policy: { retries: { attempts: 1 } } }), 'retries without a perTryTimeout under Seldon\'s operator. '
      + 'It would end each try after one second. Set perTryTimeout (at chart/rollout)'],
    ['retries in milliseconds', () => ({ policy: { retries: { attempts: 1, perTryTimeout: Duration.millis(5) } } }),
      'retriesTimeout of 5 ms in istio. The operator accepts only whole seconds, 1 or more (at chart/rollout)'],
    ['retries on something else', () => ({ policy: { retries: { attempts: 1, perTryTimeout: Duration.seconds(1), retryOn: ['5xx'] } } }),
      `retries on 5xx under Seldon's operator. Its routes retry on gateway-error, connect-failure, refused-stream. ${OURS.replace(' (at', ', or leave it out (at')}`],
    ['a direct response', () => ({ directResponses: [{ path: StringMatch.exact('/x'), status: 404 }] }),
      `a direct response for path exact "/x" under Seldon's operator. Its routes have no direct responses. ${OURS}`],
    ['another answer for metrics', () => ({ directResponses: [{ path: StringMatch.exact('/seldon/seldon/iris/prometheus'), status: 403 }] }),
      `a direct response for path exact "/seldon/seldon/iris/prometheus" under Seldon's operator. Its routes have no direct responses. ${OURS}`],
    ['header changes', (story) => ({ arms: story.arms().map((arm) => ({ ...arm, responseHeaders: { set: { a: 'b' } } })) }),
      `header changes for predictor main of SeldonDeployment seldon/iris under Seldon's operator. Its routes change no headers. ${OURS}`],
    ['several mirrors', (story) => ({
      arms: [{ backend: story.deployment.predictor('main'), weight: 100 }],
      mirrors: ['canary', 'dark'].map((name) => ({ backend: story.deployment.predictor(name), percent: 1 })),
    }), `2 mirrors under Seldon's operator. It supports one shadow. ${OURS}`],
    ['a fraction', (story) => ({ mirrors: [{ backend: story.deployment.predictor('dark'), percent: 0.5 }] }),
      'percent 0.5 of mirror predictor dark of SeldonDeployment seldon/iris under Seldon\'s operator. It accepts whole percentages (at chart/rollout)'],
    ['a mirror of nothing', (story) => ({ mirrors: [{ backend: story.deployment.predictor('dark'), percent: 0 }] }),
      'percent 0 of mirror predictor dark of SeldonDeployment seldon/iris under Seldon\'s operator. '
      + 'It would mirror every request. Leave the mirror out (at chart/rollout)'],
    ['weights that are no percentages', (story) => ({ arms: story.arms(3, 1) }),
      'weights 3, 1 under Seldon\'s operator. It accepts percentages. They must add up to 100, not 4 (at chart/rollout)'],
    ['no weight', (story) => ({ arms: story.arms(0, 0) }), 'all weights are 0 (predictor main of SeldonDeployment seldon/iris, '
      + 'predictor canary of SeldonDeployment seldon/iris). Give at least one arm a weight above 0 (at chart/rollout)'],
    ['metadata', () => ({ metadata: { labels: { a: 'b' } } }),
      'metadata for a route of Seldon\'s operator. The router writes no object that could have it. Leave it out (at chart/rollout)'],
    ['a namespace', () => ({ namespace: 'other' }),
      'namespace "other" for a route of Seldon\'s operator. The operator writes it into that of the deployment, "seldon". Leave it out (at chart/rollout)'],
    ['a namespace in the metadata', () => ({ metadata: { namespace: 'other' } }),
      'namespace "other" for a route of Seldon\'s operator. The operator writes it into that of the deployment, "seldon". Leave it out (at chart/rollout)'],
    ['another kind of backend', (story) => ({
      paths: [StringMatch.prefix('/seldon/seldon/iris/')],
      policy: { rewrite: PathRewrite.matched('/') },
      grpc: GrpcCalls.byHeaders(HEADERS).withMethods(METHODS),
      arms: [...story.arms(50, 25), {
        backend: ServiceBackend.of({ name: 'x', namespace: 'seldon', port: 80, grpcPort: 81, grpcMethods: StringMatch.regex('.*') }), weight: 25,
      }],
    }), `Service seldon/x under Seldon's operator. It supports only predictors of Seldon Core 1. ${OURS}`],
    ['another deployment', (story) => ({
      arms: [story.arms()[0], {
        backend: new SeldonDeployment(story.chart, 'other', { predictors: [predictor('main')] }).predictor('main'), weight: 25,
      }],
    }), 'predictor main of SeldonDeployment seldon/iris and predictor main of SeldonDeployment seldon/other under Seldon\'s operator. '
      + `It shares only between predictors of one deployment. ${OURS}`],
    ['a mirror in another namespace', (story) => ({
      mirrors: [{
        percent: 1, backend: new SeldonDeployment(story.chart, 'x', { namespace: 'b', metadata: { name: 'iris' }, predictors: [predictor('main')] }).predictor('main'),
      }],
    }), 'predictor main of SeldonDeployment seldon/iris and predictor main of SeldonDeployment b/iris under Seldon\'s operator. '
      + `It shares only between predictors of one deployment. ${OURS}`],
    ['a deployment of another app', (story) => ({
      arms: [{
        weight: 100,
        backend: SeldonDeployment.fromSeldonDeploymentName(story.chart, 'ref', 'far', { predictors: [{ name: 'main' }] }).predictor('main'),
      }],
    }), 'predictor main of SeldonDeployment seldon/far under Seldon\'s operator. '
      + 'Its deployment is not defined in this app, so its traffic cannot be set (at chart/rollout)'],
  ])('%s', (_name, props, message) => {
    const story = new Story();
    expect(messageOf(() => story.split(props(story)))).toEqual(message);
  });

  test('a model of Seldon Core 2', () => {
    const story = new Story();
    const backend = new Model(story.chart, 'm', { storageUri: 'gs://x' });
    expect(messageOf(() => new ModelRoute(story.chart, 'rollout', { gateways: [GATEWAY], backend, router: new OperatorRouter() }))).toEqual(
      `Model seldon/m under Seldon's operator. It supports only predictors of Seldon Core 1. ${OURS}`);
  });

  test.each([0, 10, 100])('sticky callers, at weight %d too', (weight) => {
    const [{ chart, deployment }, other] = [new Story(), new Story()];
    const [stable, canary] = [deployment.predictor('main'), deployment.predictor('canary')];
    const props = { gateways: [GATEWAY], sticky: {}, router: new OperatorRouter() };
    const refused = `sticky sessions under Seldon's operator. It shares each request independently. ${OURS}`;
    expect(messageOf(() => new Canary(chart, 'rollout', { ...props, stable, canary, weight }))).toEqual(refused);
    const variants = [
      { name: 'a', backend: other.deployment.predictor('main'), weight: 100 - weight }, { name: 'b', backend: other.deployment.predictor('canary'), weight },
    ];
    expect(messageOf(() => new AbTest(other.chart, 'rollout-ab', { ...props, variants }))).toEqual(refused.replace('rollout', 'rollout-ab'));
  });

  test('several endpoints', () => {
    expect(new Story().route((plan) => ({ ...plan, endpoints: [plan.endpoints[0], plan.endpoints[0]] }))).toEqual(
      '2 endpoints under Seldon\'s operator. It creates one for each deployment. Use IstioRouter, whose routes this library writes (at chart/plan)');
  });

  test('a match', () => {
    expect(new Story().route((plan) => {
      const [endpoint] = plan.endpoints;
      return { ...plan, endpoints: [{ ...endpoint, arms: [{ ...endpoint.arms[0], matches: [{ headers: { a: StringMatch.exact('b') } }] }, endpoint.arms[1]] }] };
    })).toEqual('a match that selects predictor main of SeldonDeployment seldon/iris under Seldon\'s operator. '
      + 'It shares by percentage only. Use IstioRouter, whose routes this library writes (at chart/plan)');
  });

  test('paths as they are', () => {
    expect(new Story().route((plan) => {
      const [endpoint] = plan.endpoints;
      const backends = endpoint.arms.map((arm) => ({
        ...arm, backend: backendWith(arm.backend, { paths: undefined }),
      }));
      return { ...plan, endpoints: [{ ...endpoint, policy: {}, arms: backends }] };
    })).toEqual('rewrite to the same path under Seldon\'s operator. It rewrites to "/" alone. '
      + 'Use IstioRouter, whose routes this library writes (at chart/plan)');
  });

  test('no hosts', () => {
    expect(messageOf(() => new Story().split({ hosts: [] }))).toEqual(
      'no hosts under Seldon\'s operator. Name at least one, or a gateway with a server for HTTP requests (at chart/rollout)');
  });
});

describe('fails for a deployment with two masters:', () => {
  test('two routers', () => {
    const story = new Story();
    story.split();
    expect(messageOf(() => story.split({}, 'second'))).toEqual('SeldonDeployment iris is routed by the OperatorRouter of chart/rollout already. '
      + 'The operator creates one VirtualService for it. Use one OperatorRouter (at chart/second)');
  });

  test.each<[Partial<SeldonDeploymentProps>, string]>([
    [{ disableOperatorRoutes: true }, 'disableOperatorRoutes of SeldonDeployment iris under OperatorRouter. The router sets it. Leave it out there'],
    [{ istio: {} }, 'istio of SeldonDeployment iris under OperatorRouter. The router sets it. Leave it out there'],
    [{ predictors: [predictor('main', { traffic: 75 }), predictor('canary')] },
      'predictor "main" of SeldonDeployment iris sets traffic or shadow. The router sets it. Leave it out there'],
    [{ predictors: [predictor('main'), predictor('canary', { shadow: true })] },
      'predictor "canary" of SeldonDeployment iris sets traffic or shadow. The router sets it. Leave it out there'],
    [{ metadata: { annotations: { 'seldon.io/istio-gateway': 'x' } } },
      'annotation seldon.io/istio-gateway in the metadata of SeldonDeployment iris. The router sets it. Leave it out there'],
    [{ metadata: { annotations: { 'a': 'b', 'seldon.io/istio-host': 'x.com' } } },
      'annotation seldon.io/istio-host in the metadata of SeldonDeployment iris. The router sets it. Leave it out there'],
    [{ metadata: { annotations: { 'seldon.io/istio-retries': '2' } } },
      'annotation seldon.io/istio-retries in the metadata of SeldonDeployment iris. The router sets it. Leave it out there'],
  ])('%#', (props, message) => {
    expect(messageOf(() => new Story(props, ['main', 'canary']).split())).toEqual(`${message} (at chart/rollout)`);
  });

  test.each([['ours', 'theirs'], ['theirs', 'ours']])('the operator and this library, %s before %s', (...order) => {
    const story = new Story();
    const make = (id: string) => story.split({ router: id === 'ours' ? undefined : new OperatorRouter(), hosts: [`${id}.example.com`] }, id);
    make(order[0]);
    expect(messageOf(() => make(order[1]))).toEqual('SeldonDeployment iris is routed by this library for chart/ours and by '
      + `Seldon's operator for chart/theirs. Use an OperatorRouter for all its rollouts, or for none of them (at chart/${order[1]})`);
  });

  test.each([[{}, 'Where the operator creates Istio objects, it overwrites this one'], [{ disableOperatorRoutes: true }, 'The operator overwrites it']])(
    'a VirtualService of the operator\'s name, with %j', (props, effect) => {
      const story = new Story(props);
      story.split({ router: undefined, metadata: { name: 'iris' } });
      expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('Validation failed with the following errors:\n'
        + '  [chart/rollout] VirtualService "iris" (chart/rollout) has the name that Seldon\'s operator gives to its own for chart/iris. '
        + `${effect}: set another name, by metadata.name or the construct id`);
    });

  test('a VirtualService of the operator\'s name for an existing deployment', () => {
    const chart = chartOf();
    const reference = SeldonDeployment.fromSeldonDeploymentName(chart, 'ref', 'iris', { predictors: [{ name: 'main' }], operatorRoutes: true });
    new ModelRoute(chart, 'iris', { gateways: [GATEWAY], backend: reference.predictor('main') });
    expect(messageOf(() => App.of(chart).synthYaml())).toEqual('Validation failed with the following errors:\n'
      + '  [chart/iris] VirtualService "iris" (chart/iris) has the name that Seldon\'s operator gives to its own for chart/ref. '
      + 'The operator overwrites it: set another name, by metadata.name or the construct id');
  });

  test('a VirtualService of the name of an explainer\'s', () => {
    const story = new Story({ predictors: [predictor('main', { explainer: { type: ExplainerType.ALE } })] });
    new VirtualService(story.chart, 'iris-main-explainer-http', { hosts: ['a.b'], http: [{ route: [{ destination: { host: 'x.y' } }] }] });
    expect(messageOf(() => App.of(story.chart).synthYaml())).toMatch(/VirtualService "iris-main-explainer-http" \(chart\/iris-main-explainer-http\) has the name/);
  });

  test('a DestinationRule of the operator\'s name', () => {
    const story = new Story();
    new DestinationRule(story.chart, 'iris-main', { host: 'iris-main.seldon.svc.cluster.local' });
    expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
    story.split();
    expect(messageOf(() => App.of(story.chart).synthYaml())).toMatch(
      /DestinationRule "iris-main" \(.*\) has the name that Seldon's operator gives to its own for chart\/iris. The operator overwrites it/);
  });

  describe('at one place:', () => {
    const REMEDY = 'Disable the operator\'s route with disableOperatorRoutes of the deployment, instead of istio there, or use an OperatorRouter';
    const FIRST = 'Validation failed with the following errors:\n ';
    const problems = (story: Story) => messageOf(() => App.of(story.chart).synthYaml());
    const both = (host = '*') => `${FIRST} [chart/rollout] endpoint "rollout" of chart/rollout and the operator's route for SeldonDeployment seldon/iris `
      + `both match requests for prefix "/seldon/seldon/iris/" on host "${host}" (and 2 more). ${REMEDY}`;
    const raw = (annotations: { [name: string]: string }) => ({ metadata: { annotations } });

    test.each<[string, Partial<SeldonDeploymentProps>]>([
      ['its gateway', { istio: { gateway: GATEWAY } }],
      ['its gateway and host', { istio: { gateway: GATEWAY, hosts: ['*'] } }],
      ['a gateway by hand', raw({ 'seldon.io/istio-gateway': 'istio-system/gw' })],
    ])('a canary of this library and a deployment that sets %s', (_what, props) => {
      const story = new Story(props);
      story.split({ router: undefined });
      expect(problems(story)).toEqual(both());
    });

    test('the operator\'s own gateway, where the deployment names none', () => {
      const story = new Story({ istio: { retries: 2 } });
      story.split({ router: undefined, gateways: [{ gatewayName: 'seldon-gateway', gatewayNamespace: 'istio-system' }] });
      expect(problems(story)).toEqual(both());
    });

    test('the gateway of the deployment\'s namespace, by hand', () => {
      const story = new Story(raw({ 'seldon.io/istio-gateway': 'gw', 'seldon.io/istio-host': 'a.com, b.com' }));
      story.split({ router: undefined, gateways: [{ gatewayName: 'gw', gatewayNamespace: 'seldon' }], hosts: ['b.com'] });
      expect(problems(story)).toEqual(both('b.com'));
    });

    test('a gateway of this app, and a VirtualService by hand', () => {
      const story = new Story();
      const gateway = new Gateway(story.chart, 'own', { namespace: 'istio-system', servers: [GatewayServer.http()] });
      new SeldonDeployment(story.chart, 'wine', { predictors: [predictor()], istio: { gateway } });
      new VirtualService(story.chart, 'hand', {
        hosts: ['*'], gateways: [gateway], http: [{ match: [{ uri: StringMatch.prefix('/seldon/seldon/wine/') }], route: [{ destination: { host: 'x.y' } }] }],
      });
      expect(problems(story)).toEqual(`${FIRST} [chart/hand] VirtualService chart/hand and the operator's route for SeldonDeployment seldon/wine `
        + `both match requests for prefix "/seldon/seldon/wine/" on host "*". ${REMEDY}`);
    });

    test('callers inside the mesh', () => {
      const story = new Story({ istio: { mesh: true, hosts: ['iris.example.com'] } });
      story.split({ router: undefined, gateways: [], hosts: ['iris.example.com'] });
      expect(problems(story)).toEqual(both('iris.example.com'));
    });

    test('a route of this library hides the operator\'s', () => {
      const story = new Story({ istio: { gateway: GATEWAY } });
      story.split({ router: undefined, hosts: ['ours.example.com'] });
      expect(problems(story)).toEqual(`${FIRST} [chart/rollout] endpoint "rollout" of chart/rollout on host "ours.example.com" hides `
        + 'the operator\'s route for SeldonDeployment seldon/iris, which is on "*" behind the same gateway and would answer 404 there. '
        + 'Give both the same host, or accept the finding with Rules.accept (rule hidden-host)');
    });

    test.each<[string, Partial<SeldonDeploymentProps>]>([
      ['another host', { istio: { gateway: GATEWAY, hosts: ['theirs.example.com'] } }],
      ['another gateway', { istio: { gateway: { gatewayName: 'other', gatewayNamespace: 'istio-system' } } }],
      ['nothing but the operator\'s own gateway', { istio: {} }],
      ['disableOperatorRoutes', { disableOperatorRoutes: true }],
      ['a host without requests, by hand', raw({ 'seldon.io/istio-host': 'iris.operator.invalid', 'seldon.io/istio-gateway': 'istio-system/gw' })],
    ])('no error with %s, and no DestinationRule of the operator\'s name', (_what, props) => {
      const story = new Story(props);
      story.split({ router: undefined });
      expect(problems(story)).toEqual('no error');
      expect(story.objects().map(({ kind }) => kind)).toEqual(['SeldonDeployment', 'VirtualService']);
    });

    test('a deployment without a namespace is nowhere', () => {
      const chart = new Chart(new App(), 'chart');
      new SeldonDeployment(chart, 'iris', { predictors: [predictor()], istio: { gateway: GATEWAY } });
      expect(messageOf(() => App.of(chart).synthYaml())).toEqual('no error');
    });

    const explained = [predictor('main', { explainer: { type: ExplainerType.ALE } }), predictor('canary')];
    const why = 'endpoint "why" of chart/why and the operator\'s route for explainer of predictor main of SeldonDeployment seldon/iris '
      + 'both match requests for prefix "/seldon/seldon/iris-explainer/main/" on host "*". ';

    test.each<[string, Partial<SeldonDeploymentProps>, boolean, string]>([
      ['OperatorRouter', {}, true, 'Give one of them another path, header or host'], ['istio', { istio: { gateway: GATEWAY } }, false, REMEDY],
    ])('an explainer of %s', (_what, props, byRouter, remedy) => {
      const story = new Story({ predictors: explained, ...props });
      if (byRouter) story.split();
      new ModelRoute(story.chart, 'why', { gateways: [GATEWAY], backend: story.deployment.explainer('main') });
      expect(problems(story)).toEqual(`${FIRST} [chart/why] ${why}${remedy}`);
    });

    test('an explainer on another host', () => {
      const story = new Story({ predictors: explained });
      story.split({ hosts: ['iris.example.com'] });
      new ModelRoute(story.chart, 'why', { gateways: [GATEWAY], hosts: ['why.example.com'], backend: story.deployment.explainer('main') });
      expect(problems(story)).toEqual('no error');
    });
  });

  test('other kinds and namespaces may have the name', () => {
    const story = new Story();
    new ApiObject(story.chart, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'iris' } });
    new VirtualService(story.chart, 'iris-2', {
      namespace: 'other', metadata: { name: 'iris' }, hosts: ['a.b'], http: [{ route: [{ destination: { host: 'x.y' } }] }],
    });
    expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
  });
});

describe('under the library\'s control', () => {
  const rules = (story: Story) => (story.objects().find(({ kind }) => kind === 'VirtualService')!.spec as unknown as { http: object[] }).http;

  test('routes are those of the operator, and the metrics stay inside', () => {
    const story = new Story();
    story.split({ router: undefined });
    const destination = (name: string, number: number, weight: number) => ({
      destination: { host: `iris-${name}.seldon.svc.cluster.local`, subset: name, port: { number } }, weight,
    });
    expect(rules(story)).toEqual([
      { name: 'rollout-direct-1', match: [{ uri: { exact: '/seldon/seldon/iris/prometheus' } }], directResponse: { status: 404 } },
      {
        name: 'rollout-http',
        match: [{ uri: { prefix: '/seldon/seldon/iris/' } }],
        rewrite: { uri: '/' },
        route: [destination('main', 8000, 75), destination('canary', 8000, 25)],
      },
      {
        name: 'rollout-grpc',
        match: [{
          uri: { regex: '.*tensorflow.*|.*seldon.protos.*|.*inference.*' }, headers: { seldon: { exact: 'iris' }, namespace: { exact: 'seldon' } },
        }],
        route: [destination('main', 5001, 75), destination('canary', 5001, 25)],
      },
    ]);
    expect(story.traffic()).toEqual([['main', 100, undefined], ['canary', 0, undefined], ['dark', 0, undefined]]);
    expect(story.objects().filter(({ kind }) => kind === 'DestinationRule').map(({ spec }) => spec)).toEqual(['main', 'canary'].map((name) => ({
      host: `iris-${name}.seldon.svc.cluster.local`, subsets: [{ name, labels: { version: name } }],
    })));
    expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
  });

  describe('the operator\'s traffic', () => {
    const shadowed = (story: Story, primary: string, ...shadows: string[]) => new ShadowDeployment(story.chart, `of-${primary}`, {
      gateways: [GATEWAY],
      hosts: [`${primary}.example.com`],
      primary: story.deployment.predictor(primary),
      shadows: shadows.map((name) => ({ backend: story.deployment.predictor(name), percent: 50 })),
    });

    test('goes to the first predictor that answers, not to a shadow', () => {
      const story = new Story({}, ['dark', 'main', 'canary']);
      shadowed(story, 'main', 'dark');
      expect(story.traffic()).toEqual([['dark', 0, undefined], ['main', 100, undefined], ['canary', 0, undefined]]);
      expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
    });

    test('goes to the first in the order of the deployment, whatever order routes have', () => {
      const story = new Story({}, ['dark', 'main', 'canary']);
      shadowed(story, 'canary', 'dark');
      shadowed(story, 'main', 'dark');
      expect(story.traffic()).toEqual([['dark', 0, undefined], ['main', 100, undefined], ['canary', 0, undefined]]);
    });

    test('goes to one that only matches lead to', () => {
      const story = new Story({}, ['dark', 'tested', 'main']);
      new AbTest(story.chart, 'ab', {
        gateways: [GATEWAY],
        variants: [
          { name: 'a', backend: story.deployment.predictor('tested'), matches: [CallerMatch.header('x-a', 'a')] },
          { name: 'b', backend: story.deployment.predictor('main'), weight: 1 },
        ],
      });
      expect(story.traffic()).toEqual([['dark', 0, undefined], ['tested', 100, undefined], ['main', 0, undefined]]);
    });

    test('goes to the first predictor of a deployment when routes lead to a predictor that it has not', () => {
      const story = new Story();
      const reference = SeldonDeployment.fromSeldonDeploymentName(story.chart, 'ref', 'iris', { predictors: [{ name: 'other' }] });
      new ModelRoute(story.chart, 'r', { gateways: [GATEWAY], backend: reference.predictor('other') });
      expect(story.traffic()).toEqual([['main', 100, undefined], ['canary', 0, undefined], ['dark', 0, undefined]]);
    });

    test('stays where it is from step to step of a canary', () => {
      const step = (weight: number, promoted = false) => {
        const story = new Story({}, ['dark', 'main', 'canary']);
        const [stable, canary] = ['main', 'canary'].map((name) => story.deployment.predictor(name));
        new Canary(story.chart, 'rollout', promoted ? { gateways: [GATEWAY], stable: canary, canary: stable, weight } : { gateways: [GATEWAY], stable, canary, weight });
        return story.traffic();
      };
      const steps = [step(0), step(50), step(100), step(0, true)];
      expect(steps).toEqual(steps.map(() => [['dark', 0, undefined], ['main', 100, undefined], ['canary', 0, undefined]]));
    });
  });

  describe('predictors with TLS', () => {
    const HOST = 'iris-main.seldon.svc.cluster.local';
    const SSL = { predictors: [predictor('main', { ssl: { certSecretName: 'cert' } }), predictor('canary')] };
    const REFUSED = `[chart/rollout] predictor main of SeldonDeployment seldon/iris accepts only TLS, and no DestinationRule for host "${HOST}" sets it. `
      + 'Create a BackendPolicy for it with tls of mode SIMPLE that sets how the certificate is verified';
    const tls = { mode: ClientTlsMode.SIMPLE, insecureSkipVerify: true };
    const split = (rule?: Partial<DestinationRuleProps>, props: Partial<SeldonDeploymentProps> = SSL) => {
      const story = new Story(props);
      if (rule !== undefined) new DestinationRule(story.chart, 'rule', { host: HOST, ...rule });
      story.split({ router: undefined });
      return { story, findings: findingsOf(story.chart) };
    };

    test.each<[string, Partial<DestinationRuleProps> | undefined]>([
      ['no rule', undefined],
      ['a rule without this setting', { trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } } }],
      ['a rule that turns it off', { trafficPolicy: { tls: { mode: ClientTlsMode.DISABLE } } }],
      ['a rule for another subset', { subsets: [{ name: 'other', trafficPolicy: { tls } }] }],
    ])('fail with %s', (_what, rule) => {
      expect(split(rule).findings).toEqual([REFUSED]);
    });

    test.each(['before', 'after'])('are routed with a BackendPolicy with TLS %s the route', (order) => {
      const story = new Story(SSL);
      const steps = [
        () => new BackendPolicy(story.chart, 'tls', { backend: story.deployment.predictor('main'), tls }), () => story.split({ router: undefined }),
      ];
      (order === 'before' ? steps : steps.reverse()).forEach((step) => step());
      expect(findingsOf(story.chart)).toEqual([]);
      expect(manifestsOf(story.chart, 'DestinationRule').find(({ spec }) => spec.host === HOST)!.spec.subsets)
        .toEqual([{ name: 'main', labels: { version: 'main' }, trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } } }]);
    });

    test('fail as shadows', () => {
      const story = new Story(SSL);
      const shadows = [{ backend: story.deployment.predictor('main'), percent: 10 }];
      new ShadowDeployment(story.chart, 'rollout', { gateways: [GATEWAY], primary: story.deployment.predictor('canary'), shadows });
      expect(findingsOf(story.chart)).toEqual([REFUSED]);
    });

    test.each<[string, Partial<DestinationRuleProps>]>([
      ['for the host', { trafficPolicy: { tls } }],
      ['for a port', { trafficPolicy: { portLevelSettings: [{ port: 8000, tls }] } }],
      ['for the subset', { subsets: [{ name: 'main', labels: { version: 'main' }, trafficPolicy: { tls } }] }],
    ])('are routed by a rule with TLS %s', (_what, rule) => {
      const { story, findings } = split(rule);
      expect(findings).toEqual([]);
      const [spec] = manifestsOf(story.chart, 'DestinationRule').map((each) => each.spec).filter(({ host }) => host === HOST);
      expect(spec.subsets).toEqual([expect.objectContaining({ name: 'main', labels: { version: 'main' } })]);
      expect(JSON.stringify(spec)).toContain('"tls":{"insecureSkipVerify":true,"mode":"SIMPLE"}');
    });

    test('are left to the operator\'s rule where it writes one', () => {
      expect(split(undefined, { ...SSL, disableOperatorRoutes: true }).findings).toEqual([]);
    });
  });

  describe('fails for predictors that set their own share:', () => {
    test.each<[string, Partial<PredictorProps>[], string]>([
      ['percentages', [{ traffic: 90 }, { traffic: 10 }], 'main'],
      ['everything', [{}, { traffic: 100 }], 'canary'],
      ['a shadow', [{}, { shadow: true }], 'canary'],
    ])('%s', (_what, rest, name) => {
      const story = new Story({ predictors: ['main', 'canary'].map((each, i) => predictor(each, rest[i])) });
      expect(messageOf(() => story.split({ router: undefined }))).toEqual(
        `predictor "${name}" of SeldonDeployment iris sets traffic or shadow. The router sets it. Leave it out there (at chart/rollout)`);
    });

    test('a shadow alone', () => {
      const story = new Story({ predictors: [predictor('main'), predictor('dark', { shadow: true })] });
      const shadows = [{ backend: story.deployment.predictor('dark'), percent: 10 }];
      expect(messageOf(() => new ShadowDeployment(story.chart, 's', { gateways: [GATEWAY], primary: ServiceBackend.of({ name: 'x', namespace: 'y', port: 80 }), shadows, paths: [StringMatch.prefix('/v2/')] }))).toEqual(
        'predictor "dark" of SeldonDeployment iris sets traffic or shadow. The router sets it. Leave it out there (at chart/s)');
    });

    test('not for a VirtualService by hand', () => {
      const story = new Story({ predictors: [predictor('main', { traffic: 90 }), predictor('canary', { traffic: 10 })] });
      new VirtualService(story.chart, 'by-hand', {
        hosts: ['a.b'], http: [{ route: [{ destination: { host: story.deployment.predictor('main').target(story.chart).host } }] }],
      });
      expect(story.traffic()).toEqual([['main', 90, undefined], ['canary', 10, undefined]]);
    });
  });

  test('several shadows are predictors without requests', () => {
    const story = new Story();
    new ShadowDeployment(story.chart, 'rollout', {
      gateways: [GATEWAY],
      primary: story.deployment.predictor('main'),
      shadows: ['canary', 'dark'].map((name) => ({ backend: story.deployment.predictor(name), percent: 50 })),
    });
    expect(story.traffic()).toEqual([['main', 100, undefined], ['canary', 0, undefined], ['dark', 0, undefined]]);
    expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
  });

  test('with disabled routes, its subsets are not needed', () => {
    const story = new Story({ disableOperatorRoutes: true });
    story.split({ router: undefined });
    expect(story.objects().map(({ kind }) => kind)).toEqual(['SeldonDeployment', 'VirtualService']);
    expect(JSON.stringify(rules(story))).not.toContain('subset');
    expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
  });

  test('an own prefix needs a rewrite, and hides the metrics too', () => {
    const story = new Story();
    const own = (props: EndpointProps) => ({ router: undefined, paths: [StringMatch.prefix('/iris/')], ...props });
    expect(messageOf(() => story.split(own({})))).toMatch(
      /^predictor main of SeldonDeployment seldon\/iris does not serve path prefix "\/iris\/"\. It serves prefix "\/api\/v0.1\/", /);
    story.split(own({ policy: { rewrite: PathRewrite.matched('/') } }), 'b');
    expect(rules(story)).toContainEqual({ name: 'b-direct-1', match: [{ uri: { exact: '/iris/prometheus' } }], directResponse: { status: 404 } });
    expect(rules(story)).toContainEqual(expect.objectContaining({ match: [{ uri: { prefix: '/iris/' } }], rewrite: { uri: '/' } }));
  });

  test.each<[string, Partial<EndpointProps>, object[]]>([
    ['a path that the orchestrator knows', { paths: [StringMatch.prefix('/v2/models/classifier/')] }, []],
    ['the whole host', { paths: [StringMatch.prefix('/')], policy: { rewrite: PathRewrite.matched('/') } }, [{ uri: { exact: '/prometheus' } }]],
    ['an exact path', { paths: [StringMatch.exact('/m')], policy: { rewrite: PathRewrite.matched('/prometheus') } }, [{ uri: { exact: '/m' } }]],
    ['another exact path', { paths: [StringMatch.exact('/v2/models/classifier')] }, []],
    ['an expression', { paths: [StringMatch.regex('/.*')] }, [{ uri: { exact: '/prometheus' } }]],
    ['an expression for something else', { paths: [StringMatch.regex('/v2/models/.*')] }, []],
    ['an expression as rewrite', { paths: [StringMatch.prefix('/x/')], policy: { rewrite: PathRewrite.regex('^/x', '') }, directResponses: [] }, []],
    ['an own answer', { directResponses: [{ path: StringMatch.exact('/seldon/seldon/iris/prometheus'), status: 403 }] },
      [{ uri: { exact: '/seldon/seldon/iris/prometheus' } }]],
    ['another answer', { directResponses: [{ path: StringMatch.exact('/x'), status: 200 }] },
      [{ uri: { exact: '/x' } }, { uri: { exact: '/seldon/seldon/iris/prometheus' } }]],
  ])('the metrics and %s', (_name, props, answered) => {
    const story = new Story();
    // A rewrite to the metrics themselves is nothing that a predictor serves.
    const arms = story.arms().map((arm) => ({ ...arm, backend: backendWith(arm.backend, { paths: undefined }) }));
    const { plan } = new TrafficSplit(story.chart, 'r', { gateways: [GATEWAY], arms, router: UNHEARD, ...props });
    expect((plan.endpoints[0].directResponses ?? []).map(({ path }) => ({ uri: path._toJson() }))).toEqual(answered);
  });

  test.each([
    ['regex "/iris/(.*)" with a rewrite by an expression', StringMatch.regex('/iris/(.*)'), PathRewrite.regex('/iris/(.*)', '/\\1')],
    ['regex "/iris/(.*)" with a rewrite', StringMatch.regex('/iris/(.*)'), PathRewrite.matched('/')],
    ['prefix "/iris/" with a rewrite by an expression', StringMatch.prefix('/iris/'), PathRewrite.regex('^/iris', '')],
  ])('fails for %s, which may lead to the metrics', (what, path, rewrite) => {
    const story = new Story();
    expect(messageOf(() => story.split({ router: undefined, paths: [path], policy: { rewrite } }))).toEqual(
      `path ${what}, for backends that answer /prometheus only inside the cluster. It is not known which requests arrive there. `
      + 'Set directResponses for them, or an empty list if callers may see it (at chart/rollout)');
  });

  test.each([
    ['/iris', '/', '/iris/infer would arrive as //infer, and /iris-large/infer as /-large/infer. End the prefix with a slash: "/iris/"'],
    ['/iris/', '/v2/models/classifier', '/iris/infer would arrive as /v2/models/classifierinfer. '
      + 'End the replacement with a slash, or use PathRewrite.regex("^/iris(/.*)?$", "/v2/models/classifier\\1")'],
  ])('fails for prefix %s with a rewrite to %s, which does not fit', (prefix, replacement, problem) => {
    const story = new Story();
    const props = { paths: [StringMatch.prefix(prefix)], policy: { rewrite: PathRewrite.matched(replacement) } };
    expect(messageOf(() => story.split({ router: undefined, ...props }))).toEqual(`prefix "${prefix}" with a rewrite to "${replacement}": ${problem} (at chart/rollout)`);
  });

  test('calls of an endpoint are those of the methods that its predictors know', () => {
    const story = new Story();
    story.split({ router: undefined, grpc: GrpcCalls.byHeader('seldon-model', 'iris') });
    expect(rules(story).at(-1)).toMatchObject({
      match: [{ uri: { regex: '.*tensorflow.*|.*seldon.protos.*|.*inference.*' }, headers: { 'seldon-model': { exact: 'iris' } } }],
    });
  });

  test('a predictor can have a host for itself', () => {
    const story = new Story();
    story.split({ router: undefined, paths: [StringMatch.prefix('/')], grpc: GrpcCalls.allOnHost() });
    expect(rules(story).map((rule) => (rule as { match: object[] }).match[0])).toEqual([
      { uri: { exact: '/prometheus' } }, { uri: { regex: '.*tensorflow.*|.*seldon.protos.*|.*inference.*' } }, { uri: { prefix: '/' } },
    ]);
  });

  test.each(['/web/', '/web', '/fraud/', '/health'])('a page at %s is no call of a deployment next to it', (prefix) => {
    const story = new Story();
    story.split({ router: undefined });
    new ModelRoute(story.chart, 'web', {
      gateways: [GATEWAY], paths: [StringMatch.prefix(prefix)], backend: ServiceBackend.of({ name: 'web', namespace: 'seldon', port: 80 }),
    });
    expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
  });

  test.each(['/users/[0-9]+', '/(app|static)/.*'])('neither is one at the expression %s', (pattern) => {
    const story = new Story();
    story.split({ router: undefined });
    new ModelRoute(story.chart, 'web', {
      gateways: [GATEWAY], paths: [StringMatch.regex(pattern)], backend: ServiceBackend.of({ name: 'web', namespace: 'seldon', port: 80 }),
    });
    expect(messageOf(() => App.of(story.chart).synthYaml())).toEqual('no error');
  });

  test('fails for a path that takes the calls of a deployment next to it', () => {
    const story = new Story();
    story.split({ router: undefined });
    new ModelRoute(story.chart, 'web', {
      gateways: [GATEWAY], paths: [StringMatch.prefix('/inference.')], backend: ServiceBackend.of({ name: 'web', namespace: 'seldon', port: 80 }),
    });
    expect(messageOf(() => App.of(story.chart).synthYaml())).toContain('both match requests for');
  });

  test('fails for shares between protocols', () => {
    const story = new Story();
    const other = new SeldonDeployment(story.chart, 'other', { protocol: SeldonProtocol.V2, predictors: [predictor('main')] });
    expect(messageOf(() => new Canary(story.chart, 'flowers', {
      gateways: [GATEWAY], stable: story.deployment.predictor('main'), canary: other.predictor('main'),
    }))).toEqual('predictor main of SeldonDeployment seldon/iris speaks protocol seldon, and predictor main of SeldonDeployment seldon/other v2. '
      + 'Each would answer a share of the requests with errors. Let backends of one protocol share the traffic (at chart/flowers)');
  });

  test('fails together with another kind of backend without paths or calls, which a promotion would change', () => {
    const story = new Story();
    const other = new Model(story.chart, 'iris2', { storageUri: 'gs://models/iris2' });
    const canary = (props: Partial<EndpointProps>) => messageOf(() => new Canary(story.chart, `flowers-${Object.keys(props).length}`, {
      gateways: [GATEWAY], stable: story.deployment.predictor('main'), canary: other, ...props,
    }));
    expect(canary({})).toEqual('predictors of Seldon Core 1 together with other backends, and no paths. Set those of the endpoint, so that they do not '
      + 'depend on the backend that answers, with paths: […], and policy: { rewrite: … } where a backend wants other ones (at chart/flowers-0)');
    expect(canary({ paths: [StringMatch.prefix('/v2/')] })).toEqual('predictors of Seldon Core 1 together with other backends, and no gRPC calls. Set those of '
      + 'the endpoint, so that they do not depend on the backend that answers, with grpc: GrpcCalls.byHeader(…) (at chart/flowers-1)');
  });

  test('a policy keeps the rewrite', () => {
    const story = new Story();
    const { plan } = story.split({ router: undefined, policy: { timeout: Duration.seconds(3) } });
    expect(plan.endpoints[0].policy).toEqual({ timeout: Duration.seconds(3), rewrite: PathRewrite.matched('/') });
  });

  describe('deployments of two namespaces', () => {
    const canaryOf = (promoted: boolean, namespace: string | undefined = 'rollouts') => {
      const story = new Story();
      const other = new SeldonDeployment(story.chart, 'candidate', { namespace: 'other', predictors: [predictor('main')] });
      const [stable, canary] = promoted ? [other, story.deployment] : [story.deployment, other];
      new Canary(story.chart, 'flowers', { namespace, gateways: [GATEWAY], stable: stable.predictor('main'), canary: canary.predictor('main'), weight: promoted ? 0 : 100 });
      return story;
    };

    test('have an endpoint of the form of Seldon\'s, under the name of the rollout', () => {
      expect(rules(canaryOf(false))).toMatchObject([
        { match: [{ uri: { exact: '/seldon/rollouts/flowers/prometheus' } }], directResponse: { status: 404 } },
        {
          match: [{ uri: { prefix: '/seldon/rollouts/flowers/' } }],
          rewrite: { uri: '/' },
          route: [{ destination: { host: 'candidate-main.other.svc.cluster.local' } }, { destination: { host: 'iris-main.seldon.svc.cluster.local' } }],
        },
        { match: [{ headers: { seldon: { exact: 'flowers' }, namespace: { exact: 'rollouts' } } }] },
      ]);
    });

    test('keep it when the canary is promoted', () => {
      expect(rules(canaryOf(true))).toEqual(rules(canaryOf(false)));
    });
  });

  test('fails for two deployments and a rollout without a namespace', () => {
    const chart = new Chart(new App(), 'chart');
    const [stable, canary] = ['one', 'two'].map((namespace) => new SeldonDeployment(chart, namespace, { namespace, predictors: [predictor('main')] }));
    expect(messageOf(() => new Canary(chart, 'flowers', { gateways: [GATEWAY], stable: stable.predictor('main'), canary: canary.predictor('main') }))).toEqual(
      'endpoint "flowers" for SeldonDeployments with different paths, and no namespace. Set the namespace of the chart or of the '
      + 'rollout, which is part of the path, or the paths and gRPC calls of the endpoint (at chart/flowers)');
  });
});

describe('blue-green', () => {
  const flip = (router: OperatorRouter | undefined, active: BlueGreenSlot, preview?: BlueGreenPreview) => {
    const story = new Story({}, ['blue', 'green']);
    new BlueGreen(story.chart, 'rollout', {
      gateways: [GATEWAY], router, preview, active, blue: story.deployment.predictor('blue'), green: story.deployment.predictor('green'),
    });
    return { story, yaml: App.of(story.chart).synthYaml() };
  };

  test.each([[() => new OperatorRouter(), 'traffic'], [() => undefined, 'weight']])('a flip changes nothing but weights %#', (router, field) => {
    const [before, after] = [BlueGreenSlot.BLUE, BlueGreenSlot.GREEN].map((active) => flip(router(), active).yaml.split('\n'));
    const changed = after.flatMap((line, i) => (line === before[i] ? [] : [before[i].trim(), line.trim()]));
    expect(after).toHaveLength(before.length);
    expect([...new Set(changed)].sort()).toEqual([`${field}: 0`, `${field}: 100`]);
  });

  test('the operator has no preview', () => {
    expect(messageOf(() => flip(new OperatorRouter(), BlueGreenSlot.BLUE, { hosts: ['preview.example.com'] }))).toEqual(
      '2 endpoints under Seldon\'s operator. It creates one for each deployment. Use IstioRouter, whose routes this library writes (at chart/rollout)');
  });

  test('a preview on the same host has a path of the form of Seldon\'s', () => {
    const { story } = flip(undefined, BlueGreenSlot.BLUE, {});
    expect(manifestsOf(story.chart, 'VirtualService')[1].spec.http).toMatchObject([
      { match: [{ uri: { exact: '/seldon/seldon/rollout-preview/prometheus' } }], directResponse: { status: 404 } },
      { match: [{ uri: { prefix: '/seldon/seldon/rollout-preview/' } }], rewrite: { uri: '/' }, route: [{ weight: 0 }, { weight: 100 }] },
      { match: [{ headers: { seldon: { exact: 'rollout-preview' }, namespace: { exact: 'seldon' } } }], route: [{ weight: 0 }, { weight: 100 }] },
    ]);
  });

  test('a preview of this library has the rewrite and hides the metrics too', () => {
    const { story } = flip(undefined, BlueGreenSlot.BLUE, { hosts: ['preview.example.com'] });
    const [main, preview] = story.objects().filter(({ kind }) => kind === 'VirtualService').map(({ spec }) => (spec as unknown as { http: object[] }).http);
    expect(preview[0]).toEqual({ ...main[0], name: 'rollout-preview-direct-1' });
    expect(preview[1]).toMatchObject({ match: [{ uri: { prefix: '/seldon/seldon/iris/' } }], rewrite: { uri: '/' }, route: [{ weight: 0 }, { weight: 100 }] });
  });
});

describe('the preview', () => {
  interface Golden {
    readonly case: string;
    readonly environment: { readonly ISTIO_GATEWAY: string; readonly ISTIO_TLS_MODE?: OperatorTlsMode };
    readonly deployment: SeldonDeploymentManifest;
    readonly objects: { kind: string }[];
  }

  const golden = parse(readFileSync(join(__dirname, '../fixtures/core1-operator-golden.yaml'), 'utf8')) as Golden[];

  function toNode({ name, children = [], ...rest }: UnitManifest & { modelUri?: string; type?: string }): GraphNode {
    const props = { name, children: children.map(toNode), modelUri: rest.modelUri };
    if (rest.type === 'TRANSFORMER') return GraphNode.transformer(props);
    if (rest.type === 'COMBINER') return GraphNode.combiner(props);
    return GraphNode.model({ ...props, implementation: rest.implementation === undefined ? undefined : PrepackagedServer.of(rest.implementation) });
  }

  /** What a user would write: shares and hosts are the router's, when it can set them. */
  function toProps(manifest: PredictorManifest): PredictorProps {
    const { graph, traffic, shadow, ...rest } = manifest;
    return { ...rest, graph: toNode(graph) } as unknown as PredictorProps;
  }

  test.each(golden.map((each) => [each.case, each] as const))('%s, written with constructs', (name, { environment, deployment, objects }) => {
    const { metadata, spec } = deployment;
    const annotations = { ...metadata.annotations, ...spec.annotations };
    const chart = new Chart(new App(), 'chart', { namespace: metadata.namespace });
    // The router mirrors no requests without a percentage, and writes every gateway in full.
    const byRouter = name !== 'shadow without percentage' && metadata.annotations === undefined;
    const made = new SeldonDeployment(chart, metadata.name, {
      predictors: spec.predictors.map((each) => ({ ...toProps(each), ...byRouter ? {} : { traffic: each.traffic, shadow: each.shadow } })),
      metadata: byRouter ? undefined : { annotations },
    });
    if (byRouter && spec.predictors.length > 1) {
      const [gatewayNamespace, gatewayName] = (annotations['seldon.io/istio-gateway'] ?? environment.ISTIO_GATEWAY).split('/');
      const retries = annotations['seldon.io/istio-retries'];
      new TrafficSplit(chart, 'rollout', {
        gateways: [{ gatewayName, gatewayNamespace }],
        hosts: annotations['seldon.io/istio-host']?.split(', '),
        arms: spec.predictors.filter(({ shadow }) => !shadow).map((each) => ({ backend: made.predictor(each.name), weight: each.traffic! })),
        mirrors: spec.predictors.filter(({ shadow }) => shadow).map((each) => ({ backend: made.predictor(each.name), percent: each.traffic! })),
        policy: retries === undefined ? undefined
          : { retries: { attempts: Number(retries), perTryTimeout: Duration.seconds(Number(annotations['seldon.io/istio-retries-timeout'])) } },
        router: new OperatorRouter(),
      });
    }
    expect(messageOf(() => App.of(chart).synthYaml())).toEqual('no error');
    const { virtualServices, destinationRules } = OperatorRouter.preview(made, {
      gateway: environment.ISTIO_GATEWAY, tlsMode: environment.ISTIO_TLS_MODE,
    });
    expect([...virtualServices, ...destinationRules]).toEqual(objects);
    expect(Testing.synth(chart).map(({ kind }: { kind: string }) => kind)).toEqual(['SeldonDeployment']);
  });

  test('is as the operator\'s chart sets it up, unless specified', () => {
    const story = new Story();
    expect(OperatorRouter.preview(story.deployment).virtualServices[0].spec).toMatchObject({ gateways: ['istio-system/seldon-gateway'], hosts: ['*'] });
  });

  test('names the gateway of this app', () => {
    const story = new Story();
    const gateway = new Gateway(story.chart, 'own', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts: ['a.example.com'] })] });
    story.split({ gateways: [gateway] });
    expect(OperatorRouter.preview(story.deployment).virtualServices[0].spec).toMatchObject({ gateways: ['istio-system/own'], hosts: ['a.example.com'] });
  });

  test('fails with the path of the deployment', () => {
    expect(messageOf(() => OperatorRouter.preview(new Story().deployment, { tlsMode: 'STRICT' as OperatorTlsMode }))).toEqual(
      'tlsMode "STRICT" of the operator. Istio has no such mode for clients, so the operator turns TLS off. Use ISTIO_MUTUAL (at chart/iris)');
  });
});
