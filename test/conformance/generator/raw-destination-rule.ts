import * as fc from 'fast-check';
import { Raw } from './spec';
import { bool, duration, int32, labels, list, mapOf, maybe, mostly, oneOf, percent, rarely, record, subsetName, uint32, unique, usually } from './values';

// DestinationRules that are written as they are given, for hosts that no rollout has.

const host = mostly(oneOf('raw-svc.models.svc.cluster.local', 'raw-svc', 'raw.app.test', '*.raw.app.test'), ['', '*', 'a_b', 'x:80', '*x.y', '*-x.y', 'a..b', '1.2', '10.0.0.1', 'raw.']);

const attribute = record({ name: oneOf('SameSite', 'Secure', ''), value: maybe(oneOf('Lax', '')) });
const hashKey = fc.oneof(
  fc.record({ $hash: fc.constant('header'), value: mostly(oneOf('x-user'), ['', 'x user'], 6) }),
  fc.record({ $hash: fc.constant('queryParameter'), value: mostly(oneOf('user'), [''], 6) }),
  fc.constant({ $hash: 'sourceIp' }),
  record({
    $hash: fc.constant('cookie'),
    value: record({ name: mostly(oneOf('user'), [''], 6), path: maybe(oneOf('/', '')), ttl: maybe(oneOf({ $ms: 0 }, { $ms: 1000 }, { $ms: 0.5 })), attributes: rarely(list(attribute, 0, 2), 4) }),
  }),
);
const locality = mostly(oneOf('r1', 'r1/z1', 'r1/z1/s1', 'r2/*', 'r2', 'r3', '*'), ['', 'r1//s1', 'r*', 'r1/*/s1'], 20);
const loadBalancer = record<object>({
  simple: maybe(oneOf('LEAST_REQUEST', 'RANDOM', 'ROUND_ROBIN', 'PASSTHROUGH')),
  consistentHash: rarely(record({
    key: hashKey,
    ringHashMinimumSize: rarely(oneOf(1024, 0, -1, 8388608, 8388609, 1.5), 4),
    maglevTableSize: rarely(oneOf(65537, 1, 4, 5000011, 5000009, 0, 2), 4),
  }), 3),
  locality: rarely(record<object>({
    enabled: maybe(bool),
    distribute: rarely(list(fc.record({ from: locality, to: fc.oneof(fc.constant({ 'r1/z1': 80, 'r2': 20 }), fc.constant({ r1: 100 }), fc.constant({ r1: 50 }), fc.constant({ r1: 0, r2: 100 }), mapOf(locality, oneOf(50, 100))) }), 0, 2), 2),
    failover: rarely(list(fc.record({ from: oneOf('r1', 'r1/z1', 'r3', ''), to: oneOf('r2', 'r1', '*', '') }), 0, 2), 2),
    failoverPriority: rarely(list(oneOf('topology.kubernetes.io/region', 'topology.istio.io/subzone', 'app', 'app=x', '', '='), 0, 2), 3),
  }), 4),
  warmup: rarely(record({ duration, minimumPercent: maybe(percent), aggression: rarely(oneOf(1, 2.5, 0.5, 0, -1, NaN), 2) }), 6),
});
const connectionPool = record<object>({
  tcp: maybe(record<object>({
    maxConnections: maybe(int32),
    connectTimeout: maybe(duration),
    maxConnectionDuration: rarely(duration),
    idleTimeout: rarely(oneOf({ $ms: 0 }, { $ms: 1000 }, { $ms: 0.5 })),
    tcpKeepalive: rarely(record<object>({ probes: maybe(uint32), time: maybe(duration), interval: maybe(duration) }), 4),
  })),
  http: maybe(record<object>({
    http1MaxPendingRequests: rarely(int32),
    http2MaxRequests: rarely(int32),
    maxRequestsPerConnection: rarely(int32),
    maxRetries: rarely(int32),
    idleTimeout: rarely(duration),
    h2UpgradePolicy: rarely(oneOf('DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE'), 4),
    useClientProtocol: rarely(bool),
    maxConcurrentStreams: rarely(int32),
  })),
});
const outlierDetection = record<object>({
  consecutive5xxErrors: maybe(uint32),
  consecutiveGatewayErrors: rarely(uint32),
  consecutiveLocalOriginFailures: rarely(uint32),
  splitExternalLocalOriginErrors: rarely(bool),
  interval: maybe(duration),
  baseEjectionTime: rarely(duration),
  maxEjectionPercent: rarely(mostly(oneOf(0, 10, 100), [101, -1, 1.5])),
  minHealthPercent: rarely(mostly(oneOf(0, 50), [101, -1, 1.5])),
});
const tls = record<object>({
  mode: oneOf('SIMPLE', 'DISABLE', 'ISTIO_MUTUAL', 'MUTUAL', 'SIMPLE'),
  clientCertificate: rarely(oneOf('/etc/certs/tls.crt', ''), 3),
  privateKey: rarely(oneOf('/etc/certs/tls.key', '-----BEGIN RSA PRIVATE KEY-----', ''), 3),
  caCertificates: rarely(oneOf('/etc/certs/ca.crt', ''), 3),
  caCrl: rarely(oneOf('/etc/certs/crl')),
  credentialName: rarely(oneOf('client', '', 'configmap://models/authorities', 'configmap://authorities', 'configmap://x/y'), 3),
  subjectAltNames: rarely(list(oneOf('server.example.com', ''), 0, 2)),
  sni: rarely(oneOf('server.example.com', '', 'a b')),
  insecureSkipVerify: rarely(bool),
});
const common = {
  loadBalancer: rarely(loadBalancer, 2),
  connectionPool: rarely(connectionPool.map((pool) => Object.keys(pool).length > 0 ? pool : { tcp: {} }), 2),
  outlierDetection: rarely(outlierDetection, 3),
  tls: rarely(tls, 4),
};
/** What a record contains when it would be empty. */
const atLeast = (value: fc.Arbitrary<object>, otherwise: object) =>
  usually(value.map((one) => Object.keys(one).length > 0 ? one : otherwise), value, 6);
