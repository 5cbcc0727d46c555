import { rejectedUpdates } from './harness/rejections';
import { startWorld, World } from './harness/world';

// Envoy accepts or refuses all routes of a gateway's port together, and reports that only in a statistic and its log.

const GATEWAY = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gw', namespace: 'istio-system' },
  spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*.example.com'] }] },
};

const routeOf = (team: string, rule: object) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'models', namespace: team },
  spec: {
    hosts: [`${team}.example.com`],
    gateways: ['istio-system/gw'],
    http: [{ route: [{ destination: { host: `iris.${team}.svc.cluster.local`, port: { number: 8080 } } }], ...rule }],
  },
});

let world: World;

afterEach(() => world?.close());

async function startWith(rule: object): Promise<void> {
  world = await startWorld([GATEWAY, routeOf('fraud', rule), routeOf('vision', {})]);
}

const statusAt = async (host: string, rest = '/v2/models/iris/infer') => (await world.send({ rest, host })).response.status;

test('routes that Envoy accepts are not reported', async () => {
  await startWith({});
  expect(await world.rejected()).toEqual([]);
  expect(await statusAt('vision.example.com')).toBe(200);
});

test('one header that Envoy refuses breaks the routes of all teams behind the port, and is reported', async () => {
  await startWith({ headers: { request: { set: { 'x-caller': '%REQ%' } } } });
  expect(await world.rejected()).toEqual(['RouteConfiguration http.80 is rejected: REQ requires parameters']);
  expect(await statusAt('fraud.example.com')).toBe(404);
  expect(await statusAt('vision.example.com')).toBe(404);
});

const MORE: readonly (readonly [string, object])[] = [
  ...[300, 304, 305, 306, 399].map((redirectCode) => [`a redirect with status ${redirectCode}`, { route: undefined, redirect: { uri: '/a', redirectCode } }] as const),
  ['a redirect with a line break', { route: undefined, redirect: { uri: '/a\nb' } }],
  ['a redirect to an authority with a line break', { route: undefined, redirect: { authority: 'a\nb' } }],
  ['a rewrite with a line break', { rewrite: { uri: '/a\nb' } }],
  ['a rewrite of the authority with a line break', { rewrite: { authority: 'a\nb' } }],
  ['a rewrite by an expression with a line break', { rewrite: { uriRegexRewrite: { match: '/.*', rewrite: '/\n' } } }],
  ['a query parameter without a name', { match: [{ queryParams: { '': { exact: 'a' } } }] }],
];

test.each(MORE)('%s is refused in the same way', async (_what, rule) => {
  await startWith(rule);
  expect(await world.rejected()).toEqual([expect.stringMatching(/^RouteConfiguration http\.80 is rejected: /)]);
});

test('redirects with the other statuses are not', async () => {
  const answers = [301, 302, 303, 307, 308];
  world = await startWorld([GATEWAY, ...answers.map((redirectCode) => routeOf(`r${redirectCode}`, { route: undefined, redirect: { uri: '/a', redirectCode } }))]);
  expect(await world.rejected()).toEqual([]);
  expect(await Promise.all(answers.map((code) => statusAt(`r${code}.example.com`)))).toEqual(answers);
});

// Istio starts its proxies with these runtime flags; without them Envoy refuses much that works in a cluster.

test('expressions may be as large as in a cluster, and no larger', async () => {
  const words = (count: number) => ({ match: [{ uri: { regex: '/[a-z\\p{L}]{1,1000}'.repeat(count) } }] });
  await startWith(words(3));
  expect(await world.rejected()).toEqual([]);
  await world.close();
  await startWith(words(5));
  expect(await world.rejected()).toEqual([expect.stringMatching(/^RouteConfiguration http\.80 is rejected: .* > max program size of 32768 /)]);
});

test('a path with a fragment is answered, as in a cluster', async () => {
  await startWith({});
  expect(await statusAt('fraud.example.com', '/v2/models/iris/infer#latest')).toBe(200);
});

test('each update that was rejected is named with the reasons for its type', () => {
  const log = [
    'warning gRPC config for type.googleapis.com/envoy.config.route.v3.RouteConfiguration rejected: one',
    'warning gRPC config for type.googleapis.com/envoy.config.route.v3.RouteConfiguration rejected: two',
    'warning gRPC config for type.googleapis.com/envoy.config.route.v3.RouteConfiguration rejected: one',
    'warning gRPC config for type.googleapis.com/envoy.config.cluster.v3.Cluster rejected: three',
  ].join('\n');
  const counters = new Map([
    ['http.outbound_0.0.0.0_80.rds.http.80.update_rejected', 2],
    ['http.outbound_0.0.0.0_81.rds.http.81.update_rejected', 0],
    ['cluster_manager.cds.update_rejected', 1],
    ['cluster.outbound|80||iris.models.update_rejected', 1],
    ['listener_manager.lds.update_rejected', 1],
    ['sds.kubernetes://cert.update_rejected', 1],
  ]);
  expect(rejectedUpdates(counters, log)).toEqual([
    'RouteConfiguration http.80 is rejected: one; two',
    'Cluster cds is rejected: three',
    'ClusterLoadAssignment outbound|80||iris.models is rejected: the log gives no reason',
    'sds.kubernetes://cert.update_rejected is rejected: the log gives no reason',
  ]);
});
