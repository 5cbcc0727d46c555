import { App, Chart, Duration } from 'cdk8s';
import { Request } from './harness/clients';
import { troubled } from './harness/stubs';
import { Exchange, startWorld, World } from './harness/world';
import { BackendPolicy } from '../../src/istio/destination-rule/backend-policy';
import { HashKey, TrafficPolicy } from '../../src/istio/destination-rule/traffic-policy';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { RoutePolicy } from '../../src/plan/policy';
import { ModelRoute } from '../../src/traffic/model-route';

// What Envoy makes of policies on routes and on backends, with stubs that are slow or fail as their callers ask them to.

const HOST = 'models.example.com';

/** Endpoints of a Service, each with its own policy: `/v2/models/<name>/` and `seldon-model: <name>`. */
function routes(policies: { readonly [endpoint: string]: RoutePolicy | undefined }): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'models' });
  const gateways = [new Gateway(chart, 'gateway')];
  const backend = ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80, grpcPort: 9500 });
  for (const [name, policy] of Object.entries(policies)) {
    new ModelRoute(chart, `route-${name}`, { endpoint: name, gateways, backend, policy, grpc: GrpcCalls.byHeader('seldon-model', name) });
  }
  return App.of(chart).synthYaml();
}

const rest = (endpoint: string, headers: Record<string, string> = {}): Request => ({ rest: `/v2/models/${endpoint}/infer`, host: HOST, headers });

const grpc = (endpoint: string, headers: Record<string, string> = {}): Request => ({
  grpc: 'ModelInfer', model: endpoint, host: HOST, headers: { ...headers, 'seldon-model': endpoint },
});

let world: World;

