import { App, Chart } from 'cdk8s';
import { Headers, Request } from './harness/clients';
import { parse, print } from './harness/manifests';
import { ANSWERED_BY, MIRRORED_TO, InnerWorld, SeldonEnvoy } from './harness/seldon-envoy';
import { Exchange, startWorld, World } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { IBackend } from '../../src/plan/backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { PathRewrite } from '../../src/plan/policy';
import { StringMatch } from '../../src/plan/string-match';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { Pipeline } from '../../src/seldon/core2/pipeline';
import { Rules } from '../../src/synthesis/rules';
import { EndpointProps } from '../../src/traffic/endpoint-props';
import { ModelRoute } from '../../src/traffic/model-route';
import { TrafficSplit } from '../../src/traffic/traffic-split';

// Behind Istio's Envoy stands that of Seldon Core 2. What it was seen to answer is a table here; a stand-in follows the table,
// and requests through the library's routes get from it what the library promises.

const INNER: InnerWorld = {
  models: { iris1: 1, iris2: 1, iris3: 1, iris4: 1 },
  experiments: {
    split: { candidates: { iris1: 70, iris2: 30 } },
    shadow: { candidates: { iris1: 100 }, mirror: { name: 'iris3', percent: 30 } },
    takeover: { candidates: { iris4: 50, iris2: 50 }, takesOver: 'iris4' },
    watched: { candidates: { iris1: 50, iris2: 50 }, mirror: { name: 'iris3', percent: 100 } },
  },
  pipelines: ['pipe'],
};

const INFER = '/inference.GRPCInferenceService/ModelInfer';
const NOT_FOUND = { none: 1 };

/** Of how many requests who answers, and how many are mirrored. */
interface Seen { readonly to: Readonly<Record<string, number>>; readonly mirrored?: Readonly<Record<string, number>> }

/** A line of what was seen: a request, and who answered how often. */
type Line = readonly [title: string, path: string, headers: Headers, to: Seen['to'], mirrored?: Seen['mirrored']];

const LINES: readonly Line[] = [
  ['a model by header and path', '/v2/models/iris1/infer', { 'seldon-model': 'iris1' }, { iris1: 1 }],
  ['a model by header, whatever the path', '/v2/models/iris/infer', { 'seldon-model': 'iris1' }, { iris1: 1 }],
  ['a model by path', '/v2/models/iris1/infer', {}, { iris1: 1 }],
  ['an experiment by path', '/v2/models/split.experiment/infer', {}, { iris1: 7, iris2: 3 }],
  ['a pipeline by path', '/v2/pipelines/pipe/infer', {}, { 'pipe.pipeline': 1 }],
  ['a pipeline by header', '/v2/models/pipe/infer', { 'seldon-model': 'pipe.pipeline' }, { 'pipe.pipeline': 1 }],
  ['a pipeline without its suffix', '/v2/models/pipe/infer', { 'seldon-model': 'pipe' }, NOT_FOUND],
  ['an experiment without its suffix', '/v2/models/split/infer', { 'seldon-model': 'split' }, NOT_FOUND],
  ['a model with a suffix', '/v2/models/iris1/infer', { 'seldon-model': 'iris1.model' }, NOT_FOUND],
  ['a model that is unknown', '/v2/models/iris9/infer', { 'seldon-model': 'iris9' }, NOT_FOUND],
  ['a gRPC call by header', INFER, { 'seldon-model': 'iris1' }, { iris1: 1 }],
  ['a gRPC call without a header', INFER, {}, NOT_FOUND],
  ['the root', '/', { 'seldon-model': 'iris1' }, NOT_FOUND],
  ['another protocol', '/v1/models/iris1:predict', { 'seldon-model': 'iris1' }, NOT_FOUND],
  ['health', '/v2/health/ready', { 'seldon-model': 'iris1' }, { iris1: 1 }],
  ['two models in the header', '/v2/models/iris/infer', { 'seldon-model': ['iris1', 'iris2'] }, { iris1: 1 }],
  ['a model whose name is taken over', '/v2/models/iris4/infer', { 'seldon-model': 'iris4' }, { iris4: 5, iris2: 5 }],
  ['an experiment', '/v2/models/split/infer', { 'seldon-model': 'split.experiment' }, { iris1: 140, iris2: 60 }],
  ['an experiment with a mirror', '/v2/models/shadow/infer', { 'seldon-model': 'shadow.experiment' }, { iris1: 200 }, { iris3: 60 }],
  ['a route of an experiment', '/v2/models/split/infer', { 'seldon-model': 'split.experiment', 'x-seldon-route': ':iris2_1:' }, { iris2: 10 }],
  ['a route of an older version', '/v2/models/split/infer', { 'seldon-model': 'split.experiment', 'x-seldon-route': ':iris2_0:' }, NOT_FOUND],
  ['a route of a model that left', '/v2/models/split/infer', { 'seldon-model': 'split.experiment', 'x-seldon-route': ':iris3_1:' }, NOT_FOUND],
  ['a route of one candidate', '/v2/models/shadow/infer', { 'seldon-model': 'shadow.experiment', 'x-seldon-route': ':iris1_1:' }, NOT_FOUND],
  ['a route of a plain model', '/v2/models/iris1/infer', { 'seldon-model': 'iris1', 'x-seldon-route': ':iris1_1:' }, NOT_FOUND],
  ['a route of a model that is taken over', '/v2/models/iris4/infer', { 'seldon-model': 'iris4', 'x-seldon-route': ':iris4_1:' }, { iris4: 10 }],
  ['a route without a model', '/v2/models/iris1/infer', { 'x-seldon-route': ':iris1_1:' }, NOT_FOUND],
  ['a route of an experiment with a mirror', '/v2/models/watched/infer', { 'seldon-model': 'watched.experiment', 'x-seldon-route': ':iris1_1:' },
    { iris1: 10 }, {}],
];

