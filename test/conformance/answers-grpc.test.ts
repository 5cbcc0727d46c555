import { Probe } from './answers/boundary-requests';
import { judge } from './answers/judging/judge';
import { describe as describeDisagreement } from './answers/judging/report';
import { gatewayOf, http } from './answers/manifests/raw-set';
import { AnswerSet, gatewayPods, Names } from './answers/manifests/set';
import { networking } from './answers/manifests/virtual-services';
import { plain } from './answers/random';
import { valuesOf } from './answers/sending/raw-response';
import { count } from './harness/figures';
import { Manifest } from './harness/manifests';
import { Issuer } from './harness/tokens';
import { HttpVersion } from '../../src/answers/request';

// What a proxy answers itself is another answer for gRPC calls: status 200, and a status of gRPC.

const ISSUER = new Issuer('https://issuer.example.org');
const names = new Names(0);
const [NAMESPACE, LABELS] = ['edge0', { istio: 'grpc' }];
const DESTINATION = { destination: { host: `one.${names.a}.svc.cluster.local`, port: { number: 80 } } };
const abort = (fault: object) => ({ fault: { abort: { percentage: { value: 100 }, ...fault } }, route: [DESTINATION] });

/** What rules do, by path. */
const RULES: { readonly [path: string]: object } = {
  '/redirect': { redirect: { uri: '/other', redirectCode: 308 } },
  '/ok': { directResponse: { status: 200, body: { string: 'fine' } } },
  '/teapot': { directResponse: { status: 418 } },
  '/bad-request': { directResponse: { status: 400 } },
  '/too-many': { directResponse: { status: 429 } },
  '/bad-gateway': { directResponse: { status: 502 } },
  '/gateway-timeout': { directResponse: { status: 504 } },
  '/error': { directResponse: { status: 500 } },
  '/absent': { route: [{ destination: { host: `absent.${names.a}.svc.cluster.local` } }] },
  '/fault-http': abort({ httpStatus: 503 }),
  '/fault-grpc': abort({ grpcStatus: 'RESOURCE_EXHAUSTED' }),
  '/cors': { corsPolicy: { allowOrigins: [{ exact: 'http://ok.org' }] }, directResponse: { status: 503 } },
  '/served': { route: [DESTINATION] },
};

const policy: Manifest = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'deny', namespace: NAMESPACE },
  spec: { selector: { matchLabels: LABELS }, action: 'DENY', rules: [{ to: [{ operation: { paths: ['/denied'] } }] }] },
};
const tokens: Manifest = {
  apiVersion: 'security.istio.io/v1',
  kind: 'RequestAuthentication',
  metadata: { name: 'tokens', namespace: NAMESPACE },
  spec: { selector: { matchLabels: LABELS }, jwtRules: [{ issuer: ISSUER.name, jwks: ISSUER.jwks }] },
};

const manifests: Manifest[] = [
  gatewayOf('gw', NAMESPACE, LABELS, [http(names.port, ['*'])]), policy, tokens,
  networking('VirtualService', 'routes', names.a, {
    hosts: [names.hosts.a],
    gateways: [`${NAMESPACE}/gw`],
    http: Object.entries(RULES).map(([path, rule]) => ({ name: path, match: [{ uri: { exact: path } }], ...rule })),
  }),
];
const set: AnswerSet = {
  seed: 0,
  index: 0,
  kind: 'gRPC',
  manifests,
  readByResolver: [...manifests, gatewayPods('secured', NAMESPACE, LABELS)],
  services: names.services,
  absent: [`absent.${names.a}`],
  entryPoints: [],
  settings: {},
};

const TYPES: readonly (readonly string[])[] = [
  ['application/grpc'], ['application/grpc+proto'], ['application/grpc-web'], ['application/grpc-web+proto'], ['application/grpc; charset=utf-8'], ['application/grpcx'],
  ['application/json'], ['Application/gRPC'], [''], [],
];
const PATHS = [...Object.keys(RULES), '/denied', '/nothing'];

const lines = (name: string, values: readonly string[]) => values.map((value) => ({ name, value }));

function probe(path: string, version: HttpVersion, types: readonly string[], more: Partial<Probe['request']> = {}): Probe {
  const request = { http: version, method: 'POST', authority: names.hosts.a, path, headers: lines('content-type', types), ...more };
  return { proxy: '', request: plain({ entry: { kind: 'gateway', port: names.port }, ...request }) };
}

const withToken = (version: HttpVersion, types: readonly string[]): Probe => {
  const { request } = probe('/served', version, types);
  const sent = { ...request, headers: [...request.headers, { name: 'authorization', value: 'Bearer e30.e30.e30' }] };
  return { proxy: '', request: { ...request, token: { isValid: false, claims: { iss: ISSUER.name } } }, sent };
};

const PREFLIGHT = [...lines('origin', ['http://ok.org']), ...lines('access-control-request-method', ['GET'])];

const VERSIONS: readonly HttpVersion[] = ['1.1', '2'];
const PROBES: readonly Probe[] = VERSIONS.flatMap((version) => TYPES.flatMap((types) => [
  ...PATHS.map((path) => probe(path, version, types)),
  probe('/served', version, types, { authority: 'other.test' }),
  probe('/cors', version, types, { method: 'OPTIONS', headers: [...lines('content-type', types), ...PREFLIGHT] }),
  withToken(version, types),
]));

test('the resolver knows the statuses of a proxy\'s own answers to gRPC calls', async () => {
  const { observations, disagreements, rejected } = await judge([set], () => PROBES);
  count('answers compared', observations.length);
  expect(rejected).toEqual([]);
  expect(disagreements.map(describeDisagreement)).toEqual([]);

  const seen = observations.filter(({ probe: { request } }) => request.http === '2' && request.headers[0]?.value === 'application/grpc' && request.method === 'POST')
    .map(({ probe: { request }, response }) => [
      `${request.authority === names.hosts.a ? '' : request.authority}${request.path}${request.token === undefined ? '' : ' with a token'}`, response.status, valuesOf(response, 'grpc-status').join(),
    ]);
  expect(seen).toEqual([
    ['/redirect', 200, '2'], ['/ok', 200, '2'], ['/teapot', 200, '2'], ['/bad-request', 200, '13'], ['/too-many', 200, '14'], ['/bad-gateway', 200, '14'],
    ['/gateway-timeout', 200, '14'], ['/error', 200, '2'], ['/absent', 200, '14'], ['/fault-http', 200, '14'], ['/fault-grpc', 200, '8'], ['/cors', 200, '14'],
    ['/served', 200, ''], ['/denied', 200, '7'], ['/nothing', 200, '12'], ['other.test/served', 200, '12'], ['/served with a token', 200, '16'],
  ]);
}, 300_000);
