import { ApiObject, Duration, Testing } from 'cdk8s';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { SameSite } from '../../src/plan/checks/cookie-attributes';
import { GrpcCalls } from '../../src/plan/endpoint';
import { RequestProtocol } from '../../src/plan/request-match';
import { StringMatch } from '../../src/plan/string-match';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary, CanaryProps } from '../../src/traffic/canary';
import { differences, differingFields } from '../support/differences';
import { manifestOf } from '../support/manifests';
import { failure, inShort, models, rulesOf, service, services, World, written } from '../support/routed-backends';

function canary({ chart, gateways, v1, v2 }: World, props: Partial<CanaryProps> = {}): Canary {
  return new Canary(chart, 'iris', { gateways, stable: v1, canary: v2, ...props });
}

/** What a canary of plain Services does, in short. */
function rules(props: Partial<CanaryProps>): string[] {
  const world = services();
  canary(world, props);
  return rulesOf(world).map(inShort);
}

test('defaultChild', () => {
  expect(ApiObject.of(canary(services())).kind).toEqual('VirtualService');
});

test('a new canary gets nothing', () => {
  expect(written(services(), canary)).toMatchSnapshot();
  expect(rules({})).toEqual(['iris-http: v1 100, v2 0', 'iris-grpc: v1 100, v2 0']);
});

test('the canary gets its weight, the stable version the rest', () => {
  expect(rules({ weight: 25 })).toEqual(['iris-http: v1 75, v2 25', 'iris-grpc: v1 75, v2 25']);
});

test('models of Seldon Core 2', () => {
  const world = models();
  canary(world, { weight: 5, testers: [CallerMatch.header('x-tester', 'yes')], sticky: {} });

  expect(rulesOf(world)).toMatchSnapshot();
});

test('an Experiment can do it too', () => {
  const world = models();
  canary(world, { weight: 5, router: new ExperimentRouter() });

  expect(manifestOf(world.chart, 'Experiment').spec.candidates).toEqual([{ name: 'iris1', weight: 95 }, { name: 'iris2', weight: 5 }]);
});

test('Core 1 deployments in two namespaces, behind the path of the stable one', () => {
  const world = services();
  const deployment = (namespace: string) => ServiceBackend.of({ name: 'iris-main', namespace, port: 8000, paths: [StringMatch.prefix('/seldon/ml/iris/')] });
  canary(world, { stable: deployment('prod'), canary: deployment('next'), weight: 10, sticky: {} });

  const shares = rulesOf(world).at(-1)!;
  expect(shares.match).toEqual([{ uri: { prefix: '/seldon/ml/iris/' } }]);
  expect(shares.route).toEqual([['next', 10, 'canary'], ['prod', 90, 'stable']].map(([namespace, weight, arm]) => ({
    destination: { host: `iris-main.${namespace}.svc.cluster.local`, port: { number: 8000 } },
    headers: { response: { add: { 'set-cookie': `iris-arm=${arm}; Path=/seldon/ml/iris/; Max-Age=3600; HttpOnly` } } },
    weight,
  })));
});

describe('backends with paths and calls of their own', () => {
  const at = (name: string, paths: string[], grpcHeaders?: { [name: string]: string }) => ServiceBackend.of({
    name, namespace: 'ml', port: 80, grpcPort: 81, paths: paths.map(StringMatch.prefix), grpcHeaders,
  });
  const paths = (stable: ServiceBackend, other: ServiceBackend) => {
    const world = services();
    canary(world, { stable, canary: other, grpc: GrpcCalls.none() });
    return rulesOf(world).flatMap(({ match }) => match.map(({ uri }) => uri));
  };
  const failureWith = (stable: ServiceBackend, other: ServiceBackend) => failure(services(), (world) => canary(world, { stable, canary: other }));

  test('give them to the endpoint where they agree', () => {
    expect(paths(at('z', ['/z/']), at('a', ['/z/']))).toEqual([{ prefix: '/z/' }]);
  });

  test('fails when they differ, since callers would have to follow a promotion', () => {
    expect(failureWith(at('z', ['/z/']), at('a', ['/a/', '/z/']))).toEqual('backends with different paths (prefix "/z/"; prefix "/a/", prefix "/z/"). '
      + 'Specify paths of the endpoint that each of them serves; InferenceServices serve the same ones if they have the same modelName (at test/iris)');
    expect(failureWith(at('z', ['/z/'], { model: 'z' }), at('a', ['/z/'], { model: 'a' }))).toEqual(
      'backends with different gRPC calls ([{"model":"z"}]; [{"model":"a"}]). '
      + 'Set the gRPC calls of the endpoint, so that they do not depend on the backend that answers (at test/iris)');
  });
});

