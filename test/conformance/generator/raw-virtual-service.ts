import * as fc from 'fast-check';
import { Raw } from './spec';
import {
  bool, duration, exact, GatewayAt, headerChanges, headerMatch, headerMatches, labels, list, mapOf, Match, maybe, mostly, oneOf, percent,
  prefix, rarely, record, regex, subsetName, unique, usually, weight,
} from './values';

// VirtualServices that are written as they are given: as many fields as there are, some of them on hosts of rollouts.

const gateway = oneOf<GatewayAt>({ $gateway: 0 }, { $gateway: 1 });
const host = mostly(oneOf('raw.app.test', '*.raw.app.test', 'x.raw.app.test', 'raw-1.app.test', 'a.app.test', '*.app.test'), [
  '', '*', 'raw', 'raw.app.test:80', 'raw_1.app.test', '*raw.app.test', '*-raw.app.test', '10.1.2.3', '::1', 'raw..app.test', '1.2', 'raw.app.test.', '/raw',
]);
const uri = mostly(oneOf<Match>(prefix('/raw/'), exact('/raw'), prefix('/'), regex('/raw/.+'), exact('/v2')), [prefix(''), exact(''), regex('('), exact('raw')]);
const port = mostly(oneOf(80, 8080, 5001), [0, 65536, 1.5]);
const sourceNamespace = mostly(oneOf('models', 'clients'), ['', 'Models', 'a.b'], 10);

const match = record<object>({
  name: rarely(oneOf('first', '')),
  uri: maybe(uri),
  scheme: rarely(oneOf<Match>(exact('http'), prefix('h'))),
  method: rarely(mostly(oneOf<Match>(exact('GET'), regex('GET|POST')), [exact('get'), exact('')])),
  authority: rarely(oneOf<Match>(exact('raw.app.test'), prefix('raw'), regex('.*'))),
  headers: rarely(fc.oneof({ arbitrary: headerMatches, weight: 8 }, { arbitrary: mapOf(oneOf('@request.auth.claims.group', '@request.auth.claims[group]', '@request.auth.x'), headerMatch, 1), weight: 1 }), 4),
  withoutHeaders: rarely(headerMatches),
  queryParams: rarely(mapOf(mostly(oneOf('a', 'b'), ['']), oneOf<Match>(exact('1'), exact(''), regex('[0-9]+'), prefix('1')))),
  port: rarely(port),
  sourceLabels: rarely(labels),
  sourceNamespace: rarely(sourceNamespace),
  gateways: rarely(list(gateway, 0, 1), 20),
  mesh: rarely(bool, 20),
  ignoreUriCase: rarely(bool),
  statPrefix: rarely(oneOf('raw', '')),
});

const destination = record<object>({
  host: mostly(oneOf('raw-svc.models.svc.cluster.local', 'raw-svc', 'raw-two.other.svc.cluster.local'), ['', '*', '*.svc.cluster.local', 'http://x', 'a_b.c', '10.0.0.1', 'x:80', 'x/y']),
  port: maybe(port),
  subset: rarely(subsetName),
});
const headers = record<object>({ request: maybe(headerChanges), response: rarely(headerChanges) });
const arm = record<object>({ destination, weight: mostly(maybe(weight), [0]), headers: rarely(headers) });
const destinations = usually(list(arm, 0, 2).map((more) => [{ destination: { host: 'raw-svc.models.svc.cluster.local', port: 8080 }, weight: 1 }, ...more]), list(arm, 1, 3), 2);

const redirect = fc.tuple(mostly(oneOf('/else', '/'), [undefined], 3), record<object>({
  uri: rarely(oneOf('')),
  authority: rarely(oneOf('else.example.com', '')),
  scheme: rarely(oneOf('http', 'https')),
  port: rarely(port),
  derivePort: rarely(oneOf('FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT')),
  redirectCode: rarely(mostly(oneOf(301, 302, 307, 308), [200, 399, 306, 400])),
})).map(([to, more]) => ({ ...more, ...(to === undefined ? {} : { uri: to }) }));
const directResponse = record<object>({
  status: mostly(oneOf(200, 404, 503), [100, 600, 199, 299]), body: maybe(oneOf('text', '')), bodyBytes: rarely(oneOf('aGVsbG8=', '', 'a', 'not base64')),
});
const rewrite = record<object>({
  uri: maybe(oneOf('/new', '/', '', 'new')),
  authority: rarely(oneOf('new.example.com', '', 'a b')),
  uriRegex: rarely(record({ match: oneOf('^/raw/(.*)$', '', '('), rewrite: oneOf('/\\1', '', '/\\9') }), 10),
});
const retries = record<object>({
  attempts: mostly(oneOf(2, 5), [0, -1, 1.5], 10),
  perTryTimeout: maybe(duration),
  retryOn: rarely(list(mostly(oneOf('5xx', '503', 'retriable-headers', '418'), ['419', 'never']), 0, 2)),
  backoff: rarely(duration),
  retryRemoteLocalities: rarely(bool),
  retryIgnorePreviousHosts: rarely(bool),
});
const cors = record<object>({
  allowOrigins: list(oneOf<Match>(exact('https://example.com'), prefix('https://'), regex('https?://.*')), 0, 2),
  allowMethods: maybe(list(mostly(oneOf('GET', 'PUT'), ['get']), 0, 2)),
  allowHeaders: rarely(list(oneOf('x-user', 'X-User', ''), 0, 2)),
  exposeHeaders: rarely(list(oneOf('x-user', '*'), 0, 2)),
  maxAge: rarely(duration),
  allowCredentials: rarely(bool),
  unmatchedPreflights: rarely(oneOf('FORWARD', 'IGNORE')),
});