const count = (names: readonly (string | undefined)[]) => {
  const counts: Record<string, number> = {};
  for (const name of names) {
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

const timesOf = (to: Seen['to']) => Object.values(to).reduce((sum, each) => sum + each, 0);

const seen = LINES.map(([title, path, headers, to, mirrored = {}]) => ({ title, path, headers, to, mirrored }));

test.each(seen)('the stand-in answers for $title as was seen', ({ path, headers, to, mirrored }) => {
  const envoy = new SeldonEnvoy(INNER);
  const arriving = new Map(Object.entries(headers).map(([name, value]) => [name, [value].flat()]));
  const picked = Array.from({ length: timesOf(to) }, () => envoy.pick({ path, headers: arriving }));
  expect({ to: count(picked.map((one) => one.to ?? 'none')), mirrored: count(picked.map(({ mirroredTo }) => mirroredTo)) }).toEqual({ to, mirrored });
});

const HOST = 'models.example.com';

/** An app with an endpoint for each kind of backend. */
function manifests(): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon-mesh' });
  const gateways = [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system', servers: [GatewayServer.http()] })];
  const iris1 = Model.fromModelName(chart, 'model-iris1', 'iris1');
  const model = (name: string) => Model.fromModelName(chart, `model-${name}`, name);
  const experiment = (id: string, ...weights: [string, number][]) => new Experiment(chart, id, {
    candidates: weights.map(([name, weight]) => ({ name, weight })),
    mirror: id === 'shadow' ? { name: 'iris3', percent: 30 } : id === 'watched' ? { name: 'iris3', percent: 100 } : undefined,
    defaultCandidate: id === 'takeover' ? 'iris4' : undefined,
  });
  const split = experiment('split', ['iris1', 70], ['iris2', 30]);
  const takeover = experiment('takeover', ['iris4', 50], ['iris2', 50]);
  const watched = experiment('watched', ['iris1', 50], ['iris2', 50]);
  const pipe = new Pipeline(chart, 'pipe');
  pipe.addOutput({ steps: [pipe.addStepNamed('iris1').output()] });
  const route = (id: string, backend: IBackend, props: Partial<EndpointProps> = {}) =>
    new ModelRoute(chart, `to-${id}`, { endpoint: id, gateways, backend, ...props });

  route('iris1', iris1);
  route('iris', iris1, { health: true });
  route('taken', model('iris4'));
  route('unknown', model('iris9'));
  route('no-suffix', model('pipe'));
  route('pipe', pipe);
  route('pipe-path', pipe, { paths: [StringMatch.prefix('/v2/pipelines/pipe/')], grpc: GrpcCalls.none() });
  route('split', split);
  route('shadow', experiment('shadow', ['iris1', 100]));
  route('other-paths', iris1, { paths: [StringMatch.prefix('/iris/')], policy: { rewrite: PathRewrite.matched('/') }, grpc: GrpcCalls.none() });
  Rules.accept(route('own-host', iris1, { hosts: ['own.example.com'], grpc: GrpcCalls.allOnHost() }), 'hidden-host', 'the host is for this model only');
  route('sticky-split', split, { seldonSticky: true });
  route('sticky-takeover', takeover, { seldonSticky: true });
  route('sticky-watched', watched, { seldonSticky: true });
  route('watched', watched);
  new TrafficSplit(chart, 'to-arms', { endpoint: 'arms', gateways, arms: [{ backend: pipe, weight: 30 }, { backend: split, weight: 70 }] });
  return App.of(chart).synthYaml();
}

/** A request to an endpoint, over both protocols. */
const both = (name: string, headers?: Headers): [string, Request][] => [
  ['REST', { rest: `/v2/models/${name}/infer`, host: HOST, headers }],
  ['gRPC', { grpc: 'ModelInfer', model: name, host: HOST, headers: { 'seldon-model': name, ...headers } }],
];

/** A header of an answer; over gRPC all are lists. */
const headerOf = ({ response: { headers } }: Exchange, name: string): string | undefined => [headers[name]].flat()[0];

const seenIn = (exchanges: readonly Exchange[]): Seen => ({
  to: count(exchanges.map((exchange) => {
    const { status, grpcStatus } = exchange.response;
    return headerOf(exchange, ANSWERED_BY) ?? (status === 404 || grpcStatus === 12 ? 'none' : `status ${status ?? grpcStatus}`);
  })),
  mirrored: count(exchanges.map((exchange) => headerOf(exchange, MIRRORED_TO))),
});

let world: World;

const open = async (yaml: string) => {
  const envoy = new SeldonEnvoy(INNER);
  world = await startWorld(yaml, { decide: (arrival) => envoy.decide(arrival) });
};

describe('through the library\'s routes', () => {
  beforeAll(() => open(manifests()));
  afterAll(() => world?.close());

  test('Envoy accepts the whole configuration', async () => {
    expect(await world.rejected()).toEqual([]);
  });

  /** Endpoints, what callers send in addition to the name, and who answers. */
  const promised: readonly (readonly [title: string, endpoint: string, headers: Headers | undefined, to: Seen['to'], mirrored?: Seen['mirrored']])[] = [
    ['a model', 'iris1', undefined, { iris1: 10 }],
    ['a model under another name', 'iris', undefined, { iris1: 10 }],
    ['a pipeline', 'pipe', undefined, { 'pipe.pipeline': 10 }],
    ['a pipeline treated as a model', 'no-suffix', undefined, { none: 10 }],
    ['a model that is unknown', 'unknown', undefined, { none: 10 }],
    ['a model whose name is taken over', 'taken', undefined, { iris4: 5, iris2: 5 }],
    ['an experiment', 'split', undefined, { iris1: 7, iris2: 3 }],
    ['an experiment with a mirror', 'shadow', undefined, { iris1: 10 }, { iris3: 3 }],
    // Without the option an echoed route has no effect: no session is sticky, and no one gets 404.
    ['a model, for callers who echo a route', 'iris1', { 'x-seldon-route': ':iris1_1:' }, { iris1: 10 }],
    ['a model, for callers who echo the route of an older version', 'iris', { 'x-seldon-route': ':iris1_0:' }, { iris1: 10 }],
    ['one candidate, for callers who echo a route', 'shadow', { 'x-seldon-route': ':iris1_1:' }, { iris1: 10 }, { iris3: 3 }],
    ['an experiment, for callers who echo a route', 'split', { 'x-seldon-route': ':iris2_1:' }, { iris1: 7, iris2: 3 }],
    ['an experiment, for callers who echo the route of an older version', 'split', { 'x-seldon-route': ':iris2_0:' }, { iris1: 7, iris2: 3 }],
    ['a model whose name is taken over, for callers who echo a route', 'taken', { 'x-seldon-route': ':iris4_1:' }, { iris4: 5, iris2: 5 }],
    // With the option callers stay, and pay for it.
    ['a sticky experiment, for new callers', 'sticky-split', undefined, { iris1: 7, iris2: 3 }],
    ['a sticky experiment, for callers with a route', 'sticky-split', { 'x-seldon-route': ':iris2_1:' }, { iris2: 10 }],
    ['a sticky experiment, for callers whose model was updated', 'sticky-split', { 'x-seldon-route': ':iris2_0:' }, { none: 10 }],
    ['a sticky experiment, for callers whose model left', 'sticky-split', { 'x-seldon-route': ':iris3_1:' }, { none: 10 }],
    ['a sticky experiment that takes a name over, for callers with a route', 'sticky-takeover', { 'x-seldon-route': ':iris4_1:' }, { iris4: 10 }],
    ['a sticky experiment with a mirror, for new callers', 'sticky-watched', undefined, { iris1: 5, iris2: 5 }, { iris3: 10 }],
    ['a sticky experiment with a mirror, for callers with a route', 'sticky-watched', { 'x-seldon-route': ':iris1_1:' }, { iris1: 10 }, {}],
    ['an experiment with a mirror, for callers who echo a route', 'watched', { 'x-seldon-route': ':iris1_1:' }, { iris1: 5, iris2: 5 }, { iris3: 10 }],
    ['a sticky experiment, for callers who forge what Seldon keeps for itself', 'sticky-split',
      { 'seldon-internal-model': 'iris1_1', 'x-seldon-route': ':iris2_1:' }, { iris2: 10 }],
  ];

  const cases = promised.map(([title, endpoint, headers, to, mirrored = {}]) => ({ title, endpoint, headers, to, mirrored }));

  test.each(cases)('$title', async ({ endpoint, headers, to, mirrored }) => {
    for (const [protocol, request] of both(endpoint, headers)) {
      expect([protocol, seenIn(await world.sendAll(new Array(timesOf(to)).fill(request)))]).toEqual([protocol, { to, mirrored }]);
    }
  });

  test('each request arrives with one name, and with no more of what Seldon keeps for itself than was asked for', async () => {
    const forged = { 'x-seldon-route': ':iris2_1:', 'seldon-internal-model': 'iris3_1' };
    for (const [endpoint, name, route] of [
      ['pipe', 'pipe.pipeline', undefined], ['split', 'split.experiment', undefined], ['sticky-split', 'split.experiment', [':iris2_1:']], ['iris1', 'iris1', undefined],
    ] as const) {
      for (const [protocol, request] of both(endpoint, forged)) {
        const [{ headers }] = (await world.send(request)).arrivals();
        expect([protocol, endpoint, headers.get('seldon-model'), headers.get('x-seldon-route'), headers.get('seldon-internal-model')])
          .toEqual([protocol, endpoint, [name], route, undefined]);
      }
    }
  });

  test('a pipeline and an experiment as arms', async () => {
    for (const [protocol, request] of both('arms', { 'x-seldon-route': ':iris1_1:' })) {
      const exchanges = await world.sendAll(new Array(1000).fill(request));
      const arms = count(exchanges.map(({ answeredBy }) => answeredBy?.headers.get('seldon-model')?.join()));
      const { 'pipe.pipeline': pipe, 'split.experiment': split } = arms;
      expect([protocol, Object.keys(arms).length, pipe + split]).toEqual([protocol, 2, 1000]);
      // Five standard deviations of a share of 30 % of 1,000.
      expect(Math.abs(pipe - 300)).toBeLessThan(73);
      expect(seenIn(exchanges).to).toEqual({ 'pipe.pipeline': pipe, 'iris1': expect.any(Number), 'iris2': expect.any(Number) });
    }
  });

  test('the path is ignored where the route sets the header', async () => {
    const exchange = await world.send({ rest: '/v2/models/iris/infer', host: HOST });
    expect([exchange.answeredBy!.path, headerOf(exchange, ANSWERED_BY)]).toEqual(['/v2/models/iris/infer', 'iris1']);
  });

  test('a pipeline under its own path', async () => {
    const exchange = await world.send({ rest: '/v2/pipelines/pipe/infer', host: HOST });
    expect([exchange.answeredBy!.path, headerOf(exchange, ANSWERED_BY)]).toEqual(['/v2/pipelines/pipe/infer', 'pipe.pipeline']);
  });

  test('an experiment has no path other than that of its endpoint', async () => {
    const { response, arrivals } = await world.send({ rest: '/v2/models/split.experiment/infer', host: HOST });
    expect([response.status, arrivals()]).toEqual([404, []]);
  });

  test('health reaches the model of the endpoint that takes it', async () => {
    expect(headerOf(await world.send({ rest: '/v2/health/ready', host: HOST }), ANSWERED_BY)).toEqual('iris1');
  });

  test('a second model that a caller names does not count', async () => {
    for (const [, request] of both('iris1')) {
      const headers = { ...request.headers, 'seldon-model': ['iris1', 'iris2'] };
      const exchange = await world.send({ ...request, headers });
      expect([headerOf(exchange, ANSWERED_BY), exchange.answeredBy!.headers.get('seldon-model')]).toEqual(['iris1', ['iris1']]);
    }
  });

  test('gRPC callers need no header where the endpoint owns its host', async () => {
    const exchange = await world.send({ grpc: 'ModelInfer', model: 'iris1', host: 'own.example.com' });
    expect([exchange.response.grpcStatus, headerOf(exchange, ANSWERED_BY)]).toEqual([0, 'iris1']);
  });

  test('gRPC callers without a header get nowhere where many share the host', async () => {
    const { response, arrivals } = await world.send({ grpc: 'ModelInfer', model: 'iris1', host: HOST });
    expect([response.grpcStatus, arrivals()]).toEqual([12, []]);
  });

  test('paths that Seldon does not serve come back as 404, behind a rewrite, too', async () => {
    const at = async (rest: string) => seenIn([await world.send({ rest, host: HOST })]).to;
    expect(await at('/iris/v2/models/any/infer')).toEqual({ iris1: 1 });
    expect([await at('/iris/v1/models/iris1:predict'), await at('/iris/')]).toEqual([NOT_FOUND, NOT_FOUND]);
  });

  test('callers who send back what they got stay, over REST and gRPC', async () => {
    for (const [protocol, request] of both('sticky-split')) {
      for (const first of await world.sendAll(new Array(10).fill(request))) {
        const headers = { ...request.headers, 'x-seldon-route': headerOf(first, 'x-seldon-route')! };
        const model = headerOf(first, ANSWERED_BY)!;
        const again = await world.sendAll(new Array(5).fill({ ...request, headers }));
        expect([protocol, seenIn(again)]).toEqual([protocol, { to: { [model]: 5 }, mirrored: {} }]);
      }
    }
  });
});

describe('routes that leave x-seldon-route alone', () => {
  beforeAll(() => {
    const objects = parse(manifests());
    for (const { spec } of objects.filter(({ kind }) => kind === 'VirtualService')) {
      for (const { headers } of spec.http.flatMap((rule: any) => rule.route)) {
        headers.request.remove = headers.request.remove.filter((name: string) => name !== 'x-seldon-route');
      }
    }
    return open(print(objects));
  });
  afterAll(() => world?.close());

  test.each([['iris1', ':iris1_1:'], ['shadow', ':iris1_1:'], ['split', ':iris2_0:']])('let an echoed route lead to 404: %s with %s', async (endpoint, route) => {
    for (const [protocol, request] of both(endpoint, { 'x-seldon-route': route })) {
      expect([protocol, seenIn([await world.send(request)]).to]).toEqual([protocol, NOT_FOUND]);
    }
  });
});