describe('testers', () => {
  test('reach a canary of weight 0, over REST and gRPC', () => {
    expect(rules({ testers: [CallerMatch.header('x-tester', 'yes')] }))
      .toEqual(['iris-match-1-http: v2', 'iris-match-1-grpc: v2', 'iris-http: v1 100, v2 0', 'iris-grpc: v1 100, v2 0']);
  });

  test('no one for an empty list', () => {
    expect(rules({ testers: [] })).toEqual(rules({}));
  });

  test('by header or cookie', () => {
    const world = services();
    canary(world, { testers: [CallerMatch.header('x-tester', 'yes'), CallerMatch.cookie('tester', 'yes')] });

    expect(rulesOf(world)[0].match.map(({ headers }) => headers)).toEqual([
      { 'x-tester': { exact: 'yes' } }, { 'x-tester': { exact: 'yes' } },
      { cookie: { regex: '(.*;\\s*)?tester=yes(\\s*;.*)?' } }, { cookie: { regex: '(.*;\\s*)?tester=yes(\\s*;.*)?' } },
    ]);
  });

  test('come before callers that stay with the stable version', () => {
    expect(rules({ weight: 50, sticky: {}, testers: [{ ...CallerMatch.header('x-tester', 'yes'), protocol: RequestProtocol.REST }], grpc: GrpcCalls.none() }))
      .toEqual(['iris-match-1-http: v2', 'iris-match-2-http: v1', 'iris-match-3-http: v2', 'iris-http: v1 50, v2 50']);
  });
});

