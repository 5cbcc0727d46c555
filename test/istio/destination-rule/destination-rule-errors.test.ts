import { App, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { DestinationRule, DestinationRuleProps, Subset } from '../../../src/istio/destination-rule/destination-rule';
import {
  ClientTls, ClientTlsMode, ConnectionPool, H2UpgradePolicy, HashKey, LoadBalancer, LoadBalancerSimple, LocalityLoadBalancing, OutlierDetection,
  ProxyProtocolVersion, TrafficPolicy,
} from '../../../src/istio/destination-rule/traffic-policy';
import { Mesh } from '../../../src/mesh/mesh';
import { SameSite } from '../../../src/plan/checks/cookie-attributes';
import { messageOf } from '../../support/errors';

const HOST = 'iris.seldon.svc.cluster.local';
const ZERO = Duration.millis(0);

function chartOf(istioVersion?: string): Chart {
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon' });
  if (istioVersion !== undefined) Mesh.configure(chart, { istioVersion });
  return chart;
}

function errorOf(props: Partial<DestinationRuleProps>, istioVersion?: string): string {
  return messageOf(() => new DestinationRule(chartOf(istioVersion), 'rule', { host: HOST, ...props }));
}

function errorOfPolicy(trafficPolicy: TrafficPolicy): string {
  return errorOf({ trafficPolicy });
}

describe('fails for the whole rule', () => {
  test.each(['', '10.0.0.1', 'http://iris', 'iris:80', 'a.*'])('fails for host %j', (host) => {
    expect(errorOf({ host })).toEqual(`host "${host}". Expected the DNS name of a Service or ServiceEntry, such as "iris.seldon.svc.cluster.local", `
      + '"*.example.com" or "*", without scheme, port or path (at chart/rule)');
  });

  test.each<[string, Partial<DestinationRuleProps>, string]>([
    ['exportTo no namespace', { exportTo: ['~'] },
      'exportTo "~". Istio accepts it only for a ServiceEntry. Set names of namespaces, "." for this one or "*" for all'],
    ['a selector that is seen everywhere', { exportTo: ['*'], workloadSelector: { a: 'b' } },
      'exportTo "*" with a workloadSelector. A rule with a workloadSelector applies only in its own namespace. Set ".", or leave exportTo out'],
    ['a selector with exportTo another namespace', { exportTo: ['other'], workloadSelector: { a: 'b' } },
      'exportTo "other" with a workloadSelector. A rule with a workloadSelector applies only in its own namespace. Set ".", or leave exportTo out'],
    ['a selector with exportTo several namespaces', { exportTo: ['.', 'other'], workloadSelector: { a: 'b' } },
      'exportTo ".", "other" with a workloadSelector. A rule with a workloadSelector applies only in its own namespace. Set ".", or leave exportTo out'],
    ['a selector with a wildcard', { workloadSelector: { a: '*' } },
      'workloadSelector with label "a" and value "*". Expected a label and a value, without wildcards'],
    ['a selector without a label', { workloadSelector: { '': 'b' } },
      'workloadSelector with label "" and value "b". Expected a label and a value, without wildcards'],
    ['a selector with a number', { workloadSelector: { a: 5 as never } },
      'workloadSelector.a 5. Expected a string'],
    ['no host', { host: undefined }, 'host undefined. Expected the DNS name of a Service or ServiceEntry, '
      + 'such as "iris.seldon.svc.cluster.local", "*.example.com" or "*", without scheme, port or path'],
    ['subsets outside a list', { subsets: { name: 'v1' } as never }, 'subsets an object. Expected a list of objects with name'],
    ['a subset without a name', { subsets: [{} as never] },
      'subset undefined. Expected at most 63 letters, digits and hyphens, with no hyphen at the ends'],
    ['exportTo outside a list', { exportTo: 'models' as never }, 'exportTo "models". Expected a list of strings'],
    ['a selector with a long value', { workloadSelector: { a: 'b'.repeat(64) } }, 'workloadSelector with a value of 64 characters. Expected at most 63'],
    ['a selector with too many labels', { workloadSelector: Object.fromEntries(Array.from({ length: 4097 }, (_, i) => [`l${i}`, ''])) },
      'workloadSelector with 4097 labels. Expected at most 4096'],
    ['two subsets of one name', { subsets: [{ name: 'v1' }, { name: 'v1' }] }, 'two subsets named "v1". Give each subset its own name'],
    ['a subset name with a dot', { subsets: [{ name: 'v1.0' }] },
      'subset "v1.0". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends'],
    ['an invalid subset label', { subsets: [{ name: 'v1', labels: { a: 'b c' } }] },
      'value "b c" of label a of subset "v1". Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit'],
    ['an empty policy of a subset', { subsets: [{ name: 'v1', trafficPolicy: {} }] },
      'trafficPolicy of subset "v1" without settings. Set at least one field, or leave it out'],
  ])('fails for %s', (_name, props, message) => {
    expect(errorOf(props)).toEqual(`${message} (at chart/rule)`);
  });

  test('fails without anything', () => {
    expect(messageOf(() => new DestinationRule(chartOf(), 'rule', undefined as never))).toEqual(
      'props undefined. Expected an object with host (at chart/rule)');
  });

  test('fails for a second rule of one host, however it is written', () => {
    const chart = chartOf();
    new DestinationRule(chart, 'rule', { host: HOST });

    expect(messageOf(() => new DestinationRule(chart, 'other', { host: 'iris' }))).toEqual(
      `a second DestinationRule for host "${HOST}", which has chart/rule. `
      + 'Put everything about the host into one rule, or export the rules to different namespaces (at chart/other)');
  });
});

describe('fails for added subsets', () => {
  const errorOfAdded = (subset: Subset): string => {
    const rule = new DestinationRule(chartOf(), 'rule', { host: HOST, subsets: [{ name: 'v1', labels: { version: 'v1' } }] });
    return messageOf(() => rule.addSubset(subset));
  };

  test('fails for other labels', () => {
    expect(errorOfAdded({ name: 'v1', labels: { version: 'v2' } })).toEqual(
      'subset "v1" with labels {"version":"v2"}, which already has labels {"version":"v1"}. Use the same labels or another name (at chart/rule)');
  });

  test('fails for a route that needs other labels, with the path of the route', () => {
    const chart = chartOf();
    const rule = new DestinationRule(chart, 'rule', { host: HOST, subsets: [{ name: 'v1', labels: { version: 'v1' } }] });
    const route = new Construct(chart, 'route');
    rule._require(route, { name: 'v1', labels: { version: 'v1' } });
    rule._require(route, { name: 'v2', labels: { version: 'v2' } });

    expect(rule.subsets.map(({ name }) => name)).toEqual(['v1', 'v2']);
    expect(messageOf(() => rule._require(route, { name: 'v1', labels: { version: 'v2' } }))).toEqual('subset "v1" with labels {"version":"v2"} '
      + 'for chart/route, which already has labels {"version":"v1"}. Use the same labels or another name (at chart/rule)');
  });

  test('fails for no labels', () => {
    expect(errorOfAdded({ name: 'v1' })).toEqual(
      'subset "v1" with labels {}, which already has labels {"version":"v1"}. Use the same labels or another name (at chart/rule)');
  });

  test('fails for another policy', () => {
    expect(errorOfAdded({ name: 'v1', labels: { version: 'v1' }, trafficPolicy: { outlierDetection: {} } })).toEqual(
      'subset "v1" with a trafficPolicy that differs from the existing one. Set its policy in one place, or to the same value everywhere (at chart/rule)');
  });

  test('fails for a bad name', () => {
    expect(errorOfAdded({ name: '' })).toEqual('subset "". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends (at chart/rule)');
  });
});

describe('fails for traffic policies', () => {
  test.each<[string, TrafficPolicy, string]>([
    ['nothing', { portLevelSettings: [] }, 'trafficPolicy without settings. Set at least one field, or leave it out'],
    ['nothing about a port', { portLevelSettings: [{ port: 80 }] },
      'trafficPolicy.portLevelSettings[0] without settings for port 80. Set at least one more field'],
    ['port 0', { portLevelSettings: [{ port: 0, outlierDetection: {} }] },
      'trafficPolicy.portLevelSettings[0].port 0. Expected a whole number from 1 to 65535'],
    ['a bad policy of a port', { portLevelSettings: [{ port: 80, connectionPool: {} }] },
      'trafficPolicy.portLevelSettings[0].connectionPool without settings. Set tcp or http, or leave it out'],
    ['too many ports', { portLevelSettings: Array.from({ length: 4097 }, () => ({ port: 80, outlierDetection: {} })) },
      'trafficPolicy.portLevelSettings with 4097 entries. Expected at most 4096'],
    ['a tunnel with the PROXY protocol', { tunnel: { targetHost: 'a', targetPort: 1 }, proxyProtocol: ProxyProtocolVersion.V1 },
      'trafficPolicy has tunnel and proxyProtocol. Set one of the two'],
    ['a tunnel to a wildcard', { tunnel: { targetHost: '*.a', targetPort: 1 } },
      'trafficPolicy.tunnel.targetHost "*.a". Expected a DNS name without a wildcard, or an IP address'],
    ['a tunnel to port 0', { tunnel: { targetHost: 'a', targetPort: 0 } }, 'trafficPolicy.tunnel.targetPort 0. Expected a whole number from 1 to 65535'],
    ['a retry budget of 101 percent', { retryBudget: { percent: 101 } }, 'trafficPolicy.retryBudget.percent 101. Expected a percentage from 0 to 100'],
    ['a negative retry budget', { retryBudget: { minRetryConcurrency: -1 } },
      'trafficPolicy.retryBudget.minRetryConcurrency -1. Expected a whole number from 0 to 4294967295'],
  ])('fails for %s', (_name, policy, message) => {
    expect(errorOfPolicy(policy)).toEqual(`${message} (at chart/rule)`);
  });

  test.each<[string, ConnectionPool, string]>([
    ['tcp.maxConnections', { tcp: { maxConnections: -1 } }, ' -1. Expected a whole number from 0 to 2147483647'],
    ['tcp.connectTimeout', { tcp: { connectTimeout: ZERO } }, ' of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['tcp.maxConnectionDuration', { tcp: { maxConnectionDuration: ZERO } }, ' of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['tcp.tcpKeepalive.probes', { tcp: { tcpKeepalive: { probes: 0.5 } } }, ' 0.5. Expected a whole number from 0 to 4294967295'],
    ['tcp.tcpKeepalive.time', { tcp: { tcpKeepalive: { time: ZERO } } }, ' of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['tcp.tcpKeepalive.interval', { tcp: { tcpKeepalive: { interval: ZERO } } }, ' of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['tcp.idleTimeout', { tcp: { idleTimeout: Duration.millis(0.5) } }, ' of 0.5 ms. Expected whole milliseconds'],
    ['http.http1MaxPendingRequests', { http: { http1MaxPendingRequests: -1 } }, ' -1. Expected a whole number from 0 to 2147483647'],
    ['http.http2MaxRequests', { http: { http2MaxRequests: -1 } }, ' -1. Expected a whole number from 0 to 2147483647'],
    ['http.maxRequestsPerConnection', { http: { maxRequestsPerConnection: -1 } }, ' -1. Expected a whole number from 0 to 2147483647'],
    ['http.maxRetries', { http: { maxRetries: 2147483648 } }, ' 2147483648. Expected a whole number from 0 to 2147483647'],
    ['http.maxConcurrentStreams', { http: { maxConcurrentStreams: -1 } }, ' -1. Expected a whole number from 0 to 2147483647'],
    ['http.idleTimeout', { http: { idleTimeout: ZERO } }, ' of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['http', { http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE, useClientProtocol: true } },
      ' has h2UpgradePolicy "UPGRADE" and useClientProtocol. Set one of the two'],
  ])('fails for the limits of %s', (field, connectionPool, problem) => {
    expect(errorOfPolicy({ connectionPool })).toEqual(`trafficPolicy.connectionPool.${field}${problem} (at chart/rule)`);
  });

  test.each<[keyof OutlierDetection, OutlierDetection, string]>([
    ['consecutive5xxErrors', { consecutive5xxErrors: -1 }, ' -1. Expected a whole number from 0 to 4294967295'],
    ['consecutiveGatewayErrors', { consecutiveGatewayErrors: -1 }, ' -1. Expected a whole number from 0 to 4294967295'],
    ['consecutiveLocalOriginFailures', { consecutiveLocalOriginFailures: -1 }, ' -1. Expected a whole number from 0 to 4294967295'],
    ['consecutiveLocalOriginFailures', { consecutiveLocalOriginFailures: 5 }, ' 5 without splitExternalLocalOriginErrors. '
      + 'These failures are counted separately only with splitExternalLocalOriginErrors. Set it to true'],
    ['interval', { interval: ZERO }, ' of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['baseEjectionTime', { baseEjectionTime: ZERO }, ' of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['maxEjectionPercent', { maxEjectionPercent: 101 }, ' 101. Expected a whole number from 0 to 100'],
    ['minHealthPercent', { minHealthPercent: 0.5 }, ' 0.5. Expected a whole number from 0 to 100'],
  ])('fails for the outlier detection of %s', (field, outlierDetection, problem) => {
    expect(errorOfPolicy({ outlierDetection })).toEqual(`trafficPolicy.outlierDetection.${field}${problem} (at chart/rule)`);
  });
});

test.each([LoadBalancerSimple.ROUND_ROBIN, LoadBalancerSimple.LEAST_REQUEST])('a warmup goes with %s', (simple) => {
  expect(errorOfPolicy({ loadBalancer: { simple, warmup: { duration: Duration.seconds(1) } } })).toBe('no error');
});

test('a hash of a pseudo header', () => {
  expect(errorOfPolicy({ loadBalancer: { consistentHash: { key: HashKey.header(':path') } } })).toBe('no error');
});

test('fails for name and namespace without the rest', () => {
  expect(errorOf({ host: 'iris.seldon' })).toBe('host "iris.seldon". Istio resolves only names without dots in a namespace, and would find no Service. '
    + 'Set the full name, "iris.seldon.svc.cluster.local" (at chart/rule)');
  expect(errorOf({ host: 'example.com' })).toBe('no error');
});

describe('fails for load balancing', () => {
  const key = HashKey.sourceIp();

  test.each<[string, LoadBalancer, string]>([
    ['two ways', { simple: LoadBalancerSimple.RANDOM, consistentHash: { key } }, ' has simple and consistentHash. Set one of the two'],
    ['a ring and a table', { consistentHash: { key, ringHashMinimumSize: 1, maglevTableSize: 7 } },
      '.consistentHash has ringHashMinimumSize and maglevTableSize. Set one of the two'],
    ['a large ring', { consistentHash: { key, ringHashMinimumSize: 8388609 } },
      '.consistentHash.ringHashMinimumSize 8388609. Expected a whole number from 0 to 8388608'],
    ['an empty table', { consistentHash: { key, maglevTableSize: 0 } }, '.consistentHash.maglevTableSize 0. Expected a whole number from 1 to 5000010'],
    ['a large table', { consistentHash: { key, maglevTableSize: 5000011 } },
      '.consistentHash.maglevTableSize 5000011. Expected a whole number from 1 to 5000010'],
    ['a table whose size is no prime', { consistentHash: { key, maglevTableSize: 65536 } },
      '.consistentHash.maglevTableSize 65536. Expected a prime number such as 65537'],
    ['no header', { consistentHash: { key: HashKey.header('') } }, '.consistentHash.key with an empty header name. Set the name of the header'],
    ['no parameter', { consistentHash: { key: HashKey.queryParameter('') } },
      '.consistentHash.key with an empty query parameter. Set the name of the parameter'],
    ['no cookie', { consistentHash: { key: HashKey.cookie({ name: '' }) } }, '.consistentHash.key with an empty cookie name. Set the name of the cookie'],
    ['a cookie with a line break', { consistentHash: { key: HashKey.cookie({ name: 'a\n' }) } },
      '.consistentHash.key with cookie name "a\\n". Expected no control characters'],
    ['a path with a line break', { consistentHash: { key: HashKey.cookie({ name: 'a', path: '/\r' }) } },
      '.consistentHash.key with path "/\\r". Expected no control characters'],
    ['an attribute with a line break', { consistentHash: { key: HashKey.cookie({ name: 'a', attributes: [{ name: 'SameSite', value: 'Lax\n' }] }) } },
      '.consistentHash.key with attribute SameSite "Lax\\n". Expected no control characters'],
    ['half a millisecond', { consistentHash: { key: HashKey.cookie({ name: 'a', ttl: Duration.millis(0.5) }) } },
      '.consistentHash.key.ttl of 0.5 ms. Expected whole milliseconds'],
    ['an attribute without a name', { consistentHash: { key: HashKey.cookie({ name: 'a', attributes: [{ name: '' }] }) } },
      '.consistentHash.key with an attribute without a name. Set the name of the attribute, such as "SameSite"'],
    ['an attribute in two ways', { consistentHash: { key: HashKey.cookie({ name: 'a', ttl: Duration.hours(1), secure: true, attributes: [{ name: 'secure' }] }) } },
      '.consistentHash.key with attribute "secure" twice. Set it once'],
    ['attributes of a cookie that is not generated', { consistentHash: { key: HashKey.cookie({ name: 'a', secure: true, domain: 'example.com' }) } },
      '.consistentHash.key with Domain, Secure and no ttl. Without a ttl no cookie is generated. Set ttl, or Duration.millis(0) for a session cookie'],
    ['a cookie that browsers refuse', { consistentHash: { key: HashKey.cookie({ name: 'a', ttl: Duration.hours(1), sameSite: SameSite.NONE }) } },
      '.consistentHash.key has sameSite "None" without secure. Browsers reject such a cookie. Set secure: true'],
    ['parts for other sites that browsers refuse', { consistentHash: { key: HashKey.cookie({ name: 'a', ttl: Duration.hours(1), partitioned: true }) } },
      '.consistentHash.key has partitioned without secure. Browsers reject such a cookie. Set secure: true'],
    ['a domain with a port', { consistentHash: { key: HashKey.cookie({ name: 'a', ttl: Duration.hours(1), domain: 'example.com:80' }) } },
      '.consistentHash.key.domain "example.com:80". Expected a DNS name such as "example.com", without a dot in front, scheme, port or wildcard'],
    ['localities and zones', { locality: { enabled: true }, zoneAware: {} }, ' has locality and zoneAware. Set one of the two'],
    ['a zone that is preferred twice', { zoneAware: { failoverPriority: ['topology.kubernetes.io/zone'] } },
      '.zoneAware has "topology.kubernetes.io/zone" in failoverPriority. Zone-aware load balancing already prefers the region and the zone. Leave it out'],
    ['failover from a region to itself', { zoneAware: { failover: [{ from: 'a', to: 'a' }] } }, '.zoneAware.failover from "a" to itself. Set another region'],
    ['no smallest size', { zoneAware: { minClusterSize: 0 } }, '.zoneAware.minClusterSize 0. Expected a whole number from 1 to 4294967295'],
    ['an attribute twice', { consistentHash: { key: HashKey.cookie({ name: 'a', attributes: [{ name: 'b' }, { name: 'b' }] }) } },
      '.consistentHash.key with attribute "b" twice. Set it once'],
    ['nothing', {}, ' without settings. Set simple, consistentHash, locality, zoneAware or warmup, or leave it out'],
    ['a header with a space', { consistentHash: { key: HashKey.header('x user') } },
      '.consistentHash.key with header "x user". Expected a header name of letters, digits and signs such as "-", without a space'],
    ['warm-up with a hash', { consistentHash: { key }, warmup: { duration: Duration.seconds(1) } },
      ' has warmup and consistentHash. Envoy supports warm-up only with LEAST_REQUEST and ROUND_ROBIN. Set one of these, or leave warmup out'],
    ['warm-up with RANDOM', { simple: LoadBalancerSimple.RANDOM, warmup: { duration: Duration.seconds(1) } },
      ' has warmup and simple "RANDOM". Envoy supports warm-up only with LEAST_REQUEST and ROUND_ROBIN. Set one of these, or leave warmup out'],
    ['warm-up with PASSTHROUGH', { simple: LoadBalancerSimple.PASSTHROUGH, warmup: { duration: Duration.seconds(1) } },
      ' has warmup and simple "PASSTHROUGH". Envoy supports warm-up only with LEAST_REQUEST and ROUND_ROBIN. Set one of these, or leave warmup out'],
    ['a warmup of 0', { warmup: { duration: ZERO } }, '.warmup.duration of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['a warmup from 101 percent', { warmup: { duration: Duration.seconds(1), minimumPercent: 101 } },
      '.warmup.minimumPercent 101. Expected a percentage from 0 to 100'],
    ['a warmup without aggression', { warmup: { duration: Duration.seconds(1), aggression: 0 } }, '.warmup.aggression 0. Expected a number above 0'],
  ])('fails for %s', (_name, loadBalancer, problem) => {
    expect(errorOfPolicy({ loadBalancer })).toEqual(`trafficPolicy.loadBalancer${problem} (at chart/rule)`);
  });

  test.each<[string, LocalityLoadBalancing, string]>([
    ['two ways', { distribute: [{ from: '*', to: { '*': 100 } }], failover: [{ from: 'a', to: 'b' }] },
      ' has distribute and failover. Set one of the two'],
    ['a region in failover and in failoverPriority', { failover: [{ from: 'a', to: 'b' }], failoverPriority: ['topology.kubernetes.io/region'] },
      ' has failover and "topology.kubernetes.io/region" in failoverPriority. Both determine the failover region. Leave one of them out'],
    ['a weight of 0', { distribute: [{ from: 'a', to: { a: 100, b: 0 } }] },
      '.distribute from "a" to "b" with weight 0. Expected a whole number from 1 to 100'],
    ['weights below 100', { distribute: [{ from: 'a', to: { a: 50, b: 49 } }] }, '.distribute from "a" with weights that add up to 99. Expected 100'],
    ['an empty zone', { distribute: [{ from: 'a', to: { 'a/': 100 } }] },
      '.distribute from "a" to "a/". Expected region/zone/subzone or less, with no empty part'],
    ['a wildcard in the middle', { distribute: [{ from: 'a/*/b', to: { a: 100 } }] }, '.distribute from "a/*/b". One "*" is allowed, at the end'],
    ['the same place twice', { distribute: [{ from: 'a/b/c', to: { a: 100 } }, { from: 'a/b/c', to: { a: 100 } }] },
      '.distribute from "a/b/c", which overlaps "a/b/c". List each locality once'],
    ['a place within another', { distribute: [{ from: 'a', to: { 'a/b': 50, 'a/b/c': 50 } }] },
      '.distribute from "a" to "a/b/c", which overlaps "a/b". List each locality once'],
    ['a place around another', { distribute: [{ from: 'a', to: { 'a/b/c/d': 50, 'a/*': 50 } }] },
      '.distribute from "a" to "a/*", which overlaps "a/b/c/d". List each locality once'],
    ['failover from a zone', { failover: [{ from: 'a/b', to: 'c' }] }, '.failover "a/b". Expected the name of a region, without zone or wildcard'],
    ['failover to a wildcard', { failover: [{ from: 'a', to: '*' }] }, '.failover "*". Expected the name of a region, without zone or wildcard'],
    ['failover of a region to itself', { failover: [{ from: 'a', to: 'a' }] }, '.failover from "a" to itself. Set another region'],
  ])('fails for localities with %s', (_name, locality, problem) => {
    expect(errorOfPolicy({ loadBalancer: { locality } })).toEqual(`trafficPolicy.loadBalancer.locality${problem} (at chart/rule)`);
  });
});

describe('fails for TLS', () => {
  const { SIMPLE, MUTUAL } = ClientTlsMode;

  test.each<[string, ClientTls, string]>([
    ['MUTUAL without a certificate', { mode: MUTUAL },
      ' with mode "MUTUAL" and no clientCertificate. Set credentialName, or clientCertificate and privateKey'],
    ['MUTUAL without a key', { mode: MUTUAL, clientCertificate: '/c' },
      ' with mode "MUTUAL" and no privateKey. Set credentialName, or clientCertificate and privateKey'],
    ['a secret and a file', { mode: SIMPLE, credentialName: 'a', caCertificates: '/c' },
      ' has credentialName and caCertificates. Set either the secret or the files'],
    ['a secret and a list', { mode: MUTUAL, credentialName: 'a', caCrl: '/c' }, ' has credentialName and caCrl. Set either the secret or the files'],
    ['nothing verified, with certificates', { mode: SIMPLE, insecureSkipVerify: true, caCertificates: '/c' },
      ' has insecureSkipVerify and caCertificates. With insecureSkipVerify nothing is verified. Leave one of the two out'],
    ['nothing verified, with names', { mode: MUTUAL, insecureSkipVerify: true, subjectAltNames: ['a'], credentialName: 'b' },
      ' has insecureSkipVerify and subjectAltNames. With insecureSkipVerify nothing is verified. Leave one of the two out'],
    ['nothing verified, with a secret', { mode: SIMPLE, insecureSkipVerify: true, credentialName: 'a' },
      ' has insecureSkipVerify and credentialName. With insecureSkipVerify nothing is verified. Leave one of the two out'],
    ['a ConfigMap in another namespace', { mode: SIMPLE, credentialName: 'configmap://other/ca' },
      '.credentialName "configmap://other/ca". Expected a ConfigMap in the namespace of the rule, "seldon"'],
    ['a ConfigMap without a namespace', { mode: SIMPLE, credentialName: 'configmap://ca' },
      '.credentialName "configmap://ca". Expected a namespace and a name, as in "configmap://models/authorities"'],
    ['a private key', { mode: MUTUAL, clientCertificate: '/c', privateKey: '-----BEGIN PRIVATE KEY-----\nMII' },
      '.privateKey holds a private key. Keep it in a secret and give the name of the secret or the path of the file'],
  ])('fails for %s', (_name, tls, problem) => {
    expect(errorOfPolicy({ tls })).toEqual(`trafficPolicy.tls${problem} (at chart/rule)`);
  });
});

describe('fails for fields that the stated release does not know', () => {
  const key = HashKey.sourceIp();
  const policy = (trafficPolicy: TrafficPolicy): Partial<DestinationRuleProps> => ({ trafficPolicy });

  test.each<[string, Partial<DestinationRuleProps>, string, string]>([
    ['workloadSelector', { workloadSelector: { a: 'b' } }, '1.13', '1.14'],
    ['trafficPolicy.tunnel', policy({ tunnel: { targetHost: 'a', targetPort: 1 } }), '1.13', '1.14'],
    ['trafficPolicy.proxyProtocol', policy({ proxyProtocol: ProxyProtocolVersion.V1 }), '1.20', '1.21'],
    ['trafficPolicy.retryBudget', policy({ retryBudget: {} }), '1.26', '1.27'],
    ['trafficPolicy.loadBalancer.simple "LEAST_REQUEST"', policy({ loadBalancer: { simple: LoadBalancerSimple.LEAST_REQUEST } }), '1.13', '1.14'],
    ['trafficPolicy.loadBalancer.consistentHash.ringHashMinimumSize',
      policy({ loadBalancer: { consistentHash: { key, ringHashMinimumSize: 1 } } }), '1.15', '1.16'],
    ['trafficPolicy.loadBalancer.consistentHash.maglevTableSize',
      policy({ loadBalancer: { consistentHash: { key, maglevTableSize: 7 } } }), '1.15', '1.16'],
    ['trafficPolicy.loadBalancer.consistentHash.key.attributes',
      policy({ loadBalancer: { consistentHash: { key: HashKey.cookie({ name: 'a', attributes: [] }) } } }), '1.27', '1.28'],
    ['trafficPolicy.loadBalancer.zoneAware', policy({ loadBalancer: { zoneAware: {} } }), '1.30', '1.31'],
    ['trafficPolicy.connectionPool.http.http2KeepAlive',
      policy({ connectionPool: { http: { http2KeepAlive: { interval: Duration.seconds(1), timeout: Duration.seconds(1) } } } }), '1.30', '1.31'],
    ['trafficPolicy.loadBalancer.consistentHash.key.attributes',
      policy({ loadBalancer: { consistentHash: { key: HashKey.cookie({ name: 'a', ttl: Duration.hours(1), secure: true }) } } }), '1.27', '1.28'],
    ['trafficPolicy.loadBalancer.locality.failoverPriority', policy({ loadBalancer: { locality: { failoverPriority: [] } } }), '1.11', '1.12'],
    ['trafficPolicy.loadBalancer.warmup', policy({ loadBalancer: { warmup: { duration: Duration.seconds(1) } } }), '1.23', '1.24'],
    ['trafficPolicy.connectionPool.tcp.maxConnectionDuration',
      policy({ connectionPool: { tcp: { maxConnectionDuration: Duration.seconds(1) } } }), '1.14', '1.15'],
    ['trafficPolicy.connectionPool.tcp.idleTimeout', policy({ connectionPool: { tcp: { idleTimeout: ZERO } } }), '1.20', '1.21'],
    ['trafficPolicy.connectionPool.http.maxConcurrentStreams', policy({ connectionPool: { http: { maxConcurrentStreams: 1 } } }), '1.20', '1.21'],
    ['trafficPolicy.outlierDetection.consecutiveLocalOriginFailures',
      policy({ outlierDetection: { consecutiveLocalOriginFailures: 0 } }), '1.10', '1.11'],
    ['trafficPolicy.outlierDetection.splitExternalLocalOriginErrors',
      policy({ outlierDetection: { splitExternalLocalOriginErrors: true } }), '1.10', '1.11'],
    ['trafficPolicy.tls.caCrl', policy({ tls: { mode: ClientTlsMode.SIMPLE, caCrl: '/c' } }), '1.21', '1.22'],
    ['trafficPolicy.tls.insecureSkipVerify', policy({ tls: { mode: ClientTlsMode.SIMPLE, insecureSkipVerify: true } }), '1.11', '1.12'],
    ['trafficPolicy.tls.credentialName "configmap://seldon/ca"',
      policy({ tls: { mode: ClientTlsMode.SIMPLE, credentialName: 'configmap://seldon/ca' } }), '1.25', '1.26'],
  ])('fails for %s', (field, props, stated, since) => {
    expect(errorOf(props, stated)).toEqual(
      `${field} with istioVersion "${stated}". Istio has this field only since ${since}. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at chart/rule)`);
    expect(errorOf(props, since)).toEqual('no error');
  });

  test('fails for a slow warmup', () => {
    const props = policy({ loadBalancer: { warmup: { duration: Duration.seconds(1), aggression: 0.5 } } });

    expect(errorOf(props, '1.30')).toEqual('trafficPolicy.loadBalancer.warmup.aggression 0.5. Istio before 1.31 requires 1 or more (at chart/rule)');
    expect(errorOf(props, '1.31')).toEqual('no error');
  });
});
