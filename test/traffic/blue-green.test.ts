import { ApiObject, Testing } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { PathRewrite } from '../../src/plan/policy';
import { StringMatch } from '../../src/plan/string-match';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { Rules } from '../../src/synthesis/rules';
import { BlueGreen, BlueGreenProps, BlueGreenSlot } from '../../src/traffic/blue-green';
import { ModelRoute } from '../../src/traffic/model-route';
import { differences, differingFields } from '../support/differences';
import { messageOf } from '../support/errors';
import { manifestOf, manifestsOf } from '../support/manifests';
import { failure, inShort, models, rulesOf, service, services, World, written } from '../support/routed-backends';

const { BLUE, GREEN } = BlueGreenSlot;

function blueGreen({ chart, gateways, v1, v2 }: World, props: Partial<BlueGreenProps> = {}): BlueGreen {
  return new BlueGreen(chart, 'iris', { gateways, blue: v1, green: v2, active: BLUE, ...props });
}

/** The routes of both endpoints: object, hosts, and rules in short. */
function routes(world: World, props: Partial<BlueGreenProps>): { name: string; hosts: string[]; rules: string[] }[] {
  blueGreen(world, props);
  return manifestsOf(world.chart, 'VirtualService').map(({ metadata, spec }) => ({ name: metadata.name, hosts: spec.hosts, rules: spec.http.map(inShort) }));
}

test('defaultChild', () => {
  expect(ApiObject.of(blueGreen(services())).kind).toEqual('VirtualService');
});

test('two slots of plain Services', () => {
  expect(written(services(), blueGreen)).toMatchSnapshot();
});

test.each([
  [BLUE, 'v1 100, v2 0'],
  [GREEN, 'v1 0, v2 100'],
])('%s answers everything', (active, shares) => {
  const world = services();
  blueGreen(world, { active });

  expect(rulesOf(world).map(inShort)).toEqual([`iris-http: ${shares}`, `iris-grpc: ${shares}`]);
});

test('models of Seldon Core 2 with a preview', () => {
  const world = models();
  blueGreen(world, { preview: {} });

  expect(manifestsOf(world.chart, 'VirtualService')).toMatchSnapshot();
});

test('an Experiment can do it too', () => {
  const world = models();
  blueGreen(world, { router: new ExperimentRouter() });

  expect(manifestOf(world.chart, 'Experiment').spec.candidates).toEqual([{ name: 'iris1', weight: 100 }, { name: 'iris2', weight: 0 }]);
});

describe('the flip', () => {
  const step = (props: Partial<BlueGreenProps>) => written(services(), (world) => blueGreen(world, props));

  test('changes nothing but weights', () => {
    expect(differences(step({ active: BLUE }), step({ active: GREEN }))).toEqual([
      '/1/spec/http/0/route/0/weight', '/1/spec/http/0/route/1/weight', '/1/spec/http/1/route/0/weight', '/1/spec/http/1/route/1/weight',
    ]);
  });

  test.each([{}, { hosts: ['preview.example.com'] }])('changes nothing but weights of the preview %j', (preview) => {
    const [before, after] = [BLUE, GREEN].map((active) => step({ active, preview }));

    expect(differences(before, after).length).toEqual(8);
    expect(differingFields(before, after)).toEqual(['weight']);
  });

  test('changes nothing but weights of models of Seldon Core 2', () => {
    const [before, after] = [BLUE, GREEN].map((active) => written(models(), (world) => blueGreen(world, { active, preview: {} })));

    expect(differingFields(before, after)).toEqual(['weight']);
  });

  test('a release changes the idle slot alone', () => {
    expect(differences(step({ active: BLUE }), step({ active: BLUE, green: service('v3') }))).toEqual([
      '/1/spec/http/0/route/1/destination/host', '/1/spec/http/1/route/1/destination/host',
    ]);
  });
});