describe('a policy on a route', () => {
  const TIMES = { five: { attempts: 5, retryOn: ['5xx'] }, none: { attempts: 0 }, named: { attempts: 1, retryOn: ['429'] } };

  beforeAll(async () => {
    world = await startWorld(routes({
      plain: undefined,
      hasty: { timeout: Duration.millis(200), retries: { attempts: 0 } },
      patient: { timeout: Duration.seconds(5), retries: { attempts: 2, perTryTimeout: Duration.millis(200), retryOn: ['5xx'] } },
      five: { retries: TIMES.five },
      none: { retries: TIMES.none },
      named: { retries: TIMES.named },
      slow: { delay: { percent: 100, delay: Duration.millis(300) } },
      broken: { abort: { percent: 100, httpStatus: 418 } },
      unavailable: { abort: { percent: 100, grpcStatus: 'UNAVAILABLE' } },
      half: { abort: { percent: 50, httpStatus: 503 } },
    }));
  });
  afterAll(() => world?.close());

  test('Envoy accepts all of it', async () => {
    expect(await world.rejected()).toEqual([]);
  });

  test('a timeout fails longer requests with 504 or gRPC status 14', async () => {
    const slow = troubled({ delay: 2000 });
    const [over, call, intime] = [await world.send(rest('hasty', slow)), await world.send(grpc('hasty', slow)), await world.send(rest('hasty'))];

    expect([over.response.status, over.arrivals().length, (await over.explain())?.flags]).toEqual([504, 1, 'UT']);
    expect([call.response.grpcStatus, call.arrivals().length]).toEqual([14, 1]);
    expect(intime.response.status).toBe(200);
  });

  test('without a timeout it may take its time', async () => {
    expect((await world.send(rest('plain', troubled({ delay: 600 })))).response.status).toBe(200);
  });

  test('a time for each try ends a try, and the next one answers', async () => {
    for (const request of [rest('patient', troubled({ delay: 2000, times: 2 })), grpc('patient', troubled({ delay: 2000, times: 2 }))]) {
      const exchange = await world.send(request);
      expect([exchange.arrivals().length, exchange.answeredBy]).toEqual([3, exchange.arrivals()[2]]);
    }
  });

  test.each<[string, string, object, number, number]>([
    ['is tried again until it works', 'five', { status: 503, times: 3 }, 4, 200],
    ['is tried again as often as set, and no more', 'five', { status: 503 }, 6, 503],
    ['is not tried again when nothing is set, since 503 is no failed connection', 'plain', { status: 503 }, 1, 503],
    ['is not tried again with 0 attempts', 'none', { status: 503 }, 1, 503],
    ['is tried again on a status that is named', 'named', { status: 429 }, 2, 429],
    ['is not tried again on a status that is not', 'named', { status: 500 }, 1, 500],
  ])('a failing request %s', async (_what, endpoint, trouble, arrivals, status) => {
    const exchange = await world.send(rest(endpoint, troubled(trouble)));
    expect([exchange.arrivals().length, exchange.response.status]).toEqual([arrivals, status]);
  });

  test.each<[string, string, number]>([
    ['is tried again when nothing is set, by Istio\'s own two tries', 'plain', 3],
    ['is not tried again with 0 attempts', 'none', 1],
  ])('a gRPC call that is unavailable %s', async (_what, endpoint, arrivals) => {
    const exchange = await world.send(grpc(endpoint, troubled({ grpcStatus: 14 })));
    expect([exchange.arrivals().length, exchange.response.grpcStatus]).toEqual([arrivals, 14]);
  });

  test('a delay holds requests and calls back', async () => {
    for (const request of [rest('slow'), grpc('slow')]) {
      const begin = Date.now();
      const exchange = await world.send(request);
      expect(Date.now() - begin).toBeGreaterThanOrEqual(290);
      expect(exchange.answeredBy?.at.service).toBe('iris.models');
      expect((await exchange.explain())?.flags).toBe('DI');
    }
  });

  test('an abort answers instead of the backend', async () => {
    const [request, call] = [await world.send(rest('broken')), await world.send(grpc('unavailable'))];

    expect([request.response.status, request.arrivals().length, (await request.explain())?.flags]).toEqual([418, 0, 'FI']);
    expect([call.response.grpcStatus, call.arrivals().length, (await call.explain())?.flags]).toEqual([14, 0, 'FI']);
  });

  test('an abort of half of the requests leaves the others', async () => {
    const exchanges = await world.sendAll(new Array(1000).fill(rest('half')));
    const aborted = exchanges.filter(({ response }) => response.status === 503).length;

    expect(exchanges.filter(({ response }) => response.status === 200).length).toBe(1000 - aborted);
    expect(Math.abs(aborted - 500)).toBeLessThanOrEqual(80);
  });
});

