import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { Mesh } from '../../src/mesh/mesh';
import { Warnings } from '../../src/mesh/warnings';
import { BackendUse, IBackend, RouteEngine } from '../../src/plan/backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { Plan } from '../../src/plan/plan';
import { IRouter } from '../../src/plan/router';
import { StringMatch } from '../../src/plan/string-match';
import { IstioRouter } from '../../src/routers/istio-router';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { Pipeline } from '../../src/seldon/core2/pipeline';
import { AbTest } from '../../src/traffic/ab-test';
import { BlueGreen, BlueGreenSlot } from '../../src/traffic/blue-green';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';
import { ModelRoute } from '../../src/traffic/model-route';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { ForeignBackend } from '../support/backends';
import { chartOf, predictor, specOf } from '../support/core1';
import { findingsOf, messageOf } from '../support/errors';
import { manifestsOf } from '../support/manifests';

/** A router for the Gateway API, as someone else would write it: it knows nothing of Seldon. */
class HttpRouteRouter implements IRouter {
  public readonly engine = RouteEngine.MESH;

  public route(scope: Construct, plan: Plan): void {
    const rules = plan.endpoints.flatMap(({ arms }) => arms.map(({ weight, binding }) => (
      { backendRefs: [{ name: binding!.target.host.split('.')[0], port: binding!.target.port, weight }] })));
    const object = new ApiObject(scope, 'Resource', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: plan.name } });
    object.addJsonPatch(JsonPatch.add('/spec', { rules }));
  }
}

const ROUTER = new HttpRouteRouter();
const gateways = [{ gatewayName: 'gw', gatewayNamespace: 'istio-system' }];

function twoPredictors(chart: Chart): SeldonDeployment {
  return new SeldonDeployment(chart, 'iris', { predictors: [predictor('main'), predictor('next')] });
}

function foreign(name: string): ForeignBackend {
  return new ForeignBackend({ description: `Foreign ${name}`, host: `${name}.ml.svc.cluster.local`, namespace: 'ml', port: 80, protocol: 'v2' });
}

describe('a router that someone else wrote', () => {
  test('has the targets of all arms', () => {
    const chart = chartOf();
    const deployment = twoPredictors(chart);
    new Canary(chart, 'rollout', { gateways, stable: deployment.predictor('main'), canary: deployment.predictor('next'), weight: 10, router: ROUTER });

    expect(manifestsOf(chart, 'HTTPRoute')[0].spec.rules).toEqual([
      { backendRefs: [{ name: 'iris-main', port: 8000, weight: 90 }] }, { backendRefs: [{ name: 'iris-next', port: 8000, weight: 10 }] },
    ]);
  });

  test('reports to a SeldonDeployment who routes it', () => {
    const chart = chartOf();
    const deployment = twoPredictors(chart);
    new ModelRoute(chart, 'route', { gateways, backend: deployment.predictor('next'), router: ROUTER });

    Testing.synth(chart);
    expect(specOf(deployment).predictors.map(({ name, traffic }: { name: string; traffic: number }) => [name, traffic])).toEqual([['main', 0], ['next', 100]]);
    expect(Warnings.find(deployment).filter((text) => text.includes('without traffic'))).toEqual([]);
  });

  test('cannot share a SeldonDeployment with Seldon\'s operator', () => {
    const chart = chartOf();
    const deployment = twoPredictors(chart);
    new ModelRoute(chart, 'mine', { gateways, backend: deployment.predictor('main'), router: ROUTER });

    expect(messageOf(() => new ModelRoute(chart, 'its', { gateways, backend: deployment.predictor('main'), router: { engine: RouteEngine.OPERATOR, route: () => undefined } })))
      .toEqual('SeldonDeployment iris is routed by this library for chart/mine and by Seldon\'s operator for chart/its. '
        + 'Use an OperatorRouter for all its rollouts, or for none of them (at chart/its)');
  });

  test('is refused where Seldon\'s operator manages Istio, by reference too', () => {
    const chart = chartOf();
    Mesh.configure(chart, { operatorIstio: true });
    const reference = SeldonDeployment.fromSeldonDeploymentName(chart, 'ref', 'wine', { predictors: [{ name: 'main' }] });

    expect(messageOf(() => new ModelRoute(chart, 'route', { gateways, backend: reference.predictor('main'), router: ROUTER }))).toEqual(
      'SeldonDeployment seldon/wine is routed by this library and by Seldon\'s operator, since Mesh.configure sets operatorIstio: true. '
      + 'Disable the operator\'s routes where the deployment is created, and set operatorRoutes: true here (at chart/route)');
  });

  test.each<[string, (chart: Chart) => IBackend]>([
    ['a Pipeline', (chart) => { const pipeline = new Pipeline(chart, 'pipe'); pipeline.addStepNamed('iris'); return pipeline; }],
    ['a Pipeline by its name', (chart) => { new Pipeline(chart, 'pipe').addStepNamed('iris'); return Pipeline.fromPipelineName(chart, 'ref', 'pipe'); }],
  ])('reports to %s that callers wait for its output', (_name, backendIn) => {
    const chart = chartOf();
    new ModelRoute(chart, 'route', { gateways, backend: backendIn(chart), router: ROUTER });

    expect(findingsOf(chart)).toEqual([expect.stringContaining('Pipeline seldon/pipe serves callers and has no output')]);
  });

  test('reports to Models that they share requests', () => {
    const chart = chartOf();
    const [a, b] = ['a', 'b'].map((name) => new Model(chart, name, { storageUri: `gs://${name}` }));
    new Experiment(chart, 'exp', { candidates: [{ name: 'a', weight: 1 }, { name: 'b', weight: 1 }], defaultCandidate: 'a' });
    new TrafficSplit(chart, 'split', { gateways, arms: [{ backend: a, weight: 1 }, { backend: b, weight: 1 }], router: ROUTER });

    Testing.synth(chart);
    expect(Warnings.find(chart)).toContainEqual(expect.stringContaining('Model "a" is one of several arms'));
  });
});

