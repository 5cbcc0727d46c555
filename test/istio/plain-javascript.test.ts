import { DestinationRule } from '../../src/istio/destination-rule/destination-rule';
import { HashKey } from '../../src/istio/destination-rule/traffic-policy';
import { ModelStore } from '../../src/istio/egress/model-store';
import { ModelStoreEgress } from '../../src/istio/egress/model-store-egress';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { MeshNamespace } from '../../src/istio/namespace/mesh-namespace';
import { PathRewrite } from '../../src/plan/policy';
import { messageOf } from '../support/errors';
import { testChart } from '../support/manifests';

/** What a user of plain JavaScript may write, which no compiler looks at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

const HTTP = 'HTTP, HTTP2, GRPC, GRPC-WEB, HTTP_PROXY';
const VERSIONS = 'TLS_AUTO, TLSV1_0, TLSV1_1, TLSV1_2, TLSV1_3';

describe('a server fails for', () => {
  test.each<[string, () => unknown, string]>([
    ['http(null)', () => GatewayServer.http(null as Anything), 'props null. Expected an object with httpsRedirect, port, protocol or bind (at GatewayServer.http)'],
    ['passthrough(null)', () => GatewayServer.passthrough(null as Anything), 'props null. Expected an object with port, bind, defaultEndpoint or hosts (at GatewayServer.passthrough)'],
    ['autoPassthrough(null)', () => GatewayServer.autoPassthrough(null as Anything),
      'props null. Expected an object with port, bind, defaultEndpoint or hosts (at GatewayServer.autoPassthrough)'],
    ['istioMutual(null)', () => GatewayServer.istioMutual(null as Anything), 'props null. Expected an object with content, port, bind or defaultEndpoint (at GatewayServer.istioMutual)'],
    ['text for https', () => GatewayServer.https('cert' as Anything), 'props "cert". Expected an object with port, bind, defaultEndpoint or hosts (at GatewayServer.https)'],
    ['an unknown protocol', () => GatewayServer.http({ protocol: 'foo' as Anything }), `protocol "foo". Expected one of ${HTTP} (at GatewayServer.http)`],
    ['HTTPS without TLS', () => GatewayServer.http({ protocol: 'HTTPS' as Anything }), `protocol "HTTPS". Expected one of ${HTTP} (at GatewayServer.http)`],
    ['HTTPS as bytes', () => GatewayServer.tcp({ port: 1, protocol: 'HTTPS' as Anything }),
      'protocol "HTTPS". Expected one of TCP, MONGO, MYSQL, REDIS (at GatewayServer.tcp)'],
    ['unknown content', () => GatewayServer.istioMutual({ content: 'HTTP' as Anything }), 'content "HTTP". Expected one of HTTPS, TLS (at GatewayServer.istioMutual)'],
    ['a redirect in words', () => GatewayServer.http({ httpsRedirect: 'yes' as Anything }), 'httpsRedirect "yes". Expected true or false (at GatewayServer.http)'],
    ['an unknown mode', () => GatewayServer.tls({ mode: 'PASSTHROUGH' as Anything }), 'mode "PASSTHROUGH". Expected one of SIMPLE, MUTUAL, OPTIONAL_MUTUAL (at GatewayServer.tls)'],
    ['a number as port name', () => GatewayServer.http({ portName: 80 as Anything }), 'portName 80. Expected a string (at GatewayServer.http)'],
    ['a number as host', () => GatewayServer.http({ hosts: [5 as Anything] }), 'hosts[0] 5. Expected a string (at GatewayServer.http)'],
  ])('%s', (_what, make, message) => {
    expect(messageOf(make)).toBe(message);
  });

  test.each<[Anything, string]>([
    [{ credentialName: null }, 'credentialName null. Expected a string'],
    [{ credentialName: 12 }, 'credentialName 12. Expected a string'],
    [{ credentialNames: 'ab' }, 'credentialNames "ab". Expected a list of strings'],
    [{ credentialNames: ['a', 2] }, 'credentialNames[1] 2. Expected a string'],
    [{ tlsCertificates: 'ab' }, 'tlsCertificates "ab". Expected a list of objects with privateKey and serverCertificate'],
    [{ tlsCertificates: [null] }, 'tlsCertificates[0] null. Expected an object with privateKey and serverCertificate'],
    [{ credentialName: 'a', insecureSkipVerify: 'yes' }, 'insecureSkipVerify "yes". Expected true or false'],
    [{ credentialName: 'a', minProtocolVersion: '1.2' }, `minProtocolVersion "1.2". Expected one of ${VERSIONS}`],
    [{ credentialName: 'a', maxProtocolVersion: '1.2' }, `maxProtocolVersion "1.2". Expected one of ${VERSIONS}`],
    [{ credentialName: 'a', cipherSuites: 'ALL' }, 'cipherSuites "ALL". Expected a list of strings'],
    [{ credentialName: 'a', bind: 1 }, 'bind 1. Expected a string'],
  ])('%j', (options, message) => {
    expect(messageOf(() => new Gateway(testChart(), 'edge', { servers: [GatewayServer.https(options)] }))).toBe(`${message} (at GatewayServer.https)`);
  });
});

test('a Gateway fails without props', () => {
  expect(messageOf(() => new Gateway(testChart(), 'edge', null as Anything))).toBe('props null. Expected an object with podNamespace, selector, servers or metadata (at test/edge)');
});

test.each<[Anything, string]>([
  [{ tls: { mode: 'simple' } }, '.tls.mode "simple". Expected one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL'],
  [{ tls: {} }, '.tls.mode undefined. Expected one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL'],
  [{ tls: { mode: 'SIMPLE', credentialName: 12 } }, '.tls.credentialName 12. Expected a string'],
  [{ tls: { mode: 'SIMPLE', subjectAltNames: 'a' } }, '.tls.subjectAltNames "a". Expected a list of strings'],
  [{ tls: { mode: 'SIMPLE', insecureSkipVerify: 'yes' } }, '.tls.insecureSkipVerify "yes". Expected true or false'],
  [{ loadBalancer: { simple: 'FASTEST' } }, '.loadBalancer.simple "FASTEST". Expected one of LEAST_REQUEST, RANDOM, ROUND_ROBIN, PASSTHROUGH'],
  [{ loadBalancer: { consistentHash: { key: 'x-user' } } }, '.loadBalancer.consistentHash.key "x-user". Expected a HashKey, such as HashKey.header("x-user")'],
  [{ loadBalancer: { consistentHash: {} } }, '.loadBalancer.consistentHash.key undefined. Expected a HashKey, such as HashKey.header(…)'],
  [{ loadBalancer: { consistentHash: null } }, '.loadBalancer.consistentHash null. Expected an object with key'],
  [{ loadBalancer: { consistentHash: { key: HashKey.header(7 as Anything) } } },
    '.loadBalancer.consistentHash.key with header 7. Expected a header name of letters, digits and signs such as "-", without a space'],
  [{ loadBalancer: { warmup: {} } }, '.loadBalancer.warmup.duration undefined. Expected a Duration, such as Duration.seconds(5)'],
  [{ loadBalancer: { warmup: null } }, '.loadBalancer.warmup null. Expected an object with duration'],
  [{ connectionPool: { http: { h2UpgradePolicy: 'yes' } } }, '.connectionPool.http.h2UpgradePolicy "yes". Expected one of DEFAULT, DO_NOT_UPGRADE, UPGRADE'],
  [{ connectionPool: { http: { useClientProtocol: 'yes' } } }, '.connectionPool.http.useClientProtocol "yes". Expected true or false'],
  [{ connectionPool: { tcp: null } }, '.connectionPool.tcp null. Expected an object with connectTimeout, idleTimeout, maxConnectionDuration or maxConnections'],
  [{ connectionPool: { tcp: { tcpKeepalive: null } } }, '.connectionPool.tcp.tcpKeepalive null. Expected an object with interval, probes or time'],
  [{ outlierDetection: { splitExternalLocalOriginErrors: 1 } }, '.outlierDetection.splitExternalLocalOriginErrors 1. Expected true or false'],
  [{ portLevelSettings: [null] }, '.portLevelSettings[0] null. Expected an object with port'],
  [{ tunnel: null }, '.tunnel null. Expected an object with targetHost and targetPort'],
  [{ tunnel: { targetHost: 'a.com', targetPort: 1, protocol: 'GET' } }, '.tunnel.protocol "GET". Expected one of CONNECT, POST'],
  [{ proxyProtocol: 2 }, '.proxyProtocol 2. Expected one of V1, V2'],
])('a policy fails for %j', (trafficPolicy, message) => {
  expect(messageOf(() => new DestinationRule(testChart(), 'rule', { host: 'a.example.com', trafficPolicy }))).toBe(`trafficPolicy${message} (at test/rule)`);
});

test.each<[Anything, string]>([
  [null, 'props null. Expected an object with ambient, argoCd, injection or metadata'],
  [{ ambient: 'false' }, 'ambient "false". Expected true or false'],
  [{ injection: 0 }, 'injection 0. Expected true or false'],
  [{ podSecurity: null }, 'podSecurity null. Expected an object, such as { enforce: PodSecurityLevel.BASELINE }'],
  [{ argoCd: null }, 'argoCd null. Expected an object, such as { syncWave: -1 }'],
])('a MeshNamespace fails for %j', (props, message) => {
  expect(messageOf(() => new MeshNamespace(testChart(), 'models', props))).toBe(`${message} (at test/models)`);
});

test.each<[string, () => unknown, string]>([
  ['gcs(null)', () => ModelStore.gcs(null as Anything), 'props null. Expected an object with bucket or workloadIdentityFederation (at ModelStore.gcs)'],
  ['huggingFace(null)', () => ModelStore.huggingFace(null as Anything), 'props null. Expected an object with cdnHosts or hub (at ModelStore.huggingFace)'],
  ['host(…, null)', () => ModelStore.host('a.example.com', null as Anything), 'props null. Expected an object with addresses, port or tls (at ModelStore.host)'],
  ['tls in words', () => ModelStore.host('a.example.com', { tls: 'no' as Anything }), 'tls "no". Expected true or false (at ModelStore.host)'],
  ['a rewrite of nothing', () => PathRewrite.matched(undefined as Anything), 'replacement undefined. Expected a path that starts with a slash (at PathRewrite.matched)'],
])('fails for %s', (_what, make, message) => {
  expect(messageOf(make)).toBe(message);
});

test.each<[Anything, string]>([
  [{ tlsOrigination: null }, 'tlsOrigination null. Expected an object, which may be empty'],
  [{ tlsOrigination: { credentialName: 7 } }, 'tlsOrigination.credentialName 7. Expected a string'],
  [{ exportTo: [] }, 'an empty exportTo. Leave it out for the namespace of the egress, or set "*" for all'],
])('an egress fails for %j', (props, message) => {
  expect(messageOf(() => new ModelStoreEgress(testChart(), 'stores', { stores: [ModelStore.gcs()], ...props }))).toBe(`${message} (at test/stores)`);
});