const trafficPolicy = atLeast(record<object>({
  ...common,
  portLevelSettings: rarely(list(record<object>({ port: mostly(oneOf(80, 8080), [0, 65536], 8), ...common }), 0, 2), 6),
  tunnel: rarely(record({ protocol: maybe(oneOf('CONNECT', 'POST')), targetHost: mostly(oneOf('target.example.com', '10.0.0.1'), ['', '*.example.com', 'a_b'], 3), targetPort: mostly(oneOf(443), [0]) }), 15),
  proxyProtocol: rarely(oneOf('V1', 'V2'), 15),
  retryBudget: rarely(record<object>({ percent: maybe(percent), minRetryConcurrency: maybe(uint32) }), 15),
}), { loadBalancer: { simple: 'RANDOM' } });
const subset = record<object>({ name: subsetName, labels: maybe(labels), trafficPolicy: rarely(trafficPolicy) });
const props = record<object>({
  host,
  namespace: rarely(oneOf('models', 'other')),
  subsets: rarely(usually(unique(subset, (one: any) => one.name, 0, 2), list(subset, 0, 2), 3), 2),
  trafficPolicy: maybe(trafficPolicy),
  exportTo: rarely(list(mostly(oneOf('.', '*', 'models', 'other'), ['~', '', 'a.b'], 8), 0, 2)),
  workloadSelector: rarely(fc.oneof(labels, oneOf({}, { app: '*' }, { app: 'a'.repeat(64) }))),
});

/** A DestinationRule with any fields. */
export const rawDestinationRule: fc.Arbitrary<Raw> = fc.record({ id: fc.constant('raw-rule'), chart: oneOf(0, 1), props });