describe('a policy on a backend', () => {
  /** A Service with two pods, `a` and `b`. */
  function backend(policy: TrafficPolicy): string {
    const chart = new Chart(new App(), 'chart', { namespace: 'models' });
    const gateways = [new Gateway(chart, 'gateway')];
    const service = (subset?: string) => ServiceBackend.of({
      name: 'iris', namespace: 'models', port: 80, subset, subsetLabels: subset === undefined ? undefined : { pod: subset },
    });
    const policyFor = (endpoint: string) => ({ endpoint, gateways, policy: { retries: { attempts: 0 } } });
    new BackendPolicy(chart, 'policy', { backend: service(), ...policy });
    new ModelRoute(chart, 'iris', { ...policyFor('iris'), backend: service() });
    // Only for the stubs: each subset has a pod.
    new ModelRoute(chart, 'only-a', { ...policyFor('a'), backend: service('a') });
    new ModelRoute(chart, 'only-b', { ...policyFor('b'), backend: service('b') });
    return App.of(chart).synthYaml();
  }

  const podsOf = (exchanges: readonly Exchange[]) => [...new Set(exchanges.map(({ answeredBy }) => answeredBy?.at.subset))].sort();
  const many = (times: number, request: Request) => world.sendAll(new Array<Request>(times).fill(request));
  /** One after the other, so that pods fail in a row. */
  const inTurn = async (times: number, request: Request) => {
    const exchanges: Exchange[] = [];
    for (let i = 0; i < times; i++) exchanges.push(await world.send(request));
    return exchanges;
  };
  const bad = rest('iris', troubled({ subset: 'b', status: 500 }));

  afterEach(() => world?.close());

  test('without outlier detection a failing pod goes on to fail', async () => {
    world = await startWorld(backend({ connectionPool: { tcp: { connectTimeout: Duration.seconds(1) } } }));
    const statuses = (await inTurn(40, bad)).map(({ response }) => response.status);
    expect(new Set(statuses.slice(20))).toEqual(new Set([200, 500]));
  });

  const OUT = { consecutive5xxErrors: 3, baseEjectionTime: Duration.seconds(60) };
  /** A request may be on its way already when the pod is taken out. */
  const AT_MOST = 5;

  test('outlier detection ejects a failing pod, and all requests reach the other one', async () => {
    world = await startWorld(backend({ outlierDetection: { ...OUT, maxEjectionPercent: 50 } }));
    const failed = (await inTurn(60, bad)).filter(({ response }) => response.status === 500);
    expect(failed.length).toBeGreaterThanOrEqual(3);
    expect(failed.length).toBeLessThanOrEqual(AT_MOST);
    const after = await many(50, rest('iris'));
    expect([podsOf(after), after.every(({ response }) => response.status === 200)]).toEqual([['a'], true]);
  });

  test('where all pods may be out, and fail, everything gets 503: what one model of a shared Service would do to the others', async () => {
    world = await startWorld(backend({ outlierDetection: { ...OUT, maxEjectionPercent: 100 } }));
    const statuses = (await inTurn(20, rest('b', troubled({ status: 500 })))).map(({ response }) => response.status);
    expect([statuses.slice(0, 3), new Set(statuses.slice(AT_MOST))]).toEqual([[500, 500, 500], new Set([503])]);
    expect((await world.send(rest('b'))).response.status).toBe(503);
  });

  test('with the default share of pods that may be out, none of two is taken out', async () => {
    world = await startWorld(backend({ outlierDetection: OUT }));
    const failed = (await inTurn(60, bad)).filter(({ response }) => response.status === 500);
    expect(failed.length).toBeGreaterThan(10);
  });

  test('a connection pool rejects requests above its limits', async () => {
    world = await startWorld(backend({ connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1 } } }));
    const exchanges = await many(16, rest('iris', troubled({ delay: 300 })));
    const refused = exchanges.filter(({ response }) => response.status === 503);

    expect(refused.length).toBeGreaterThanOrEqual(8);
    expect(exchanges.filter(({ response }) => response.status === 200).length).toBe(16 - refused.length);
    expect((await refused[0].explain())?.flags).toBe('UO');
    expect(refused[0].arrivals().length).toBe(0);
  });

  test('a consistent hash keeps each caller on a pod, and callers on different ones', async () => {
    world = await startWorld(backend({ loadBalancer: { consistentHash: { key: HashKey.header('x-user') } } }));
    const pods: (string | undefined)[] = [];
    for (let user = 0; user < 20; user++) {
      const seen = podsOf(await many(10, rest('iris', { 'x-user': `user-${user}` })));
      expect(seen.length).toBe(1);
      pods.push(seen[0]);
    }
    expect([...new Set(pods)].sort()).toEqual(['a', 'b']);
  });

  test('a slow start is taken by Envoy', async () => {
    world = await startWorld(backend({ loadBalancer: { warmup: { duration: Duration.seconds(30), minimumPercent: 20, aggression: 2 } } }));
    expect(await world.rejected()).toEqual([]);
    const { least_request_lb_config: balancing } = await world.cluster(80, 'outbound|80||iris.models.svc.cluster.local');
    expect(balancing.slow_start_config)
      .toMatchObject({ slow_start_window: '30s', aggression: { default_value: 2 }, min_weight_percent: { value: 20 } });
    expect(podsOf(await many(50, rest('iris')))).toEqual(['a', 'b']);
  });
});