describe('sticky', () => {
  test('each version keeps its callers, by cookie or header', () => {
    const world = services();
    canary(world, { weight: 25, sticky: {} });

    expect(rulesOf(world).map(inShort)).toEqual([
      'iris-match-1-http: v1', 'iris-match-1-grpc: v1', 'iris-match-2-http: v2', 'iris-match-2-grpc: v2',
      'iris-http: v1 75, v2 25', 'iris-grpc: v1 75, v2 25',
    ]);
    const [, , rest, grpc] = rulesOf(world);
    const cookie = { regex: '(.*;\\s*)?iris-arm=canary(\\s*;.*)?' };
    const uri = { prefix: '/inference.GRPCInferenceService/' };
    expect(rest.match).toEqual([
      { uri: { exact: '/v2/models/iris' }, headers: { cookie } },
      { uri: { prefix: '/v2/models/iris/' }, headers: { cookie } },
    ]);
    expect(grpc.match).toEqual([
      { uri, headers: { 'cookie': cookie, 'seldon-model': { exact: 'iris' } } },
      { uri, headers: { 'x-iris-arm': { exact: 'canary' }, 'seldon-model': { exact: 'iris' } } },
    ]);
  });

  test('shares add a cookie and leave those of the model, kept callers get none', () => {
    const world = services();
    canary(world, { weight: 25, sticky: {} });

    const headers = rulesOf(world).map(({ route }) => route.map((arm) => arm.headers));
    const adds = (arm: string) => ({ response: { add: { 'set-cookie': `iris-arm=${arm}; Path=/v2/models/iris; Max-Age=3600; HttpOnly` } } });
    const shared = [adds('stable'), adds('canary')];
    expect(headers).toEqual([[undefined], [undefined], [undefined], [undefined], shared, shared]);
  });

  test('mirrors are repeated on every route', () => {
    const world = services();
    canary(world, { weight: 25, sticky: {}, testers: [CallerMatch.header('x-tester', 'yes')], mirrors: [{ backend: service('log'), percent: 10 }] });

    const mirrored = (port: number) => [{ destination: { host: 'log.ml.svc.cluster.local', port: { number: port } }, percentage: { value: 10 } }];
    expect(rulesOf(world).map(({ mirrors }) => mirrors)).toEqual([1, 2, 3, 4].flatMap(() => [mirrored(8080), mirrored(9090)]));
  });

  test('a canary that is rolled back loses all its callers', () => {
    const [plain, sticky] = [{}, { sticky: {} }].map((props) => written(services(), (world) => canary(world, { weight: 0, ...props })));

    expect(sticky).toEqual(plain);
    expect(rules({ weight: 0, sticky: {} })).toEqual(['iris-http: v1 100, v2 0', 'iris-grpc: v1 100, v2 0']);
  });

  test('a canary that is promoted gets all callers of the stable version', () => {
    expect(rules({ weight: 100, sticky: {} })).toEqual(['iris-http: v1 0, v2 100', 'iris-grpc: v1 0, v2 100']);
  });

  test('with a cookie for a site within another one', () => {
    const world = services();
    canary(world, { weight: 50, sticky: { cookie: '__Secure-arm', secure: true, sameSite: SameSite.NONE, domain: 'example.com', partitioned: true } });
    expect(rulesOf(world).at(-1)!.route[0].headers).toEqual({
      response: { add: { 'set-cookie': '__Secure-arm=stable; Path=/v2/models/iris; Max-Age=3600; HttpOnly; Domain=example.com; Secure; SameSite=None; Partitioned' } },
    });
  });

  test('with names, time and path of their own', () => {
    const world = services();
    canary(world, { weight: 50, sticky: { cookie: 'group', header: 'x-group', maxAge: Duration.minutes(5), path: '/models/100%/' } });

    const [keep, keepCalls, , , shares] = rulesOf(world);
    expect(keep.match[0].headers).toEqual({ cookie: { regex: '(.*;\\s*)?group=stable(\\s*;.*)?' } });
    expect(keepCalls.match[1].headers).toEqual({ 'x-group': { exact: 'stable' }, 'seldon-model': { exact: 'iris' } });
    expect(shares.route[0].headers).toEqual({ response: { add: { 'set-cookie': 'group=stable; Path=/models/100%%/; Max-Age=300; HttpOnly' } } });
  });

  test('the endpoint names cookie and header', () => {
    const world = services();
    canary(world, { weight: 50, sticky: {}, endpoint: 'Iris.v1' });

    const [, { match }] = rulesOf(world);
    expect(match.map(({ headers }) => headers)).toEqual([
      { 'cookie': { regex: '(.*;\\s*)?Iris\\.v1-arm=stable(\\s*;.*)?' }, 'seldon-model': { exact: 'Iris.v1' } },
      { 'x-iris.v1-arm': { exact: 'stable' }, 'seldon-model': { exact: 'Iris.v1' } },
    ]);
  });

  test.each([
    ['/v2/models/iris', [StringMatch.exact('/v2/models/iris'), StringMatch.prefix('/v2/models/iris/')]],
    ['/v2', [StringMatch.prefix('/v2/models/iris/'), StringMatch.exact('/v2')]],
    ['/v2/', [StringMatch.prefix('/v2/models/iris/'), StringMatch.prefix('/v2/health/')]],
    ['/seldon/ml/iris/', [StringMatch.prefix('/seldon/ml/iris/')]],
    ['/v1/', [StringMatch.prefix('/v1/iris')]],
    ['/v1/models/', [StringMatch.regex('/v1/models/iris(:predict)?')]],
    ['/', [StringMatch.regex('.*')]],
    ['/', [StringMatch.prefix('/a/'), StringMatch.prefix('/b/')]],
    ['/', [StringMatch.prefix('/')]],
    ['/', []],
  ])('the cookie has path %s, which covers the endpoint', (path, paths) => {
    const world = services();
    canary(world, { weight: 50, sticky: {}, paths });

    expect(rulesOf(world).at(-1)!.route[0].headers).toEqual({ response: { add: { 'set-cookie': `iris-arm=stable; Path=${path}; Max-Age=3600; HttpOnly` } } });
  });
});

