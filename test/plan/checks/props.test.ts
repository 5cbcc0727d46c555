import { Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { AuthorizationPolicy, Canary, CanaryProps, Gateway, GatewayServer, GraphNode, Mesh, Model, ModelRoute, SeldonDeployment, ServiceBackend, TrafficSplit } from '../../../src';
import { isNearMiss, nearest } from '../../../src/plan/checks/near-miss';
import { checkProps } from '../../../src/plan/checks/props';

const backend = (name: string) => ServiceBackend.of({ name, namespace: 'ml', port: 80 });
const versions = () => ({ gateways: [Gateway.fromGatewayName(Testing.chart(), 'gateway', 'gw', { namespace: 'ns' })], stable: backend('v1'), canary: backend('v2') });

/** The compiler does not check values that are built at run time, or in JavaScript. */
const untyped = <T>(props: object): T => props as T;

describe('fields that nothing reads', () => {
  const chart = () => Testing.chart();

  test.each<[string, () => unknown, string]>([
    ['two letters in the wrong order', () => new Canary(chart(), 'iris', untyped({ ...versions(), weigth: 10 })),
      'unknown field "weigth". Did you mean weight? (at test/iris)'],
    ['one of a plural', () => new Gateway(chart(), 'gw', untyped({ server: [GatewayServer.http()] })),
      'unknown field "server". Did you mean servers? (at test/gw)'],
    ['a single gateway', () => new ModelRoute(chart(), 'iris', untyped({ backend: backend('v1'), gateway: 'gw' })),
      'unknown field "gateway". Did you mean gateways? (at test/iris)'],
    ['a single host', () => new ModelRoute(chart(), 'iris', untyped({ backend: backend('v1'), host: 'a.example.com' })),
      'unknown field "host". Did you mean hosts? (at test/iris)'],
    ['in another case', () => new Model(chart(), 'iris', untyped({ storageURI: 'gs://m', requirements: ['sklearn'] })),
      'unknown field "storageURI". Did you mean storageUri? (at test/iris)'],
    ['one level too high', () => new ModelRoute(chart(), 'iris', untyped({ backend: backend('v1'), retries: { attempts: 1 } })),
      'unknown field "retries". Did you mean policy.retries? (at test/iris)'],
    ['in a list', () => new TrafficSplit(chart(), 'iris', untyped({ arms: [{ backend: backend('v1'), weigth: 10 }] })),
      'unknown field "weigth" of arms[0]. Did you mean weight? (at test/iris)'],
    ['in a list of predictors', () => new SeldonDeployment(chart(), 'iris', {
      predictors: ['a', 'b'].map((name) => ({ name, graph: GraphNode.model({ name: 'classifier' }), replica: 3, trafic: 50 })),
    }), 'unknown field "replica" of predictors[0]. Did you mean replicas? (at test/iris)'],
    ['in an object of an object', () => new ModelRoute(chart(), 'iris', untyped({
      backend: backend('v1'), policy: { retries: { attempts: 1, perTryTimout: Duration.seconds(1) } },
    })), 'unknown field "perTryTimout" of policy.retries. Did you mean perTryTimeout? (at test/iris)'],
    ['in metadata', () => new Model(chart(), 'iris', { storageUri: 'gs://m', requirements: ['sklearn'], metadata: { lables: { a: 'b' } } }),
      'unknown field "lables" of metadata. Did you mean labels? (at test/iris)'],
    ['in what a factory is given', () => GatewayServer.http(untyped({ host: 'a.example.com' })),
      'unknown field "host". Did you mean hosts? (at GatewayServer.http)'],
    ['of the mesh', () => Mesh.configure(chart(), untyped({ istioVerson: '1.22' })),
      'unknown field "istioVerson". Did you mean istioVersion? (at test)'],
    ['unlike any other', () => new AuthorizationPolicy(chart(), 'p', { rules: [untyped({ everything: true, x: 1 })] }),
      'unknown field "x" of rules[0]. Expected everything, from, to, when (at test/p)'],
    ['of JavaScript itself', () => new Canary(chart(), 'iris', untyped({ ...versions(), constructor: 1 })),
      /^unknown field "constructor"\. Expected /.source],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message.startsWith('^') ? new RegExp(message) : new Error(message));
  });
});