describe('a backend that someone else wrote', () => {
  const made: [string, (chart: Chart, router: IRouter, a: IBackend, b: IBackend, copy: IBackend) => Construct][] = [
    ['TrafficSplit', (chart, router, a, b, copy) => new TrafficSplit(chart, 'r', {
      gateways, router, arms: [{ backend: a, weight: 1 }, { backend: b, weight: 1 }], mirrors: [{ backend: copy, percent: 5 }],
    })],
    ['sticky Canary', (chart, router, a, b, copy) => new Canary(chart, 'r', {
      gateways, router, stable: a, canary: b, weight: 50, sticky: {}, testers: [CallerMatch.header('x-tester', 'yes')], mirrors: [{ backend: copy, percent: 5 }],
    })],
    ['AbTest', (chart, router, a, b, copy) => new AbTest(chart, 'r', {
      gateways, router, variants: [{ name: 'a', backend: a, weight: 1 }, { name: 'b', backend: b, weight: 1 }], sticky: {}, mirrors: [{ backend: copy, percent: 5 }],
    })],
  ];

  describe.each<[string, IRouter]>([['such a router', ROUTER], ['IstioRouter', new IstioRouter()]])('with %s', (_name, router) => {
    test.each(made)('is bound once by a %s', (_style, make) => {
      const [a, b, copy] = ['a', 'b', 'copy'].map(foreign);
      const rollout = make(new Chart(new App(), 'chart', { namespace: 'ml' }), router, a, b, copy);

      const use: BackendUse = { engine: RouteEngine.MESH, mirror: false, shared: true, timeout: undefined };
      expect(a.bound).toEqual([{ by: rollout, use }]);
      expect(b.bound).toEqual([{ by: rollout, use }]);
      expect(copy.bound).toEqual([{ by: rollout, use: { ...use, mirror: true } }]);
    });

    test('is bound once by a ModelRoute and by a ShadowDeployment, and shares nothing', () => {
      const [a, b, copy] = ['a', 'b', 'copy'].map(foreign);
      const chart = new Chart(new App(), 'chart', { namespace: 'ml' });
      new ModelRoute(chart, 'route', { gateways, router, backend: a });
      new ShadowDeployment(chart, 'shadow', { gateways, router, primary: b, shadows: [{ backend: copy, percent: 5 }] });

      expect([a, b, copy].map(({ bound }) => bound.map(({ use }) => [use.shared, use.mirror])))
        .toEqual([[[false, false]], [[false, false]], [[false, true]]]);
    });

    test('is bound by a BlueGreen once for each endpoint', () => {
      const [blue, green] = ['blue', 'green'].map(foreign);
      const chart = new Chart(new App(), 'chart', { namespace: 'ml' });
      new BlueGreen(chart, 'r', { gateways, router, blue, green, active: BlueGreenSlot.BLUE, preview: { hosts: ['preview.example.com'] } });

      expect([blue.bound.length, green.bound.length]).toEqual([2, 2]);
    });
  });

  test('is reached at the target that it returns when it is bound', () => {
    const service = ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 80 });
    const backend: IBackend = { target: (scope) => service.target(scope), bind: (scope) => ({ ...service.target(scope), port: 81 }) };
    const chart = new Chart(new App(), 'chart', { namespace: 'ml' });
    new ModelRoute(chart, 'route', { gateways, backend });

    expect(manifestsOf(chart, 'VirtualService')[0].spec.http[0].route[0].destination.port).toEqual({ number: 81 });
  });
});

