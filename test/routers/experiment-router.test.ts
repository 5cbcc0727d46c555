import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { ResourceType, SeldonIdentity } from '../../src/plan/backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { StringMatch } from '../../src/plan/string-match';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { Model } from '../../src/seldon/core2/model';
import { core2Target } from '../../src/seldon/core2/target';
import { ModelRoute } from '../../src/traffic/model-route';
import { TrafficSplit, TrafficSplitProps } from '../../src/traffic/traffic-split';
import { ForeignBackend } from '../support/backends';
import { messageOf } from '../support/errors';
import { manifestOf, testChart } from '../support/manifests';

const router = new ExperimentRouter();

function world() {
  const chart = testChart();
  const gateways = [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })];
  const [iris1, iris2] = ['iris1', 'iris2'].map((id) => new Model(chart, id, { storageUri: `gs://models/${id}` }));
  return { chart, gateways, iris1, iris2, arms: [{ backend: iris1, weight: 70 }, { backend: iris2, weight: 30 }] };
}

test('a split between models', () => {
  const { chart, gateways, arms } = world();
  new TrafficSplit(chart, 'iris', { gateways, arms, router });

  expect(manifestOf(chart, 'Experiment').spec).toEqual({
    candidates: [{ name: 'iris1', weight: 70 }, { name: 'iris2', weight: 30 }],
    resourceType: 'model',
  });
  expect(manifestOf(chart, 'VirtualService').spec.http[0].route).toEqual([{
    destination: { host: 'seldon-mesh.seldon-mesh.svc.cluster.local', port: { number: 80 } },
    headers: { request: { set: { 'seldon-model': 'iris.experiment' }, remove: ['x-seldon-route', 'seldon-internal-model'] } },
  }]);
});

test('a model whose own name is taken over', () => {
  const { chart, arms } = world();
  new TrafficSplit(chart, 'iris', { arms, router: new ExperimentRouter({ defaultCandidate: 'iris1' }) });

  expect(manifestOf(chart, 'Experiment').spec.default).toEqual('iris1');
});

test('without gateways the values that are set may be the defaults', () => {
  const { chart, arms } = world();
  new TrafficSplit(chart, 'iris', { arms, router, gateways: [], endpoint: 'iris', hosts: ['seldon-mesh.seldon-mesh.svc.cluster.local'] });

  expect(manifestOf(chart, 'Experiment').metadata.name).toEqual('iris');
});

test('an experiment may be named without an endpoint', () => {
  const { chart, arms } = world();
  new TrafficSplit(chart, 'split', { arms, router, metadata: { name: 'iris' } });

  expect(manifestOf(chart, 'Experiment').metadata.name).toEqual('iris');
});

test('the experiment lives with its models, the route with the chart', () => {
  const { chart, gateways } = world();
  const backend = (name: string) => Model.fromModelName(chart, name, name, { namespace: 'team-a' });
  new TrafficSplit(chart, 'iris', { gateways, router, arms: [{ backend: backend('a'), weight: 1 }, { backend: backend('b'), weight: 1 }] });

  expect([manifestOf(chart, 'Experiment').metadata.namespace, manifestOf(chart, 'VirtualService').metadata.namespace]).toEqual(['team-a', 'seldon-mesh']);
});

test('the policy stands on the route', () => {
  const { chart, gateways, arms } = world();
  new TrafficSplit(chart, 'iris', { gateways, arms, router, policy: { timeout: Duration.seconds(3) } });

  expect(manifestOf(chart, 'VirtualService').spec.http[0].timeout).toEqual('3s');
});

