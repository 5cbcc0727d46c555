import { Probe } from './answers/boundary-requests';
import { judge } from './answers/judging/judge';
import { describe as describeDisagreement } from './answers/judging/report';
import { gatewayOf, http } from './answers/manifests/raw-set';
import { AnswerSet, gatewayPods, Names } from './answers/manifests/set';
import { networking } from './answers/manifests/virtual-services';
import { count } from './harness/figures';
import { Manifest } from './harness/manifests';
import { Request } from '../../src/answers/request';

// Proxies of Istio refuse HTTP/1.0, and requests without a Host header, before rules and policies see them. One with an empty Host header is read.

const names = new Names(0);
const [NAMESPACE, LABELS] = ['edge0', { istio: 'old' }];
const HOST = `one.${names.a}.svc.cluster.local`;

const policy: Manifest = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'deny', namespace: NAMESPACE },
  spec: { selector: { matchLabels: LABELS }, action: 'DENY', rules: [{ to: [{ operation: { paths: ['/denied'] } }] }] },
};
const manifests: Manifest[] = [
  gatewayOf('gw', NAMESPACE, LABELS, [http(names.port, ['*'])]), policy,
  networking('VirtualService', 'routes', names.a, {
    hosts: ['*'],
    gateways: [`${NAMESPACE}/gw`],
    http: [{ name: 'redirect', match: [{ uri: { exact: '/redirect' } }], redirect: { uri: '/other' } }, { name: 'all', route: [{ destination: { host: HOST, port: { number: 80 } } }] }],
  }),
];
const set: AnswerSet = {
  seed: 0,
  index: 0,
  manifests,
  readByResolver: [...manifests, gatewayPods('old', NAMESPACE, LABELS)],
  services: names.services,
  absent: [],
  entryPoints: [{ kind: 'gateway', proxy: '', port: names.port, hosts: ['*'] }, { kind: 'client', proxy: 'client', port: 80, hosts: [HOST] }],
  settings: {},
  kind: 'HTTP/1.0',
};

const ENTRIES: readonly Pick<Probe & Request, 'proxy' | 'entry'>[] = [
  { proxy: 'istio=old', entry: { kind: 'gateway', port: names.port, gateway: `${NAMESPACE}/gw` } },
  { proxy: 'client', entry: { kind: 'workload', namespace: 'clients', labels: { app: 'client' }, serviceAccount: 'default', port: 80 } },
];
const TARGETS = [['GET', '/served'], ['GET', '/redirect'], ['GET', '/denied'], ['GET', '/a%00b'], ['GET', '/a//../b'], ['FOO', '/served'], ['POST', '/served']] as const;

const probes = ENTRIES.flatMap(({ proxy, entry }) => TARGETS.flatMap(([method, path]): Probe[] => {
  const request: Request = { entry, http: '1.0', method, authority: HOST, path, headers: [] };
  return [
    { proxy, request },
    { proxy, request: { ...request, headers: [{ name: 'connection', value: 'host' }] } },
    { proxy, request: { ...request, http: '1.1' } },
    { proxy, request: { ...request, http: '1.1', hasNoHost: true } },
    { proxy, request: { ...request, hasNoHost: true } },
    { proxy, request: { ...request, http: '1.1', authority: '' } },
  ];
}));

test('the resolver and Envoy agree about requests of HTTP/1.0, and about those without a Host header', async () => {
  const { observations, disagreements, rejected } = await judge([set], () => probes);
  expect(rejected).toEqual([]);
  expect(disagreements.map(describeDisagreement)).toEqual([]);
  const refused = observations.filter(({ response: { status } }) => status === 426);
  expect(refused.length).toBeGreaterThan(30);
  expect(refused.every(({ probe }) => probe.request.http === '1.0')).toBe(true);
  expect(observations.filter(({ line }) => line?.details === 'missing_host_header').length).toBeGreaterThan(10);
  count('answers compared', observations.length);
}, 300_000);
