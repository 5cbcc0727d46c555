import { App, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { BackendBinding, BackendTarget, IBackend, RouteEngine } from '../../src/plan/backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { Arm, DirectResponse, EndpointPlan, Mirror } from '../../src/plan/plan';
import { PathRewrite, RoutePolicy } from '../../src/plan/policy';
import { RequestProtocol, RequestMatch } from '../../src/plan/request-match';
import { resolveEndpoint } from '../../src/plan/resolve';
import { StringMatch } from '../../src/plan/string-match';
import { ForeignBackend } from '../support/backends';

const IRIS_PATHS = [StringMatch.exact('/v2/models/iris'), StringMatch.prefix('/v2/models/iris/')];

/** A backend of no engine, one host for each name. */
function backend(name: string, differs: Partial<BackendTarget> = {}): IBackend {
  return new ForeignBackend({
    description: `Fake ${name}`, host: `${name}.models.svc.cluster.local`, namespace: 'models', port: 80, grpc: { port: 9000 }, ...differs,
  });
}

interface Differs {
  readonly arms?: Arm[];
  readonly mirrors?: Mirror[];
  readonly policy?: RoutePolicy;
  readonly directResponses?: DirectResponse[];
  readonly paths?: StringMatch[];
  readonly grpc?: GrpcCalls;
}

function planOf({ paths, grpc, arms, ...rest }: Differs): EndpointPlan {
  return {
    endpoint: { name: 'iris', hosts: ['*'], gateways: [], paths: paths ?? IRIS_PATHS, grpc: grpc ?? GrpcCalls.byHeader('seldon-model', 'iris') },
    arms: arms ?? [{ backend: backend('a') }],
    ...rest,
  };
}

function at(): Construct {
  return new Construct(new Chart(new App(), 'chart'), 'route');
}

function resolve(differs: Differs) {
  return resolveEndpoint(at(), planOf(differs), RouteEngine.MESH);
}

/** Expects one error, whose location is only the construct. */
function expectProblem(differs: Differs, message: string): void {
  expect(() => resolve(differs)).toThrow(new Error(`${message} (at chart/route)`));
}

const MATCH: RequestMatch = { headers: { 'x-user': StringMatch.exact('beta') } };

describe('arms', () => {
  test('one arm needs no weight', () => {
    const plan = planOf({});
    const { shared, matched, mirrors, rest, grpc, plan: same } = resolveEndpoint(at(), plan, RouteEngine.MESH);

    expect(same).toBe(plan);
    expect(shared.map(({ target }) => target.host)).toEqual(['a.models.svc.cluster.local']);
    expect({ matched, mirrors, rest, grpc }).toEqual({ matched: [], mirrors: [], rest: true, grpc: true });
  });

  describe('backends', () => {
    const fake = () => new ForeignBackend(() => backend('a').target(at()));
    const timeout = Duration.seconds(5);

    test('are bound to the construct that routes to them, each once', () => {
      const scope = at();
      const [a, b] = [fake(), new ForeignBackend(backend('b').target(scope))];
      resolveEndpoint(scope, planOf({ arms: [{ backend: a }], mirrors: [{ backend: b, percent: 10 }], policy: { timeout } }), RouteEngine.MESH);

      expect(a.bound).toEqual([{ by: scope, use: { engine: RouteEngine.MESH, shared: false, timeout } }]);
      expect(b.bound).toEqual([{ by: scope, use: { engine: RouteEngine.MESH, shared: false, mirror: true, timeout } }]);
    });

    test.each([
      ['for the same construct', (by: Construct) => by, RouteEngine.MESH, []],
      ['for a construct above it', (by: Construct) => by.node.scope!, RouteEngine.MESH, []],
      ['for another construct', () => at(), RouteEngine.MESH, ['mesh']],
      ['to another engine', (by: Construct) => by, RouteEngine.OPERATOR, ['mesh']],
    ])('that a rollout bound %s', (_name, boundBy, engine, again) => {
      const scope = at();
      const each = fake();
      const binding = BackendBinding._of(boundBy(scope), each, { engine });
      const { shared } = resolveEndpoint(scope, planOf({ arms: [{ backend: each, binding }] }), RouteEngine.MESH);

      expect(each.bound.slice(1).map(({ use }) => use.engine)).toEqual(again);
      expect(shared[0].target === binding.target).toEqual(again.length === 0);
    });

    test('that take the place of bound ones are bound', () => {
      const scope = at();
      const [a, b] = [fake(), fake()];
      const binding = BackendBinding._of(scope, a, { engine: RouteEngine.MESH });
      resolveEndpoint(scope, planOf({ arms: [{ backend: b, binding }] }), RouteEngine.MESH);

      expect([a.bound.length, b.bound.length]).toEqual([1, 1]);
    });

    test('fail when they cannot be bound', () => {
      expectProblem({ arms: [{ backend: { target: () => backend('a').target(at()) } as never }] },
        'arms[0].backend has no method bind. A backend has the methods target(scope) and bind(scope, use). In the simplest case bind returns this.target(scope)');
    });
  });

  test('arms with a match alone share nothing, and those with both do both', () => {
    const { shared, matched } = resolve({
      arms: [
        { backend: backend('a'), weight: 1 },
        { backend: backend('b'), weight: 0, matches: [MATCH] },
        { backend: backend('c'), matches: [MATCH] },
      ],
    });

    expect(shared.map(({ target }) => target.description)).toEqual(['Fake a', 'Fake b']);
    expect(matched.map(({ target }) => target.description)).toEqual(['Fake b', 'Fake c']);
  });

  test('an endpoint may share nothing at all', () => {
    const { shared, matched } = resolve({ arms: [{ backend: backend('a'), matches: [MATCH] }] });

    expect([shared.length, matched.length]).toEqual([0, 1]);
  });

  test('fails for no arms', () => {
    expectProblem({ arms: [] }, 'endpoint "iris" has no arms. Give it at least one backend that answers');
  });

  test('fails for an arm without a weight next to others', () => {
    expectProblem({ arms: [{ backend: backend('a'), weight: 1 }, { backend: backend('b') }] },
      'arm Fake b has no weight. Give every arm that shares requests one, or a match that selects its requests');
  });

  test('fails for a bad weight, also of the only arm', () => {
    expectProblem({ arms: [{ backend: backend('a'), weight: 0.5 }] }, 'weight 0.5 of Fake a. Expected a whole number from 0 to 2147483647');
    expectProblem({ arms: [{ backend: backend('a'), weight: 0 }] }, 'all weights are 0 (Fake a). Give at least one arm a weight above 0');
  });

  test.each<[string, Partial<BackendTarget>]>([
    ['host', { host: 'other.models.svc.cluster.local' }],
    ['port', { port: 81 }],
    ['subset', { subset: 'v2' }],
    ['headers', { requestHeaders: { 'seldon-model': 'b' } }],
  ])('two arms may differ in %s alone', (_what, differs) => {
    const { shared } = resolve({
      arms: [
        { backend: backend('a', { requestHeaders: { 'seldon-model': 'a' } }), weight: 1 },
        { backend: backend('a', { requestHeaders: { 'seldon-model': 'a' }, ...differs }), weight: 1 },
      ],
    });

    expect(shared.length).toBe(2);
  });

  test('two arms may differ in the headers that they set alone', () => {
    const asking = (version: string) => ({ backend: backend('a'), weight: 1, requestHeaders: { set: { 'x-version': version } } });

    expect(resolve({ arms: [asking('1'), asking('2')] }).shared.length).toBe(2);
    expectProblem({ arms: [asking('1'), asking('1')] }, 'Fake a is an arm twice. Add the weights up in one arm');
  });

  test('fails for an arm twice, whatever the order of its headers', () => {
    expectProblem({
      arms: [
        { backend: backend('a', { requestHeaders: { a: '1', b: '2' } }), weight: 1 },
        { backend: backend('b'), weight: 1 },
        { backend: backend('a', { requestHeaders: { b: '2', a: '1' } }), weight: 3 },
      ],
    }, 'Fake a is an arm twice. Add the weights up in one arm');
  });
});

describe('mirrors', () => {
  test('get mirrored requests', () => {
    const { mirrors } = resolve({ mirrors: [{ backend: backend('b'), percent: 0.5 }, { backend: backend('c'), percent: 0 }] });

    expect(mirrors.map(({ target, mirror }) => [target.description, mirror.percent])).toEqual([['Fake b', 0.5], ['Fake c', 0]]);
  });

  test('fails for a percentage above 100', () => {
    expectProblem({ mirrors: [{ backend: backend('b'), percent: 101 }] }, 'percent of mirror Fake b 101. Expected a percentage from 0 to 100');
  });

  test('fails for a shadow of itself', () => {
    expectProblem({ mirrors: [{ backend: backend('a'), percent: 10 }] },
      'Fake a answers and gets mirrored requests. A model cannot be its own shadow, since it would get requests twice. Mirror to another backend');
  });

  test('fails for a shadow of an arm that only a match selects', () => {
    expectProblem({
      arms: [{ backend: backend('a') }, { backend: backend('b'), matches: [MATCH] }],
      mirrors: [{ backend: backend('b'), percent: 10 }],
    }, 'Fake b answers and gets mirrored requests. A model cannot be its own shadow, since it would get requests twice. Mirror to another backend');
  });

  test('fails for a mirror twice', () => {
    expectProblem({ mirrors: [{ backend: backend('b'), percent: 10 }, { backend: backend('b'), percent: 20 }] },
      'Fake b is a mirror twice. Name each mirror once');
  });
});

describe('headers of arms', () => {
  const owning = backend('a', { requestHeaders: { 'seldon-model': 'a' }, removeRequestHeaders: ['x-seldon-route'] });

  test('other headers than the backend\'s may change', () => {
    const arm: Arm = {
      backend: owning,
      requestHeaders: { set: { 'x-a': '1' }, add: { 'x-b': '%HOSTNAME%' }, remove: ['x-c'] },
      responseHeaders: { set: { 'seldon-model': 'seen' } },
    };

    expect(resolve({ arms: [arm] }).shared[0].arm).toBe(arm);
  });

  test('any header may change on the way to a backend that needs none', () => {
    const arm: Arm = { backend: backend('a'), requestHeaders: { set: { 'seldon-model': 'b' } } };

    expect(resolve({ arms: [arm] }).shared[0].arm).toBe(arm);
  });

  test.each([
    ['seldon-model', { set: { 'seldon-model': 'b' } }],
    ['seldon-model', { add: { 'seldon-model': 'b' } }],
    ['seldon-model', { remove: ['seldon-model'] }],
    ['x-seldon-route', { set: { 'x-seldon-route': ':a:' } }],
  ])('fails when %s is changed by %j', (name, requestHeaders) => {
    expectProblem({ arms: [{ backend: owning, requestHeaders }] },
      `request header ${name} is changed on the way to Fake a. Leave it to the backend, which it selects`);
  });

  test.each([{ set: { 'X-A': '1' } }, { add: { 'X-A': '1' } }, { remove: ['X-A'] }])('fails for a name with capitals in %j', (changes) => {
    const message = 'header name "X-A". Expected a header name in lower case, as in HTTP/2 and Envoy';

    expectProblem({ arms: [{ backend: owning, requestHeaders: changes }] }, message);
    expectProblem({ arms: [{ backend: owning, responseHeaders: changes }] }, message);
  });

  test('fails for a value with a line break', () => {
    expectProblem({ arms: [{ backend: owning, responseHeaders: { add: { 'x-a': 'a\nb' } } }] },
      'value "a\\nb" of header x-a. Expected no control characters');
  });
});

describe('matches', () => {
  const matching = (...matches: RequestMatch[]): Differs => ({ arms: [{ backend: backend('a'), matches }] });

  test.each<RequestMatch>([
    MATCH,
    { withoutHeaders: { 'x-user': StringMatch.exact('beta') } },
    { queryParams: { user: StringMatch.exact('beta') } },
    { ...MATCH, protocol: RequestProtocol.GRPC },
    { queryParams: { user: StringMatch.exact('beta') }, protocol: RequestProtocol.REST },
  ])('takes %j', (match) => {
    expect(resolve(matching(match)).matched[0].arm.matches).toEqual([match]);
  });

  test('fails for an empty list, which matches nothing', () => {
    expectProblem(matching(), 'arm Fake a has an empty list of matches. Name the requests that it gets, or leave the list out');
  });

  test.each<RequestMatch>([{}, { headers: {}, withoutHeaders: {}, queryParams: {} }, { protocol: RequestProtocol.REST }])('fails for %j, which picks all', (match) => {
    expectProblem(matching(MATCH, match), 'a match without conditions. Name a header or query parameter that selects requests, or use a weight');
  });

  test.each<RequestMatch>([
    { headers: { 'X-User': StringMatch.exact('beta') } },
    { withoutHeaders: { 'X-User': StringMatch.exact('beta') } },
  ])('fails for a header name with capitals: %j', (match) => {
    expectProblem(matching(match), 'header name "X-User". Expected a header name in lower case, as in HTTP/2 and Envoy');
  });

  test.each([['a b', 'a%20b'], ['50%', '50%25'], ['é', '%C3%A9'], ['a#b', 'a%23b'], ['a&b', 'a%26b'], ['{"a":1}', '%7B%22a%22%3A1%7D'], ['a%20b c', 'a%20b%20c']])(
    'fails for the value %j of a query parameter, which callers encode', (value, encoded) => {
      const remedy = `Envoy compares the query as callers send it, so no encoded request would match. Write "${encoded}", `
        + 'or a regular expression for all the ways to encode it';
      expectProblem(matching({ queryParams: { user: StringMatch.exact(value) } }), `match of query parameter user with exact "${value}". ${remedy}`);
      expectProblem(matching({ queryParams: { [value]: StringMatch.exact('a') } }), `match of query parameter "${value}". ${remedy}`);
      expect(resolve(matching({ queryParams: { [encoded]: StringMatch.exact(encoded) } })).rest).toBe(true);
    });

  test.each(['', 'a+b', 'a/b?c', 'a=b', 'a:b@c,d;e', '~-._!$\'()*', '%2F'])('takes the value %j of a query parameter, which callers send as it is', (value) => {
    expect(resolve(matching({ queryParams: { user: StringMatch.exact(value) } })).rest).toBe(true);
  });

  test('fails for query parameters of gRPC calls', () => {
    expectProblem(matching({ queryParams: { user: StringMatch.exact('beta') }, protocol: RequestProtocol.GRPC }),
      'a match of query parameters for gRPC. gRPC calls have none. Match a header');
  });
});

describe('direct responses', () => {
  test.each([200, 599])('take status %d', (status) => {
    expect(resolve({ directResponses: [{ path: StringMatch.exact('/'), status }] }).rest).toBe(true);
  });

  test.each([199, 600, 404.5])('fails for status %d', (status) => {
    expectProblem({ directResponses: [{ path: StringMatch.exact('/'), status }] },
      `status of a direct response ${status}. Expected a whole number from 200 to 599`);
  });
});

describe('protocols', () => {
  test('no paths mean gRPC alone', () => {
    const { rest, grpc } = resolve({ paths: [] });

    expect({ rest, grpc }).toEqual({ rest: false, grpc: true });
  });

  test('no calls mean REST alone, and then no backend needs gRPC', () => {
    const { rest, grpc } = resolve({ grpc: GrpcCalls.none(), arms: [{ backend: backend('a') }, { backend: backend('b', { grpc: undefined }), matches: [MATCH] }] });

    expect({ rest, grpc }).toEqual({ rest: true, grpc: false });
  });

  test('backends without gRPC mean REST alone', () => {
    const { rest, grpc } = resolve({ arms: [{ backend: backend('a', { grpc: undefined }) }] });

    expect({ rest, grpc }).toEqual({ rest: true, grpc: false });
  });

  test('fails for neither', () => {
    const message = 'endpoint "iris" accepts neither REST nor gRPC. Give it REST paths, or backends and calls for gRPC';

    expectProblem({ paths: [], grpc: GrpcCalls.none() }, message);
    expectProblem({ paths: [], arms: [{ backend: backend('a', { grpc: undefined }) }] }, message);
  });

  test('fails when some backends take gRPC calls and others do not', () => {
    const message = 'Fake b accepts no gRPC calls, and other backends of the endpoint do. Give it a gRPC port, or the endpoint GrpcCalls.none()';
    const b = backend('b', { grpc: undefined });

    expectProblem({ arms: [{ backend: backend('a'), weight: 1 }, { backend: b, weight: 1 }] }, message);
    expectProblem({ mirrors: [{ backend: b, percent: 1 }] }, message);
  });
});

describe('paths of backends', () => {
  const v2 = { paths: [StringMatch.prefix('/v2/')] };
  const v2Arm = { backend: backend('a', v2) };

  test('the endpoint\'s paths are among the backend\'s', () => {
    expect(resolve({ arms: [v2Arm] }).rest).toBe(true);
  });

  test('fails for a path that the backend does not serve', () => {
    expectProblem({ arms: [v2Arm], paths: [...IRIS_PATHS, StringMatch.prefix('/v1/')] },
      'Fake a does not serve path prefix "/v1/". It serves prefix "/v2/". Change the endpoint\'s paths, or rewrite them');
  });

  test('fails for a mirror that does not serve a path', () => {
    expectProblem({ mirrors: [{ backend: backend('b', { paths: [StringMatch.exact('/a'), StringMatch.prefix('/b/')] }), percent: 1 }] },
      'Fake b does not serve path exact "/v2/models/iris". It serves exact "/a", prefix "/b/". Change the endpoint\'s paths, or rewrite them');
  });

  test('fails for REST when the backend serves none', () => {
    expectProblem({ arms: [{ backend: backend('a', { paths: [] }) }], paths: [StringMatch.exact('/a')] },
      'Fake a does not serve path exact "/a". It serves none. Change the endpoint\'s paths, or rewrite them');
  });

  test('a backend with no REST paths may serve gRPC alone', () => {
    expect(resolve({ arms: [{ backend: backend('a', { paths: [] }) }], paths: [] }).grpc).toBe(true);
  });

  test('an expression that may be served is taken', () => {
    expect(resolve({ arms: [v2Arm], paths: [StringMatch.regex('/.*')] }).rest).toBe(true);
  });

  test('fails for an expression that cannot be served', () => {
    expectProblem({ arms: [v2Arm], paths: [StringMatch.regex('/v1/.*')], policy: { rewrite: PathRewrite.matched('/v2/') } },
      'Fake a does not serve path regex "/v1/.*". It serves prefix "/v2/". Change the endpoint\'s paths, or rewrite them');
  });

  test('a rewrite decides what arrives', () => {
    const old = [StringMatch.exact('/old'), StringMatch.prefix('/old/')];

    expect(resolve({ arms: [v2Arm], paths: old, policy: { rewrite: PathRewrite.matched('/v2/') } }).rest).toBe(true);
    expect(resolve({ arms: [v2Arm], paths: old, policy: { rewrite: PathRewrite.regex('^/old', '/v2') } }).rest).toBe(true);
  });

  test('a rewrite may lead to all that the backend serves, and more', () => {
    const policy = { rewrite: PathRewrite.matched('/') };

    expect(resolve({ arms: [v2Arm], policy, paths: [StringMatch.prefix('/own/')] }).rest).toBe(true);
    expectProblem({ arms: [v2Arm], policy, paths: [StringMatch.exact('/own')] },
      'Fake a does not serve path exact "/". It serves prefix "/v2/". Change the endpoint\'s paths, or rewrite them');
  });

  test('fails for a rewrite to a path that the backend does not serve', () => {
    const policy = { rewrite: PathRewrite.matched('/v1/') };

    expectProblem({ arms: [v2Arm], policy, paths: [StringMatch.exact('/old')] },
      'Fake a does not serve path exact "/v1/". It serves prefix "/v2/". Change the endpoint\'s paths, or rewrite them');
    expectProblem({ arms: [v2Arm], policy, paths: [StringMatch.prefix('/old/')] },
      'Fake a does not serve path prefix "/v1/". It serves prefix "/v2/". Change the endpoint\'s paths, or rewrite them');
  });
});

describe('matches of gRPC calls', () => {
  const named = { 'seldon-model': StringMatch.exact('iris-next') };
  const matching = (match: RequestMatch): Differs => ({ arms: [{ backend: backend('a'), matches: [match] }] });

  test.each([{ headers: named }, { withoutHeaders: named }])('fail by the header that names the endpoint', (match) => {
    expectProblem(matching(match), 'a match of header seldon-model, which identifies the gRPC calls of the endpoint. Match another header, or only REST requests');
  });

  test('are none for REST, with query parameters, and where no call is taken', () => {
    const queryParams = { tester: StringMatch.exact('yes') };

    expect(resolve(matching({ headers: named, protocol: RequestProtocol.REST })).grpc).toBe(true);
    expect(resolve(matching({ headers: named, queryParams })).grpc).toBe(true);
    expect(resolve({ ...matching({ headers: named }), grpc: GrpcCalls.none() }).grpc).toBe(false);
  });
});

describe('gRPC methods', () => {
  test.each<[string, StringMatch, StringMatch]>([
    ['all paths', StringMatch.regex('/.*'), StringMatch.prefix('/')],
    ['all paths by expression', StringMatch.regex('/.*'), StringMatch.regex('/.+')],
    ['one path', StringMatch.regex('/(a|b)/.*'), StringMatch.exact('/a/infer')],
  ])('fail when they match all REST requests of their endpoint: %s', (_what, methods, path) => {
    const differs = { paths: [path], arms: [{ backend: backend('a', { grpc: { port: 9000, methods } }) }] };

    expectProblem({ ...differs, grpc: GrpcCalls.allOnHost().withMethods(methods) }, `gRPC methods ${methods} also match every request for ${path}, `
      + 'so no REST request would reach its own route. Name the gRPC service, such as StringMatch.prefix("/inference.GRPCInferenceService/"), '
      + 'or identify the calls by a header');
    expect(resolve({ ...differs, grpc: GrpcCalls.byHeader('seldon', 'iris').withMethods(methods) }).rest).toBe(true);
  });

  test.each<[string, StringMatch, StringMatch]>([
    ['which come first', StringMatch.regex('/.*'), StringMatch.prefix('/v2/models/iris/')],
    ['of which some are left', StringMatch.regex('/[^/]+/[^/]+'), StringMatch.prefix('/')],
  ])('may match REST requests of their endpoint %s', (_what, methods, path) => {
    expect(resolve({
      paths: [path], arms: [{ backend: backend('a', { grpc: { port: 9000, methods } }) }], grpc: GrpcCalls.allOnHost().withMethods(methods),
    }).rest).toBe(true);
  });

  const methods = StringMatch.prefix('/tensorflow.serving.PredictionService/');

  test('those of the endpoint are those of the backend', () => {
    expect(resolve({
      arms: [{ backend: backend('a', { grpc: { port: 9000, methods } }) }],
      grpc: GrpcCalls.byHeader('seldon', 'iris').withMethods(methods),
    }).grpc).toBe(true);
  });

  test('fails for others', () => {
    expectProblem({ grpc: GrpcCalls.allOnHost().withMethods(methods) },
      'Fake a does not serve gRPC methods prefix "/tensorflow.serving.PredictionService/". It serves prefix "/inference.GRPCInferenceService/"');
    expectProblem({ arms: [{ backend: backend('a', { grpc: { port: 9000, methods } }) }] },
      'Fake a does not serve gRPC methods prefix "/inference.GRPCInferenceService/". It serves prefix "/tensorflow.serving.PredictionService/"');
  });

  test('those of an endpoint without gRPC do not matter', () => {
    expect(resolve({ arms: [{ backend: backend('a', { grpc: { port: 9000, methods } }) }], grpc: GrpcCalls.none() }).grpc).toBe(false);
  });
});

describe('paths', () => {
  const EXPECTED = 'which no request has. Expected a path that starts with a slash, without ? and #';

  test.each([
    [StringMatch.prefix('v2/models/iris'), 'prefix "v2/models/iris"'],
    [StringMatch.exact(''), 'exact ""'],
    [StringMatch.exact('/v2?a=b'), 'exact "/v2?a=b"'],
    [StringMatch.prefix('/v2/#top'), 'prefix "/v2/#top"'],
    [StringMatch.exact('http://a.com/v2'), 'exact "http://a.com/v2"'],
  ])('fails for %s', (path, shown) => {
    expectProblem({ paths: [StringMatch.prefix('/'), path] }, `paths[1] ${shown}, ${EXPECTED}`);
    expectProblem({ directResponses: [{ path, status: 404 }] }, `path of a direct response ${shown}, ${EXPECTED}`);
  });

  test('expressions may hold what they like', () => {
    const path = StringMatch.regex('(/v2)?/[#]');

    expect(resolve({ paths: [path], directResponses: [{ path, status: 404 }] }).plan.endpoint.paths).toEqual([path]);
  });
});

test('fails for a private key in an answer, which the message does not repeat', () => {
  expectProblem({ directResponses: [{ path: StringMatch.exact('/key'), status: 200, body: '-----BEGIN RSA PRIVATE KEY-----\nMIIE' }] },
    'body of a direct response holds a private key. Keep it in a secret and give the name of the secret or the path of the file');
});

test('fails for arms that serve no common path', () => {
  const knows = (name: string, path: string) => ({ backend: backend(name, { paths: [StringMatch.prefix(path)] }), weight: 1 });
  const differs = { paths: [StringMatch.prefix('/iris/')], policy: { rewrite: PathRewrite.matched('/') } };

  expectProblem({ ...differs, arms: [knows('a', '/api/v1.0/'), knows('b', '/v2/')] },
    'Fake a and Fake b serve no common path (prefix "/api/v1.0/"; prefix "/v2/"). Let backends of one protocol share the traffic');
  expect(() => resolve({ ...differs, arms: [knows('a', '/v2/models/'), knows('b', '/v2/')] })).not.toThrow();
  // Whom a match picks may speak what the others do not.
  const picked = { backend: knows('b', '/v2/').backend, matches: [{ headers: { 'x-api': StringMatch.exact('2') } }] };
  expect(() => resolve({ ...differs, arms: [knows('a', '/api/v1.0/'), picked] })).not.toThrow();
});