describe('fails', () => {
  function failure(change: (world_: ReturnType<typeof world>) => Partial<TrafficSplitProps>): string {
    const made = world();
    return messageOf(() => new TrafficSplit(made.chart, 'iris', { gateways: made.gateways, arms: made.arms, router, ...change(made) }));
  }

  test('for backends outside Seldon Core 2', () => {
    const backend = ServiceBackend.of({ name: 'old', namespace: 'ml', port: 80, grpcPort: 81 });
    expect(failure(({ iris1 }) => ({ arms: [{ backend: iris1, weight: 1 }, { backend, weight: 1 }] })))
      .toEqual('Service ml/old in an Experiment. Experiments choose between models or pipelines of Seldon Core 2. Use IstioRouter (at test/iris)');
  });

  test('for models of two namespaces', () => {
    expect(failure(({ chart, iris1 }) => ({
      arms: [{ backend: iris1, weight: 1 }, { backend: Model.fromModelName(chart, 'other', 'iris2', { namespace: 'team-b' }), weight: 1 }],
    }))).toEqual('Model seldon-mesh/iris1 and Model team-b/iris2 in one Experiment. Use members of one namespace (at test/iris)');
  });

  test('for a model and a pipeline', () => {
    const pipeline = new ForeignBackend((scope) => core2Target(scope, {
      kind: 'Pipeline', name: 'pipe', namespace: 'seldon-mesh', header: 'pipe.pipeline', seldon: SeldonIdentity.ofResource(ResourceType.PIPELINE, 'pipe'),
    }));
    expect(failure(({ iris1 }) => ({ arms: [{ backend: iris1, weight: 1 }, { backend: pipeline, weight: 1 }] })))
      .toEqual('Model seldon-mesh/iris1 and Pipeline seldon-mesh/pipe in one Experiment. Use only Models, or only Pipelines (at test/iris)');
  });

  test('for header changes on an arm', () => {
    expect(failure(({ iris1, iris2 }) => ({
      arms: [{ backend: iris1, weight: 1, responseHeaders: { set: { arm: '1' } } }, { backend: iris2, weight: 1 }],
    }))).toEqual('header changes on an arm of an Experiment. Seldon selects the arm after the last route that could change them. Use IstioRouter (at test/iris)');
  });

  test('for several mirrors', () => {
    expect(failure(({ chart }) => ({
      mirrors: ['a', 'b'].map((name) => ({ backend: Model.fromModelName(chart, name, name), percent: 1 })),
    }))).toEqual('2 mirrors in an Experiment. An Experiment has a maximum of one (at test/iris)');
  });

  test('for a fraction of a percent', () => {
    expect(failure(({ chart }) => ({ mirrors: [{ backend: Model.fromModelName(chart, 'a', 'a'), percent: 0.5 }] })))
      .toEqual('percent 0.5 of an Experiment\'s mirror. Experiments accept whole percentages (at test/iris)');
  });

  test('for a policy that no route could carry', () => {
    expect(failure(() => ({ gateways: [], policy: { timeout: Duration.seconds(1) } }))).toEqual(withoutGateways('a policy', 'it'));
  });

  const withoutGateways = (what: string, them: string) => `${what} on Experiment "iris" without gateways. `
    + `Callers inside the cluster ask Seldon for "iris.experiment", without a route in between. Add gateways, or leave ${them} out (at test/iris)`;

  test.each<[string, Partial<TrafficSplitProps>]>([
    ['hosts', { hosts: ['models.example.com'] }],
    ['paths or health', { paths: [StringMatch.prefix('/v2/iris/')] }],
    ['paths or health', { paths: [] }],
    ['paths or health', { health: true }],
    ['grpc', { grpc: GrpcCalls.allOnHost() }],
    ['grpc', { grpc: GrpcCalls.byHeader('seldon-model', 'iris').withMethods(StringMatch.exact('/inference.GRPCInferenceService/ModelInfer')) }],
    ['direct responses', { directResponses: [{ path: StringMatch.exact('/ping'), status: 200 }] }],
  ])('for %s that no route could carry: %j', (what, props) => {
    expect(failure(() => ({ gateways: undefined, ...props }))).toEqual(withoutGateways(what, 'it'));
  });

  test('for all at once that no route could carry', () => {
    expect(failure(() => ({ gateways: [], hosts: ['a.example.com'], health: true }))).toEqual(withoutGateways('hosts, paths or health', 'them'));
  });

  test('for an endpoint that callers inside the cluster would not find', () => {
    expect(failure(() => ({ gateways: [], endpoint: 'flowers' }))).toEqual('endpoint "flowers" of Experiment "iris" without gateways. '
      + 'Callers inside the cluster ask Seldon for "iris.experiment", without a route in between. Add gateways, or give both the same name (at test/iris)');
  });

  test('for a name that no object can have, at the construct of the user', () => {
    const { chart, arms } = world();

    expect(() => new TrafficSplit(chart, 'Iris', { arms, router })).toThrow(new Error('name "Iris". Expected at most 253 lower-case letters, '
      + 'digits, hyphens and dots, starting and ending with a letter or digit (at test/Iris)'));
  });

  test('for a match that selects an arm', () => {
    const { chart, iris1 } = world();
    const { plan } = new ModelRoute(chart, 'plain', { backend: iris1 });
    const [first] = plan.endpoints;
    const scope = new Construct(chart, 'iris');

    expect(() => router.route(scope, {
      ...plan, endpoints: [{ ...first, arms: [{ backend: iris1, weight: 1, matches: [{ headers: { tester: StringMatch.exact('yes') } }] }] }],
    })).toThrow(new Error('a match that selects Model seldon-mesh/iris1 in an Experiment. Experiments share by weight only. Use IstioRouter (at test/iris)'));
  });

  test('for several endpoints', () => {
    const { chart, iris1 } = world();
    const { plan } = new ModelRoute(chart, 'plain', { backend: iris1 });
    const scope = new Construct(chart, 'iris');

    expect(() => router.route(scope, { ...plan, endpoints: [plan.endpoints[0], plan.endpoints[0]] }))
      .toThrow(new Error('an Experiment for 2 endpoints. An Experiment has one. Create one construct for each (at test/iris)'));
  });

  test('when the model to take over is no arm', () => {
    const { chart, arms } = world();

    expect(() => new TrafficSplit(chart, 'iris', { arms, router: new ExperimentRouter({ defaultCandidate: 'iris3' }) }))
      .toThrow(/iris3/);
  });
});
