import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { DerivePort, HttpMatch, HttpRoute, RedirectScheme, UnmatchedPreflights } from '../../../src/istio/virtual-service/http-route';
import { VirtualService, VirtualServiceProps } from '../../../src/istio/virtual-service/virtual-service';
import { Mesh } from '../../../src/mesh/mesh';
import { IGateway } from '../../../src/plan/gateway-ref';
import { StringMatch } from '../../../src/plan/string-match';

const GATEWAY: IGateway = { gatewayName: 'public', gatewayNamespace: 'istio-system' };
const IRIS = { host: 'iris.seldon.svc.cluster.local', port: 80 };
const WINE = { host: 'wine.seldon.svc.cluster.local', port: 80 };
const TO_IRIS: HttpRoute = { route: [{ destination: IRIS }] };

function chartOf(istioVersion?: string): Chart {
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon' });
  if (istioVersion !== undefined) Mesh.configure(chart, { istioVersion });
  return chart;
}

function specOf(props: VirtualServiceProps, istioVersion?: string): any {
  const chart = chartOf(istioVersion);
  new VirtualService(chart, 'routes', props);
  return Testing.synth(chart)[0].spec;
}

function ruleOf(rule: HttpRoute, istioVersion?: string): any {
  return specOf({ hosts: ['models.example.com'], gateways: [GATEWAY], http: [rule] }, istioVersion).http[0];
}

function matchOf(match: HttpMatch): any {
  return ruleOf({ ...TO_IRIS, match: [match] }).match[0];
}

test('defaultChild', () => {
  const routes = new VirtualService(chartOf(), 'routes', { hosts: ['iris'], http: [TO_IRIS] });

  expect(ApiObject.of(routes).kind).toEqual('VirtualService');
});