describe('promotion', () => {
  const step = (props: Partial<CanaryProps>) => written(services(), (world) => canary(world, props));

  test('from step to step only weights change', () => {
    const steps = [0, 25, 100].map((weight) => step({ weight }));

    expect(differences(steps[0], steps[1])).toEqual([
      '/1/spec/http/0/route/0/weight', '/1/spec/http/0/route/1/weight', '/1/spec/http/1/route/0/weight', '/1/spec/http/1/route/1/weight',
    ]);
    expect(differingFields(steps[1], steps[2])).toEqual(['weight']);
    expect(differingFields(steps[2], steps[0])).toEqual(['weight']);
  });

  test('a promoted canary becomes the stable version, and nothing changes', () => {
    const { v1, v2 } = services();

    expect(step({ stable: v2, canary: v1 })).toEqual(step({ stable: v1, canary: v2, weight: 100 }));
    expect(step({ stable: v1, canary: v2 })).toEqual(step({ stable: v2, canary: v1, weight: 100 }));
  });

  test('with testers, too, only weights change', () => {
    const testers = [CallerMatch.header('x-tester', 'yes')];
    const steps = [0, 25, 100].map((weight) => step({ weight, testers }));

    expect(differingFields(steps[0], steps[1])).toEqual(['weight']);
    expect(differingFields(steps[1], steps[2])).toEqual(['weight']);
  });

  test('of sticky callers only weights change while both versions have a share', () => {
    expect(differingFields(step({ weight: 5, sticky: {} }), step({ weight: 50, sticky: {} }))).toEqual(['weight']);
  });

  test('of models of Seldon Core 2 only weights change', () => {
    const steps = [0, 25, 100].map((weight) => written(models(), (world) => canary(world, { weight })));

    expect(differingFields(steps[0], steps[1])).toEqual(['weight']);
    expect(differingFields(steps[1], steps[2])).toEqual(['weight']);
  });

  test('the subsets of one Service stay as they are', () => {
    const subset = (name: string) => ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 80, subset: name, subsetLabels: { version: name } });
    const steps = [[0, 'v1', 'v2'], [25, 'v1', 'v2'], [100, 'v1', 'v2'], [0, 'v2', 'v1']].map(([weight, stable, next]) => step({
      weight: weight as number, stable: subset(stable as string), canary: subset(next as string),
    }));

    expect(steps.slice(1).map((after, i) => differingFields(steps[i], after))).toEqual([['weight'], ['weight'], []]);
  });
});