describe('a value that does not fit fails', () => {
  const target = { description: 'Foreign a', host: 'a.ml.svc.cluster.local', namespace: 'ml', port: 80 };
  const routeOf = (bound: unknown) => {
    const backend = { target: () => target, bind: () => bound } as unknown as IBackend;
    return messageOf(() => new ModelRoute(chartOf(), 'iris', { gateways, backend, paths: [StringMatch.prefix('/a/')], grpc: GrpcCalls.byHeader('a', 'b') }));
  };

  test('which the control shows', () => {
    expect(routeOf({ ...target, grpc: { port: 80 } })).toEqual('no error');
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'target of backend undefined. Expected an object with'],
    ['a promise', Promise.resolve(target), 'target of backend an object. Expected an object with description, host, namespace and port'],
    ['a host that is a number', { ...target, host: 5 }, 'host of target of backend 5. Expected a string'],
    ['a misspelt field', { ...target, requestHeader: { a: 'b' } }, 'unknown field "requestHeader"'],
    ['gRPC without a port', { ...target, grpc: {} }, 'port of grpc of target of backend undefined'],
  ])('as the target of a backend: %s', (_what, bound, message) => {
    expect(routeOf(bound)).toContain(message);
  });

  test('as a backend without bind, or a router without an engine', () => {
    const backend = { target: () => target } as unknown as IBackend;
    expect(messageOf(() => new ModelRoute(chartOf(), 'iris', { gateways, backend })))
      .toEqual('backend an object. Expected a backend, such as a Model or ServiceBackend.of(…). This one has no bind (at chart/iris)');
    const router = { route: () => undefined } as unknown as IRouter;
    expect(messageOf(() => new ModelRoute(chartOf(), 'iris', { gateways, backend: foreign('a'), router })))
      .toEqual('router an object. Expected a router, such as new IstioRouter(). This one has no engine (at chart/iris)');
  });

  test('as the engine of a router', () => {
    const router = { engine: 'istio', route: () => undefined } as unknown as IRouter;
    expect(messageOf(() => new ModelRoute(chartOf(), 'iris', { gateways, backend: foreign('a'), router })))
      .toEqual('engine of the router "istio". Expected one of mesh, experiment, operator (at chart/iris)');
  });

  test('as a router of engine OPERATOR that sets no traffic', () => {
    const chart = chartOf();
    const deployment = twoPredictors(chart);
    const arms = ['main', 'next'].map((name) => ({ backend: deployment.predictor(name), weight: 50 }));
    new TrafficSplit(chart, 'split', { gateways, arms, router: { engine: RouteEngine.OPERATOR, route: () => undefined } });
    expect(findingsOf(chart)).toEqual(['[chart/iris] chart/split leaves the routes of SeldonDeployment iris to Seldon\'s operator, and its router sets no traffic. '
      + 'A router of engine OPERATOR passes its plan on to OperatorRouter, which sets traffic and shadow of the predictors']);
  });
});

test('a binding is made again when the router changes how the backend is used', () => {
  const chart = chartOf();
  const uses: BackendUse[] = [];
  const backend = foreign('a');
  const seen: IBackend = { target: (scope) => backend.target(scope), bind: (scope, use) => { uses.push(use); return backend.bind(scope, use); } };
  const router: IRouter = {
    engine: RouteEngine.MESH,
    route: (scope, plan) => new IstioRouter().route(scope, {
      ...plan, endpoints: plan.endpoints.map((endpoint) => ({ ...endpoint, policy: { timeout: Duration.seconds(30) } })),
    }),
  };
  new ModelRoute(chart, 'iris', { gateways, backend: seen, router });
  expect(uses.map(({ timeout }) => timeout?.toSeconds())).toEqual([undefined, 30]);
});