const onTheWay = {
  timeout: rarely(duration),
  retries: rarely(retries),
  cors: rarely(cors),
  headers: rarely(headers),
};
const route = record<object>({
  route: mostly(destinations, [[]]),
  rewrite: rarely(rewrite),
  delay: rarely(record({ percent, delay: duration })),
  abort: rarely(record({ percent, httpStatus: mostly(oneOf<number | undefined>(500), [undefined, 600], 6), grpcStatus: rarely(oneOf('UNAVAILABLE', 'NO_SUCH'), 60) })),
  mirrors: rarely(list(record({ destination, percent: maybe(percent) }), 0, 2)),
  ...onTheWay,
});
const several = record<object>({
  redirect: rarely(redirect),
  directResponse: rarely(directResponse),
  rewrite: maybe(rewrite),
  mirrors: rarely(list(record({ destination }), 1, 1)),
});
const action = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: route, weight: 10 },
  { arbitrary: record<object>({ redirect, ...onTheWay }), weight: 2 },
  { arbitrary: record<object>({ directResponse, ...onTheWay }), weight: 2 },
  { arbitrary: several, weight: 1 },
  { arbitrary: record<object>({ delegate: record({ name: mostly(oneOf('delegate'), ['Delegate', '']), namespace: maybe(oneOf('models', 'a.b')) }), timeout: rarely(duration), rewrite: rarely(rewrite) }), weight: 1 },
);
const rule = fc.tuple(record<object>({ name: maybe(oneOf('one', 'two', '')), match: maybe(usually(unique(match, (one) => JSON.stringify(one), 0, 2), list(match, 0, 2), 3)) }), action)
  .map(([about, what]) => ({ ...about, ...what }));

const connection = {
  port: rarely(port),
  sourceLabels: rarely(labels),
  sourceNamespace: rarely(sourceNamespace),
  gateways: rarely(list(gateway, 0, 1), 20),
  mesh: rarely(bool, 20),
};
const subnets = rarely(list(mostly(oneOf('10.0.0.0/8', '10.0.0.1', '::/0'), ['10.0.0.0/33', 'x', '10.0.0.0/', '']), 0, 2));
const connections = list(record<object>({ destination, weight: maybe(weight) }), 1, 2);
const tls = record<object>({
  match: mostly(list(record<object>({ sniHosts: mostly(list(host, 1, 2), [[]]), destinationSubnets: subnets, ...connection }), 1, 2), [[]]),
  route: connections,
});
const tcp = record<object>({
  match: maybe(list(record<object>({ destinationSubnets: subnets, sourceSubnet: rarely(oneOf('10.0.0.0/8', 'x')), ...connection }), 0, 2)),
  route: connections,
});

const props = record<object>({
  hosts: fc.oneof({ arbitrary: list(host, 1, 1), weight: 8 }, { arbitrary: list(host, 0, 3), weight: 2 }),
  gateways: maybe(list(gateway, 1, 2)),
  mesh: rarely(bool),
  http: mostly(list(rule, 1, 2), [undefined, []], 6),
  tls: rarely(list(tls, 1, 2), 15),
  tcp: rarely(list(tcp, 1, 2), 15),
  takesHost: rarely(bool),
  exportTo: rarely(list(mostly(oneOf('.', '*', 'models', 'other'), ['~', '', 'a.b'], 8), 0, 2)),
  namespace: rarely(oneOf('models', 'other')),
});

/** A VirtualService with any fields. */
export const rawVirtualService: fc.Arbitrary<Raw> = fc.record({ id: fc.constant('raw-route'), chart: oneOf(0, 1), props });