describe('fails', () => {
  const problem = (props: Partial<CanaryProps>) => failure(services(), (world) => canary(world, props));

  test.each([-1, 101, 150, 12.5, NaN])('with weight %p', (weight) => {
    expect(problem({ weight })).toEqual(`weight ${weight}. Expected a whole number from 0 to 100 (at test/iris)`);
  });

  test('with one backend twice, also by another object', () => {
    expect(problem({ stable: service('v1'), canary: service('v1') }))
      .toEqual('versions "stable" and "canary" are both Service ml/v1. Name two different backends (at test/iris)');
  });

  test('with testers of any kind', () => {
    expect(problem({ testers: [{}] }))
      .toEqual('a match without conditions. Name a header or query parameter that selects requests, or use a weight (at test/iris)');
  });

  test('with a header in capitals', () => {
    expect(problem({ testers: [CallerMatch.header('X-Tester', 'yes')] }))
      .toEqual('header name "X-Tester". Expected a header name in lower case, as in HTTP/2 and Envoy (at test/iris)');
  });

  test('with testers by the header that names the endpoint, since all gRPC calls would be theirs', () => {
    expect(problem({ testers: [CallerMatch.header('seldon-model', 'iris-next')] }))
      .toEqual('a match of header seldon-model, which identifies the gRPC calls of the endpoint. Match another header, or only REST requests (at test/iris)');
  });

  test.each(['', 'a b', 'a=b', 'a;b', 'arm"', 'ärm'])('with cookie %p', (cookie) => {
    expect(problem({ sticky: { cookie } }))
      .toEqual(`cookie name "${cookie}". Expected letters, digits and !#$%&'*+-.^_\`|~, which browsers accept (at test/iris)`);
  });

  test.each([{}, { secure: true }, { secure: true, path: '/', domain: 'example.com' }])('with cookie __Host-arm and %j', (options) => {
    expect(problem({ sticky: { cookie: '__Host-arm', ...options } })).toEqual('cookie name "__Host-arm". '
      + 'Browsers keep cookies of this beginning only with secure: true, path "/" and without a domain. Set these, or choose another name (at test/iris)');
  });

  test('with cookie __secure-arm that is not secure', () => {
    expect(problem({ sticky: { cookie: '__secure-arm' } })).toEqual('cookie name "__secure-arm". '
      + 'Browsers keep cookies of this beginning only with secure: true. Set it, or choose another name (at test/iris)');
  });

  test('with a cookie that browsers refuse', () => {
    expect(problem({ sticky: { sameSite: SameSite.NONE } })).toEqual('cookie iris-arm has sameSite "None" without secure. Browsers reject such a cookie. Set secure: true (at test/iris)');
  });

  test.each(['', 'models', '/a b', '/a;b', '/ä'])('with cookie path %p', (path) => {
    expect(problem({ sticky: { path } }))
      .toEqual(`path "${path}" of cookie iris-arm. Expected a slash and ASCII characters without spaces and semicolons (at test/iris)`);
  });

  test.each([0, 500, 1500])('with %p ms for the cookie', (ms) => {
    expect(problem({ sticky: { maxAge: Duration.millis(ms) } }))
      .toEqual(`maxAge of ${ms / 1000} s of cookie iris-arm. Expected 1 s or more, in whole seconds (at test/iris)`);
  });

  test('with a sticky header in capitals', () => {
    expect(problem({ sticky: { header: 'X-Arm' } }))
      .toEqual('header name "X-Arm". Expected a header name in lower case, as in HTTP/2 and Envoy (at test/iris)');
  });

  test('with the header that names the endpoint as the sticky one', () => {
    expect(problem({ sticky: { header: 'seldon-model' } }))
      .toEqual('sticky header seldon-model, which identifies the gRPC calls of the endpoint. Choose another header for the arm (at test/iris)');
  });

  test('with testers by what keeps callers, who would stay with a canary that was rolled back', () => {
    expect(problem({ sticky: {}, testers: [CallerMatch.cookie('iris-arm', 'canary')] }))
      .toEqual('a match selects requests by header cookie with regex "(.*;\\s*)?iris-arm=canary(\\s*;.*)?", which makes sessions sticky. '
        + 'Select them by another header or cookie, otherwise they stay when the share is 0 (at test/iris)');
    expect(problem({ sticky: {}, testers: [CallerMatch.header('x-iris-arm', 'canary')] }))
      .toEqual('a match selects requests by header x-iris-arm with exact "canary", which makes sessions sticky. '
        + 'Select them by another header or cookie, otherwise they stay when the share is 0 (at test/iris)');
  });

  test('with a mirror that answers', () => {
    expect(problem({ mirrors: [{ backend: service('v1'), percent: 10 }] }))
      .toEqual('Service ml/v1 answers and gets mirrored requests. A model cannot be its own shadow, since it would get requests twice. Mirror to another backend (at test/iris)');
  });

  test('with testers or sticky callers of an Experiment', () => {
    const problems = [{ testers: [CallerMatch.header('x-tester', 'yes')] }, { weight: 25, sticky: {} }, { weight: 0, sticky: {} }]
      .map((props) => failure(models(), (world) => canary(world, { ...props, router: new ExperimentRouter() })));

    expect(problems).toEqual([
      'a match that selects Model seldon-mesh/iris2 in an Experiment. Experiments share by weight only. Use IstioRouter (at test/iris)',
      'sticky sessions in an Experiment. It shares each request independently. Use IstioRouter (at test/iris)',
      'sticky sessions in an Experiment. It shares each request independently. Use IstioRouter (at test/iris)',
    ]);
  });
});

test('testers may carry other cookies and headers than sticky sessions', () => {
  const world = services();
  canary(world, { sticky: {}, testers: [CallerMatch.cookie('iris-tester', 'canary'), CallerMatch.query('tester', 'yes')] });

  expect(Testing.synth(world.chart).length).toEqual(2);
});