test('the minimal VirtualService is for callers inside the mesh', () => {
  const chart = chartOf();
  new VirtualService(chart, 'routes', { hosts: [IRIS.host], http: [{ route: [{ destination: { host: IRIS.host } }] }] });

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "VirtualService",
    "metadata": {
      "name": "routes",
      "namespace": "seldon",
    },
    "spec": {
      "hosts": [
        "iris.seldon.svc.cluster.local",
      ],
      "http": [
        {
          "route": [
            {
              "destination": {
                "host": "iris.seldon.svc.cluster.local",
              },
            },
          ],
        },
      ],
    },
  },
]
`);
});

describe('hosts and gateways', () => {
  test('gateways are named with their namespace', () => {
    expect(specOf({ hosts: ['*'], gateways: [GATEWAY], http: [TO_IRIS] }).gateways).toEqual(['istio-system/public']);
  });

  test('rules can apply to the mesh in addition to gateways', () => {
    expect(specOf({ hosts: ['iris'], gateways: [GATEWAY], mesh: true, http: [TO_IRIS] }).gateways).toEqual(['istio-system/public', 'mesh']);
  });

  test('mesh false with gateways writes only the gateways', () => {
    expect(specOf({ hosts: ['*'], gateways: [GATEWAY], mesh: false, http: [TO_IRIS] }).gateways).toEqual(['istio-system/public']);
  });

  test('a VirtualService without hosts writes no hosts', () => {
    expect(specOf({ hosts: [], http: [TO_IRIS] })).toEqual({ http: [{ route: [{ destination: { host: IRIS.host, port: { number: 80 } } }] }] });
  });

  test('hosts are read as a copy', () => {
    const routes = new VirtualService(chartOf(), 'routes', { hosts: ['iris'], http: [TO_IRIS] });
    routes.hosts.push('wine');

    expect(routes.hosts).toEqual(['iris']);
  });

  test.each([
    'iris', '*.example.com', '*-eu.example.com', '*example.com', 'Models.Example.com', 'models.example.com.', '10.0.0.1', '2001:db8::1', '123',
  ])('host %s is accepted, as in Istio', (host) => {
    expect(specOf({ hosts: [host], http: [TO_IRIS] }).hosts).toEqual([host]);
  });

  test('names that Istio generates for passthrough are accepted on gateways with TLS rules', () => {
    const host = 'outbound_.80_.v1_.iris.seldon.svc.cluster.local';
    const tls = [{ match: [{ sniHosts: [host] }], route: [{ destination: IRIS }] }];

    expect(specOf({ hosts: [host], gateways: [GATEWAY], tls }).hosts).toEqual([host]);
  });

  test('several hosts may share a suffix', () => {
    expect(specOf({ hosts: ['a.example.com', 'b.example.com', '*.example.org'], http: [TO_IRIS] }).hosts)
      .toEqual(['a.example.com', 'b.example.com', '*.example.org']);
  });

  test.each([[['.']], [['*']], [['.', 'other']], [['team-a', 'team-b']], [[]]])('exportTo %j is written', (exportTo) => {
    expect(specOf({ hosts: ['iris'], http: [TO_IRIS], exportTo }).exportTo).toEqual(exportTo);
  });
});

describe('matches', () => {
  test('every condition is written', () => {
    expect(matchOf({
      name: 'all',
      uri: StringMatch.prefix('/v2/'),
      scheme: StringMatch.exact('https'),
      method: StringMatch.regex('GET|POST'),
      authority: StringMatch.exact('models.example.com'),
      headers: { 'seldon-model': StringMatch.exact('iris'), '@request.auth.claims.group': StringMatch.exact('dev'), ':path': StringMatch.prefix('/') },
      withoutHeaders: { 'x-debug': StringMatch.regex('.*') },
      queryParams: { Debug: StringMatch.exact('') },
      port: 443,
      sourceLabels: { 'app.kubernetes.io/name': 'client' },
      sourceNamespace: 'clients',
      gateways: [GATEWAY],
      mesh: true,
      ignoreUriCase: false,
      statPrefix: 'iris',
    })).toEqual({
      name: 'all',
      uri: { prefix: '/v2/' },
      scheme: { exact: 'https' },
      method: { regex: 'GET|POST' },
      authority: { exact: 'models.example.com' },
      headers: { 'seldon-model': { exact: 'iris' }, '@request.auth.claims.group': { exact: 'dev' }, ':path': { prefix: '/' } },
      withoutHeaders: { 'x-debug': { regex: '.*' } },
      queryParams: { Debug: { exact: '' } },
      port: 443,
      sourceLabels: { 'app.kubernetes.io/name': 'client' },
      sourceNamespace: 'clients',
      gateways: ['istio-system/public', 'mesh'],
      ignoreUriCase: false,
      statPrefix: 'iris',
    });
  });

  test('the same conditions with other values are other matches', () => {
    const uri = StringMatch.prefix('/v2/');
    const matches: HttpMatch[] = [
      { uri, headers: { a: StringMatch.exact('1'), b: StringMatch.exact('2') } },
      { uri, headers: { a: StringMatch.exact('2'), b: StringMatch.exact('1') } },
      { uri, headers: { a: StringMatch.exact('1') } },
      { uri, withoutHeaders: { a: StringMatch.exact('1') } },
      { uri, queryParams: { a: StringMatch.exact('1') } },
      { uri, ignoreUriCase: true },
      { uri, gateways: [GATEWAY] },
      { uri, mesh: true },
      { uri, port: 80 },
      { uri, sourceLabels: { a: '1' } },
      { uri, sourceNamespace: 'a' },
      { uri, method: StringMatch.exact('GET') },
      { uri, scheme: StringMatch.exact('http') },
      { uri, authority: StringMatch.exact('a') },
      { uri },
      { port: 80 },
    ];

    expect(ruleOf({ ...TO_IRIS, match: matches }).match.length).toEqual(16);
  });

  test('rules may follow one that delegates everything', () => {
    const http: HttpRoute[] = [{ delegate: { name: 'team' } }, { match: [{ port: 80 }], delegate: { name: 'other' } }, { match: [{ port: 80 }], ...TO_IRIS }];

    expect(specOf({ hosts: ['models.example.com'], gateways: [GATEWAY], http }).http.length).toEqual(3);
  });
});

describe('actions', () => {
  test('destinations can have ports, subsets, weights and headers', () => {
    expect(ruleOf({
      route: [
        { destination: { ...IRIS, subset: 'v1' }, weight: 3, headers: { request: { set: { 'seldon-model': 'iris' } } } },
        { destination: WINE, weight: 0, headers: { response: { add: { 'Set-Cookie': 'arm=wine; Max-Age=60' }, remove: ['Server'] } } },
        { destination: { host: 'other' } },
      ],
    }).route).toEqual([
      {
        destination: { host: IRIS.host, port: { number: 80 }, subset: 'v1' },
        weight: 3,
        headers: { request: { set: { 'seldon-model': 'iris' } } },
      },
      {
        destination: { host: WINE.host, port: { number: 80 } },
        weight: 0,
        headers: { response: { add: { 'Set-Cookie': 'arm=wine; Max-Age=60' }, remove: ['Server'] } },
      },
      { destination: { host: 'other' } },
    ]);
  });

  test('an only destination may have weight 0, which Istio ignores', () => {
    expect(ruleOf({ route: [{ destination: IRIS, weight: 0 }] }).route[0].weight).toEqual(0);
  });

  test('a redirect is written', () => {
    expect(ruleOf({ redirect: { uri: '/new', authority: 'new.example.com', scheme: RedirectScheme.HTTPS, port: 8443, redirectCode: 308 } }))
      .toEqual({ redirect: { uri: '/new', authority: 'new.example.com', scheme: 'https', port: 8443, redirectCode: 308 } });
  });

  test('a redirect can derive its port from the request', () => {
    expect(ruleOf({ redirect: { derivePort: DerivePort.FROM_REQUEST_PORT } })).toEqual({ redirect: { derivePort: 'FROM_REQUEST_PORT' } });
  });

  test('a direct response can have a text body', () => {
    expect(ruleOf({ directResponse: { status: 503, body: 'closed' } })).toEqual({ directResponse: { status: 503, body: { string: 'closed' } } });
  });

  test('a direct response has bytes', () => {
    expect(ruleOf({ directResponse: { status: 200, bodyBytes: 'AAE=' } })).toEqual({ directResponse: { status: 200, body: { bytes: 'AAE=' } } });
  });

  test('a direct response needs no body', () => {
    expect(ruleOf({ directResponse: { status: 404 } })).toEqual({ directResponse: { status: 404 } });
  });

  test('a rewrite has a path and an authority', () => {
    expect(ruleOf({ ...TO_IRIS, rewrite: { uri: '/', authority: 'iris' } }).rewrite).toEqual({ uri: '/', authority: 'iris' });
  });

  test('a rewrite has an expression', () => {
    expect(ruleOf({ ...TO_IRIS, rewrite: { uriRegex: { match: '^/old/(.*)', rewrite: '/\\1' } } }).rewrite)
      .toEqual({ uriRegexRewrite: { match: '^/old/(.*)', rewrite: '/\\1' } });
  });

  test('a delegate is written', () => {
    expect(ruleOf({ delegate: { name: 'team', namespace: 'team-a' } })).toEqual({ delegate: { name: 'team', namespace: 'team-a' } });
  });
});

describe('policies', () => {
  test('name and timeout are written', () => {
    expect(ruleOf({ ...TO_IRIS, name: 'iris', timeout: Duration.millis(1500) })).toMatchObject({ name: 'iris', timeout: '1500ms' });
  });

  test('retries are written', () => {
    expect(ruleOf({
      ...TO_IRIS,
      retries: {
        attempts: 3,
        perTryTimeout: Duration.seconds(2),
        retryOn: ['5xx', 'reset-before-request', '429', 'cancelled'],
        backoff: Duration.millis(100),
        retryRemoteLocalities: true,
        retryIgnorePreviousHosts: false,
      },
    }).retries).toEqual({
      attempts: 3,
      perTryTimeout: '2s',
      retryOn: '5xx,reset-before-request,429,cancelled',
      backoff: '100ms',
      retryRemoteLocalities: true,
      retryIgnorePreviousHosts: false,
    });
  });

  test('0 attempts turn retries off', () => {
    expect(ruleOf({ ...TO_IRIS, retries: { attempts: 0, retryOn: [], retryIgnorePreviousHosts: true } }).retries)
      .toEqual({ attempts: 0, retryIgnorePreviousHosts: true });
  });

  test('faults are written', () => {
    expect(ruleOf({
      ...TO_IRIS, delay: { percent: 0.0001, delay: Duration.seconds(5) }, abort: { percent: 0, httpStatus: 599 },
    }).fault).toEqual({ delay: { percentage: { value: 0.0001 }, fixedDelay: '5s' }, abort: { percentage: { value: 0 }, httpStatus: 599 } });
  });

  test('an abort can have a gRPC status', () => {
    expect(ruleOf({ ...TO_IRIS, abort: { percent: 100, grpcStatus: 'UNAVAILABLE' } }).fault)
      .toEqual({ abort: { percentage: { value: 100 }, grpcStatus: 'UNAVAILABLE' } });
  });

  test('mirrors are written as a list, and one without a percentage has none', () => {
    expect(ruleOf({ ...TO_IRIS, mirrors: [{ destination: WINE, percent: 0 }, { destination: { host: 'copy' } }] }).mirrors)
      .toEqual([{ destination: { host: WINE.host, port: { number: 80 } }, percentage: { value: 0 } }, { destination: { host: 'copy' } }]);
  });

  test('an empty list of mirrors is left out', () => {
    expect(ruleOf({ ...TO_IRIS, mirrors: [] })).not.toHaveProperty('mirrors');
  });

  test('one mirror is written in the old way for an old release', () => {
    expect(ruleOf({ ...TO_IRIS, mirrors: [{ destination: WINE, percent: 10 }] }, '1.18'))
      .toMatchObject({ mirror: { host: WINE.host, port: { number: 80 } }, mirrorPercentage: { value: 10 } });
  });

  test('CORS is written', () => {
    expect(ruleOf({
      ...TO_IRIS,
      cors: {
        allowOrigins: [StringMatch.exact('https://example.com'), StringMatch.regex('https://.*')],
        allowMethods: ['GET', '*'],
        allowHeaders: ['X-Custom', '*'],
        exposeHeaders: ['x-id'],
        maxAge: Duration.hours(1),
        allowCredentials: false,
        unmatchedPreflights: UnmatchedPreflights.IGNORE,
      },
    }).corsPolicy).toEqual({
      allowOrigins: [{ exact: 'https://example.com' }, { regex: 'https://.*' }],
      allowMethods: ['GET', '*'],
      allowHeaders: ['X-Custom', '*'],
      exposeHeaders: ['x-id'],
      maxAge: '3600s',
      allowCredentials: false,
      unmatchedPreflights: 'IGNORE',
    });
  });

  test('headers of the rule are written', () => {
    const headers = { request: { set: { 'Host': 'iris', 'x-share': '100%%' }, add: { 'x-a': '%REQ(x-b)%' }, remove: ['cookie'] }, response: { set: { 'x-c': '' } } };

    expect(ruleOf({ ...TO_IRIS, headers }).headers).toEqual(headers);
  });
});

describe('TLS and TCP rules', () => {
  test('TLS rules are written', () => {
    const tls = [{
      match: [{
        sniHosts: ['a.example.com', '*.b.example.com'],
        destinationSubnets: ['10.0.0.0/8', '2001:db8::/32'],
        port: 443,
        sourceLabels: { app: 'client' },
        sourceNamespace: 'clients',
        gateways: [GATEWAY],
        mesh: true,
      }],
      route: [{ destination: IRIS, weight: 1 }, { destination: WINE }],
    }];

    expect(specOf({ hosts: ['*.example.com'], tls })).toEqual({
      hosts: ['*.example.com'],
      tls: [{
        match: [{ ...tls[0].match[0], gateways: ['istio-system/public', 'mesh'], mesh: undefined }],
        route: [{ destination: { host: IRIS.host, port: { number: 80 } }, weight: 1 }, { destination: { host: WINE.host, port: { number: 80 } } }],
      }],
    });
  });

  test('TCP rules are written', () => {
    const match = { destinationSubnets: ['10.0.0.1'], port: 31400, sourceSubnet: '10.1.0.0/16', sourceLabels: { app: 'client' }, sourceNamespace: 'clients' };

    expect(specOf({
      hosts: ['tcp.example.com'],
      tcp: [{ match: [{ ...match, gateways: [GATEWAY] }], route: [{ destination: IRIS }] }, { route: [{ destination: WINE }] }],
    }).tcp).toEqual([
      { match: [{ ...match, gateways: ['istio-system/public'] }], route: [{ destination: { host: IRIS.host, port: { number: 80 } } }] },
      { route: [{ destination: { host: WINE.host, port: { number: 80 } } }] },
    ]);
  });
});

describe('releases', () => {
  test('an old release gets v1beta1', () => {
    const chart = chartOf('1.21');
    new VirtualService(chart, 'routes', { hosts: ['iris'], http: [TO_IRIS] });

    expect(Testing.synth(chart)[0].apiVersion).toEqual('networking.istio.io/v1beta1');
  });

  test('weights of an old release may add up to 100', () => {
    expect(ruleOf({ route: [{ destination: IRIS, weight: 60 }, { destination: WINE, weight: 40 }] }, '1.14').route.length).toEqual(2);
  });
});

test('patches may add what the types do not know', () => {
  const chart = chartOf();
  const routes = new VirtualService(chart, 'routes', { hosts: ['iris'], http: [TO_IRIS] });
  ApiObject.of(routes).addJsonPatch(JsonPatch.add('/spec/http/0/newer', true));

  expect(Testing.synth(chart)[0].spec.http[0].newer).toEqual(true);
});
