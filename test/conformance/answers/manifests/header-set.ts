import { gatewayOf, http } from './raw-set';
import { AnswerSet, CLIENTS, gatewayPods, Names } from './set';
import { networking } from './virtual-services';
import { HeaderLine, HttpVersion, Request } from '../../../../src/answers/request';
import { JOINED_HEADERS } from '../../../../src/cluster/joined-headers';
import { Manifest } from '../../harness/manifests';
import { Probe } from '../boundary-requests';

/** Headers that Envoy joins, removes, sets or leaves alone. */
const HEADERS = [
  ...JOINED_HEADERS, 'cookie', 'te', 'seldon-model', 'x-seldon-route', 'x-tester', 'accept-language', 'range', 'baggage', 'traceparent', 'tracestate', 'forwarded', 'proxy-authorization', 'keep-alive', 'proxy-connection',
  'if-unmodified-since', 'if-range', 'warning', 'access-control-request-headers', 'accept-charset', 'content-encoding', 'content-language', 'content-location', 'date', 'expires', 'age', 'etag', 'vary', 'last-modified',
  'allow', 'server', 'location', 'from', 'max-forwards', 'dnt', 'link', 'priority', 'early-data', 'sec-fetch-mode', 'sec-websocket-key', 'x-requested-with', 'x-correlation-id', 'x-http-method-override', 'x-api-key',
  'grpc-encoding', 'grpc-accept-encoding', 'grpc-status', 'grpc-message', 'b3', 'x-b3-traceid', 'x-b3-sampled', 'x-ot-span-context', 'x-cloud-trace-context', 'x-datadog-trace-id', 'sw8', 'uber-trace-id', 'x-real-ip',
  'x-envoy-original-dst-host', 'x-envoy-original-url', 'x-envoy-upstream-service-time', 'x-envoy-degraded', 'x-envoy-overloaded', 'x-envoy-ratelimited', 'x-envoy-immediate-health-check-fail', 'x-envoy-peer-metadata',
  'x-forwarded-client-cert', 'x-envoy-internal', 'x-envoy-retry-on', 'x-envoy-max-retries', 'x-envoy-force-trace', 'x-envoy-retriable-status-codes', 'x-envoy-retriable-header-names', 'x-envoy-upstream-rq-per-try-timeout-ms',
  'x-envoy-upstream-rq-timeout-ms', 'x-envoy-expected-rq-timeout-ms', 'x-envoy-retry-grpc-on', 'x-envoy-ip-tags', 'x-envoy-upstream-alt-stat-name', 'x-envoy-hedge-on-per-try-timeout',
];

/** What rules and policies compare with the lines `v` and `w`. */
const CONDITIONS = ['v', 'w', 'v,w', 'v; w', 'v*', '*w', '*'] as const;

type Condition = typeof CONDITIONS[number];

const HOSTS = ['routes.test', 'policies.test'] as const;

function matchOf(condition: Condition): object {
  if (condition === '*') return {};
  if (condition.startsWith('*')) return { regex: `.*${condition.slice(1)}` };
  return condition.endsWith('*') ? { prefix: condition.slice(0, -1) } : { exact: condition };
}

/** Policies that compare what Envoy sets have an answer for each case. */
const isUnknown = (header: string) => /^(x-forwarded-|x-envoy-|x-request-id$|te$)/.test(header);

const all = HEADERS.flatMap((header) => CONDITIONS.map((condition, i) => ({ header, condition, path: `/${header}/${i}` })));

function routesOf(name: string, host: string, gateways: readonly string[], rules: readonly object[], names: Names): Manifest {
  return networking('VirtualService', name, names.a, { hosts: [host], gateways, http: rules }, '2026-01-01T00:00:00Z');
}

/** Rules and policies that each compare one header with one value, at a gateway and in the mesh. */
export function headerSet(istioVersion: string): AnswerSet {
  const names = new Names(0);
  const labels = { istio: 'headers' };
  const namespace = 'edge0';
  const selector = { matchLabels: labels };
  const rules = all.map(({ header, condition, path }, i) => ({ name: `${i}`, match: [{ uri: { exact: path }, headers: { [header]: matchOf(condition) } }], directResponse: { status: 299 } }));
  const manifests = [
    gatewayOf('gw', namespace, labels, [http(names.port, ['*'])]),
    routesOf('routes', HOSTS[0], [`${namespace}/gw`, 'mesh'], rules, names),
    routesOf('policies', HOSTS[1], [`${namespace}/gw`], [{ name: 'all', directResponse: { status: 299 } }], names),
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'headers', namespace },
      spec: {
        selector,
        action: 'DENY',
        rules: all.filter(({ header }) => !isUnknown(header)).map(({ header, condition, path }) => ({
          to: [{ operation: { hosts: [HOSTS[1]], paths: [path] } }], when: [{ key: `request.headers[${header}]`, values: [condition] }],
        })),
      },
    },
  ];
  return {
    seed: 0,
    index: 0,
    kind: `headers for Istio ${istioVersion}`,
    manifests,
    readByResolver: [...manifests, gatewayPods('secured', namespace, labels)],
    services: names.services,
    absent: [],
    entryPoints: [],
    settings: { istioVersion },
  };
}

/** Headers that Node.js does not send by HTTP/2, and those that it does not repeat there. */
const NOT_SENT = ['te', 'keep-alive', 'proxy-connection'];
const NOT_REPEATED = [
  'access-control-request-method', 'authorization', 'content-type', 'if-none-match', 'referer', 'user-agent', 'range', 'proxy-authorization', 'if-match', 'if-modified-since',
  'if-unmodified-since', 'if-range', 'content-encoding', 'content-language', 'content-location', 'date', 'expires', 'age', 'etag', 'last-modified', 'location', 'from', 'max-forwards', 'dnt', 'server', 'retry-after',
];

function isSent(header: string, version: HttpVersion, { length }: readonly string[]): boolean {
  return version === '1.1' || (!NOT_SENT.includes(header) && (length < 2 || !NOT_REPEATED.includes(header)));
}

const LINES: readonly (readonly string[])[] = [['v', 'w'], ['v'], ['v', ''], ['', 'w'], []];

/** A request for each rule and each policy, over both versions of HTTP, with one or two lines of the header. */
export function headerProbes(): Probe[] {
  const gateway = { proxy: 'istio=headers', entry: { kind: 'gateway' as const, port: new Names(0).port } };
  const [{ name, namespace, labels }] = CLIENTS;
  const workload = { proxy: name, entry: { kind: 'workload' as const, namespace, labels, serviceAccount: 'default', port: 80 } };
  return (['1.1', '2'] as const).flatMap((version) => all.flatMap(({ header, path }) => LINES.filter((values) => isSent(header, version, values)).flatMap((values) => {
    const headers = values.map((value): HeaderLine => ({ name: header, value }));
    return [
      ...hostsFor(header).map((host) => ({ proxy: gateway.proxy, request: requestTo(gateway.entry, host, version, path, headers) })),
      { proxy: workload.proxy, request: requestTo(workload.entry, HOSTS[0], version, path, headers) },
    ];
  })));
}

const hostsFor = (header: string) => HOSTS.filter((host) => host === HOSTS[0] || !isUnknown(header));

function requestTo(entry: Request['entry'], authority: string, version: HttpVersion, path: string, headers: readonly HeaderLine[]): Request {
  return { entry, http: version, method: 'GET', authority, path, headers };
}