describe('what is no mistake', () => {
  test('fields that a class of the user adds', () => {
    interface TeamCanaryProps extends CanaryProps { readonly team: string }
    class TeamCanary extends Canary {
      public constructor(scope: Construct, id: string, props: TeamCanaryProps) { super(scope, id, props); }
    }
    expect(() => new TeamCanary(Testing.chart(), 'iris', { ...versions(), team: 'risk' })).not.toThrow();
    expect(() => new TeamCanary(Testing.chart(), 'iris', untyped({ ...versions(), team: 'risk', weigth: 10 })))
      .toThrow(new Error('unknown field "weigth". Did you mean weight? (at test/iris)'));
  });

  test('an additional field that is similar to one that is also set', () => {
    class OneHostRoute extends ModelRoute {}
    expect(() => new OneHostRoute(Testing.chart(), 'iris', untyped({ backend: backend('v1'), host: 'a.example.com', hosts: ['a.example.com'] }))).not.toThrow();
  });

  test('fields of metadata that cdk8s writes as they are', () => {
    const metadata = { generateName: 'iris-' };
    expect(() => new Model(Testing.chart(), 'iris', { storageUri: 'gs://m', requirements: ['sklearn'], metadata })).not.toThrow();
  });

  test('a field without a value', () => {
    expect(() => GraphNode.combiner(untyped({ name: 'mean', children: [GraphNode.model({ name: 'a' })], modelUri: undefined }))).not.toThrow();
  });

  test('an object without a prototype', () => {
    const props = Object.assign(Object.create(null) as object, { storageUri: 'gs://m', requirements: ['sklearn'] });
    expect(() => new Model(Testing.chart(), 'iris', untyped(props))).not.toThrow();
  });
});

describe('values of another type', () => {
  const check = (name: string, props: unknown) => () => checkProps('here', name, props as object);

  test.each<[string, string, unknown, string]>([
    ['no props', 'CanaryProps', undefined, 'props undefined. Expected an object with canary and stable'],
    ['a list of props', 'CanaryProps', [], 'props []. Expected an object with canary and stable'],
    ['a missing one', 'CanaryProps', { stable: backend('v1') }, 'canary undefined. Expected a backend, such as a Model or ServiceBackend.of(…)'],
    ['a flag', 'AuthorizationRule', { everything: 'yes' }, 'everything "yes". Expected true or false'],
    ['a list', 'EndpointProps', { hosts: 'a.example.com' }, 'hosts "a.example.com". Expected a list of strings'],
    ['an entry of a list', 'EndpointProps', { hosts: ['a.example.com', 5] }, 'hosts[1] 5. Expected a string'],
    ['an undefined entry in a list', 'CanaryProps', { ...versions(), testers: [undefined] }, 'testers[0] undefined. Expected a match, such as CallerMatch.header(…)'],
    ['a name instead of a match', 'CanaryProps', { ...versions(), testers: ['x'] }, 'testers[0] "x". Expected a match, such as CallerMatch.header(…)'],
    ['a map', 'HeaderChanges', { set: ['a'] }, 'set ["a"]. Expected an object of strings'],
    ['an entry of a map', 'HeaderChanges', { set: { 'x-team': 5 } }, 'set.x-team 5. Expected a string'],
    ['null', 'ModelProps', { storageUri: 'gs://m', requirements: ['sklearn'], metadata: { labels: null } }, 'metadata.labels null. Expected an object of strings'],
    ['a duration', 'RoutePolicy', { timeout: 5 }, 'timeout 5. Expected a Duration, such as Duration.seconds(5)'],
    ['a string instead of a match of strings', 'RequestMatch', { headers: { 'x-user': 'beta' } },
      'headers.x-user "beta". Expected a StringMatch, such as StringMatch.exact("beta")'],
    ['the fields of a class without the class', 'GatewayProps', { servers: [{ port: 80 }] },
      'servers[0] an object. Expected a GatewayServer, such as GatewayServer.http()'],
    ['an enum', 'BlueGreenProps', { blue: backend('v1'), green: backend('v2'), active: 'red' }, 'active "red". Expected one of blue, green'],
    ['a gateway', 'EndpointProps', { gateways: ['gw'] }, 'gateways[0] "gw". Expected a Gateway, or Gateway.fromGatewayName(…) for an existing one'],
  ])('%s', (_, name, props, message) => {
    expect(check(name, props)).toThrow(new Error(`${message} (at here)`));
  });

  test('a struct that the table does not have', () => {
    expect(check('NoSuchProps', {})).toThrow('src/plan/checks/struct-table.ts does not have NoSuchProps. Run npx projen compile');
  });
});

describe('near misses', () => {
  test.each([['gateway', 'gateways'], ['trafic', 'traffic'], ['weigth', 'weight'], ['storageURI', 'storageUri'], ['policies', 'policy']])('%s is %s', (a, b) => {
    expect(isNearMiss(a, b)).toBe(true);
  });

  test.each([['team', 'teams2'], ['to', 'so'], ['canary', 'stable'], ['port', 'path']])('%s is not %s', (a, b) => {
    expect(isNearMiss(a, b)).toBe(false);
  });

  test('the nearest of several', () => {
    expect(nearest('timeoutSeconds', ['retries', 'timeout'])).toBe('timeout');
    expect(nearest('x', ['hosts', 'port'])).toBeUndefined();
  });
});