describe('the preview', () => {
  test('leads to the idle slot, on the same hosts under a name of its own', () => {
    expect(routes(services(), { active: GREEN, preview: {} })).toEqual([
      { name: 'iris', hosts: ['*'], rules: ['iris-http: v1 0, v2 100', 'iris-grpc: v1 0, v2 100'] },
      { name: 'iris-preview', hosts: ['*'], rules: ['iris-preview-http: v1 100, v2 0', 'iris-preview-grpc: v1 100, v2 0'] },
    ]);
  });

  test('is asked for by its name', () => {
    const world = services();
    blueGreen(world, { preview: { endpoint: 'next' } });

    const [, { metadata, spec }] = manifestsOf(world.chart, 'VirtualService');
    expect(metadata.name).toEqual('iris-next');
    expect(spec.http.map(({ match }: { match: object }) => match)).toEqual([
      [{ uri: { exact: '/v2/models/next' } }, { uri: { prefix: '/v2/models/next/' } }],
      [{ uri: { prefix: '/inference.GRPCInferenceService/' }, headers: { 'seldon-model': { exact: 'next' } } }],
    ]);
  });

  test.each([
    ['Iris.V2', 'iris-iris.v2-preview'], ['iris_2', 'iris-2-preview'], ['a_.-b', 'iris-a-b-preview'], ['a--b', 'iris-a--b-preview'], ['IRIS', 'iris-preview'],
  ])('of endpoint %s is an object %s, and keeps its name for callers', (endpoint, name) => {
    const world = services();
    blueGreen(world, { endpoint, preview: {} });

    const [, { metadata, spec }] = manifestsOf(world.chart, 'VirtualService');
    expect([metadata.name, spec.http[0].match[0].uri.exact]).toEqual([name, `/v2/models/${endpoint}-preview`]);
  });

  test('on hosts of its own takes the paths and calls of the endpoint', () => {
    const world = services();
    blueGreen(world, { health: true, preview: { hosts: ['preview.example.com'] } });

    const [main, preview] = manifestsOf(world.chart, 'VirtualService').map(({ spec }) => spec);
    expect([main.hosts, preview.hosts]).toEqual([['*'], ['preview.example.com']]);
    expect(preview.http.map(({ match }: { match: object }) => match)).toEqual(main.http.map(({ match }: { match: object }) => match));
    expect(preview.gateways).toEqual(main.gateways);
  });

  test('on a gateway of its own takes that gateway\'s hosts', () => {
    const world = services('models.example.com');
    const inside = new Gateway(world.chart, 'inside', {
      namespace: 'istio-system', selector: { istio: 'inside' }, servers: [GatewayServer.http({ hosts: ['*.internal'] })],
    });
    blueGreen(world, { preview: { gateways: [inside] } });

    expect(manifestsOf(world.chart, 'VirtualService').map(({ spec }) => [spec.gateways, spec.hosts])).toEqual([
      [['istio-system/seldon-gateway'], ['models.example.com']],
      [['istio-system/inside'], ['*.internal']],
    ]);
  });

  test('may name its paths and calls', () => {
    const world = services();
    blueGreen(world, { preview: { hosts: ['preview.example.com'], paths: [StringMatch.prefix('/')], grpc: GrpcCalls.none() } });

    const [, { spec }] = manifestsOf(world.chart, 'VirtualService');
    expect(spec.http.map(({ match }: { match: object }) => match)).toEqual([[{ uri: { prefix: '/' } }]]);
  });

  test('has the policy of the endpoint, or its own', () => {
    const rewrites = [undefined, { rewrite: PathRewrite.matched('/other/') }].map((policy) => {
      const world = services();
      blueGreen(world, { policy: { rewrite: PathRewrite.matched('/model/') }, preview: { policy } });
      return manifestsOf(world.chart, 'VirtualService').map(({ spec }) => spec.http[0].rewrite);
    });

    expect(rewrites).toEqual([[{ uri: '/model/' }, { uri: '/model/' }], [{ uri: '/model/' }, { uri: '/other/' }]]);
  });

  test.each([
    ['repeats direct responses on hosts of its own', { hosts: ['preview.example.com'] }, ['iris-preview-direct-1', 'iris-preview-http', 'iris-preview-grpc']],
    ['leaves direct responses on the same hosts to the endpoint', {}, ['iris-preview-http', 'iris-preview-grpc']],
  ])('%s', (_title, preview, names) => {
    const world = services();
    blueGreen(world, { preview, directResponses: [{ path: StringMatch.exact('/v2/models/iris/metrics'), status: 404 }] });

    const [, { spec }] = manifestsOf(world.chart, 'VirtualService');
    expect(spec.http.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  test('inside the mesh shares the object of the host', () => {
    const subset = (name: string) => ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 80, subset: name, subsetLabels: { version: name } });
    const world = { ...services(), gateways: [], v1: subset('v1'), v2: subset('v2') };

    expect(routes(world, { preview: {} })).toEqual([{
      name: 'algo-routes',
      hosts: ['algo.ml.svc.cluster.local'],
      rules: ['iris-http: algo 100, algo 0', 'iris-preview-http: algo 0, algo 100', 'rest-of-port-80: algo'],
    }]);
  });
});

describe('fails', () => {
  const problem = (props: Partial<BlueGreenProps>) => failure(services(), (world) => blueGreen(world, props));

  test('with one backend in both slots', () => {
    expect(problem({ green: service('v1') })).toEqual('slots "blue" and "green" are both Service ml/v1. Name two different backends (at test/iris)');
  });

  test('with another slot, as from a file', () => {
    expect(problem({ active: 'red' as BlueGreenSlot })).toEqual('active "red". Expected one of blue, green (at test/iris)');
    expect(problem({ active: undefined })).toEqual('active undefined. Expected one of blue, green (at test/iris)');
  });

  test('with a preview that no path can name', () => {
    expect(problem({ preview: { endpoint: 'a/b' } })).toEqual('endpoint "a/b". Expected letters, digits, hyphens, dots and underscores, '
      + 'starting and ending with a letter or digit. It is part of paths and headers (at test/iris)');
  });

  test('with a preview on a host that the gateway does not serve', () => {
    expect(failure(services('models.example.com'), (world) => blueGreen(world, { preview: { hosts: ['preview.example.com'] } }))).toEqual(
      'gateway seldon-gateway serves none of the hosts "preview.example.com". '
      + 'Its servers serve "models.example.com" for routes of namespace "seldon-mesh". Route a host that the gateway serves, or remove the gateway (at test/iris)',
    );
  });

  test('with a preview in an Experiment', () => {
    expect(failure(models(), (world) => blueGreen(world, { preview: {}, router: new ExperimentRouter() })))
      .toEqual('an Experiment for 2 endpoints. An Experiment has one. Create one construct for each (at test/iris)');
  });

  test.each([{ endpoint: 'iris' }, { hosts: ['*'] }])('with preview %j, which takes the requests of the endpoint', (preview) => {
    const world = services();
    blueGreen(world, { preview: { ...preview, paths: [StringMatch.exact('/v2/models/iris')], grpc: GrpcCalls.none() } });
    const name = preview.endpoint ?? 'iris-preview';

    expect(() => Testing.synth(world.chart)).toThrow(new Error('Validation failed with the following errors:\n  '
      + `[test/iris] endpoint "iris" of test/iris and endpoint "${name}" of test/iris both match requests for exact "/v2/models/iris" on host "*". `
      + 'Give one of them another path, header or host'));
  });

  test('with a preview of backends that set the paths themselves, on the same hosts', () => {
    const predictor = (name: string) => ServiceBackend.of({ name, namespace: 'ml', port: 8000, paths: [StringMatch.prefix('/seldon/ml/iris/')] });
    const world = services();
    blueGreen(world, { blue: predictor('iris-blue'), green: predictor('iris-green'), preview: {} });

    expect(() => Testing.synth(world.chart)).toThrow(new Error('Validation failed with the following errors:\n  '
      + '[test/iris] endpoint "iris" of test/iris and endpoint "iris-preview" of test/iris both match requests for prefix "/seldon/ml/iris/" on host "*". '
      + 'Give one of them another path, header or host'));
  });

  test('with a preview that takes its host from other endpoints, unless that is accepted', () => {
    const message = [false, true].map((isAccepted) => {
      const world = services();
      const made = blueGreen(world, { preview: { hosts: ['preview.example.com'] } });
      if (isAccepted) Rules.accept(made, 'hidden-host', 'testers call no other models there');
      new ModelRoute(world.chart, 'wine', { gateways: world.gateways, backend: service('wine') });
      return messageOf(() => Testing.synth(world.chart));
    });

    expect(message).toEqual(['Validation failed with the following errors:\n  '
      + '[test/iris] endpoint "iris-preview" of test/iris on host "preview.example.com" hides endpoint "wine" of test/wine, which is on "*" '
      + 'behind the same gateway and would answer 404 there. Give both the same host, or accept the finding with Rules.accept (rule hidden-host)', 'no error']);
  });
});
