import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { DestinationRule, DestinationRuleProps } from '../../../src/istio/destination-rule/destination-rule';
import {
  ClientTlsMode, H2UpgradePolicy, HashKey, LoadBalancerSimple, LocalityDistribution, ProxyProtocolVersion, TrafficPolicy, TunnelProtocol,
} from '../../../src/istio/destination-rule/traffic-policy';
import { Mesh } from '../../../src/mesh/mesh';
import { SameSite } from '../../../src/plan/checks/cookie-attributes';

const HOST = 'iris.seldon.svc.cluster.local';
const V1 = { name: 'v1', labels: { version: 'v1' } };

function chartOf(istioVersion?: string): Chart {
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon' });
  if (istioVersion !== undefined) Mesh.configure(chart, { istioVersion });
  return chart;
}

function specOf(props: Partial<DestinationRuleProps>): any {
  const chart = chartOf();
  new DestinationRule(chart, 'rule', { host: HOST, ...props });
  return Testing.synth(chart)[0].spec;
}

function policyOf(trafficPolicy: TrafficPolicy): any {
  return specOf({ trafficPolicy }).trafficPolicy;
}

test('defaultChild', () => {
  const rule = new DestinationRule(chartOf(), 'rule', { host: HOST });

  expect(ApiObject.of(rule).kind).toEqual('DestinationRule');
});

test('the minimal DestinationRule', () => {
  const chart = chartOf();
  new DestinationRule(chart, 'rule', { host: HOST });

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "DestinationRule",
    "metadata": {
      "name": "rule",
      "namespace": "seldon",
    },
    "spec": {
      "host": "iris.seldon.svc.cluster.local",
    },
  },
]
`);
});

test('an old release gets v1beta1', () => {
  const chart = chartOf('1.21');
  new DestinationRule(chart, 'rule', { host: HOST });

  expect(Testing.synth(chart)[0].apiVersion).toEqual('networking.istio.io/v1beta1');
});

test.each(['*', 'iris', '*.example.com', '*-eu.example.com'])('host %s is accepted, as in Istio', (host) => {
  expect(specOf({ host }).host).toEqual(host);
});

test('who sees the rule and for whom it is', () => {
  expect(specOf({ exportTo: ['.'], workloadSelector: { app: 'client' } }))
    .toEqual({ host: HOST, exportTo: ['.'], workloadSelector: { matchLabels: { app: 'client' } } });
});

test('a rule with a workloadSelector may be exported to its own namespace', () => {
  expect(specOf({ exportTo: ['seldon'], workloadSelector: {} }).exportTo).toEqual(['seldon']);
});

test('patches may add what the types do not know', () => {
  const chart = chartOf();
  const rule = new DestinationRule(chart, 'rule', { host: HOST });
  ApiObject.of(rule).addJsonPatch(JsonPatch.add('/spec/newer', true));

  expect(Testing.synth(chart)[0].spec.newer).toEqual(true);
});

describe('subsets', () => {
  test('subsets can have labels and a policy', () => {
    const trafficPolicy = {
      loadBalancer: { simple: LoadBalancerSimple.RANDOM },
      portLevelSettings: [{ port: 80, tls: { mode: ClientTlsMode.DISABLE } }],
    };

    expect(specOf({ subsets: [{ ...V1, trafficPolicy }, { name: 'all' }] }).subsets).toEqual([
      {
        ...V1,
        trafficPolicy: { loadBalancer: { simple: 'RANDOM' }, portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'DISABLE' } }] },
      },
      { name: 'all' },
    ]);
  });

  test('a subset can be added later', () => {
    const chart = chartOf();
    const rule = new DestinationRule(chart, 'rule', { host: HOST, subsets: [V1] });
    rule.addSubset({ name: 'v2', labels: { version: 'v2' } });

    expect(Testing.synth(chart)[0].spec.subsets).toEqual([V1, { name: 'v2', labels: { version: 'v2' } }]);
  });

  test('an existing subset is not changed', () => {
    const trafficPolicy = { outlierDetection: { consecutive5xxErrors: 3 } };
    const rule = new DestinationRule(chartOf(), 'rule', { host: HOST, subsets: [{ name: 'v1', labels: { a: '1', b: '2' }, trafficPolicy }] });
    rule.addSubset({ name: 'v1', labels: { b: '2', a: '1' } });
    rule.addSubset({ name: 'v1', labels: { a: '1', b: '2' }, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 3 } } });

    expect(rule.subsets).toEqual([{ name: 'v1', labels: { a: '1', b: '2' }, trafficPolicy }]);
  });

  test('host and subsets are read as copies', () => {
    const rule = new DestinationRule(chartOf(), 'rule', { host: HOST, subsets: [V1] });
    rule.subsets.pop();
    rule.subsets[0].labels!.version = 'v9';

    expect(rule.host).toEqual(HOST);
    expect(rule.subsets).toEqual([V1]);
  });
});

describe('one rule for a host', () => {
  test('rules for chosen workloads may share a host', () => {
    const chart = chartOf();
    new DestinationRule(chart, 'all', { host: HOST });
    new DestinationRule(chart, 'a', { host: HOST, workloadSelector: { app: 'a' } });
    new DestinationRule(chart, 'b', { host: HOST, workloadSelector: { app: 'b' } });

    expect(Testing.synth(chart).length).toEqual(3);
  });

  test('a short name in another namespace is another host', () => {
    const chart = chartOf();
    new DestinationRule(chart, 'a', { host: 'iris' });
    new DestinationRule(chart, 'b', { host: 'iris', namespace: 'other' });

    expect(Testing.synth(chart).length).toEqual(2);
  });
});

describe('traffic policies', () => {
  test('load balancing is written', () => {
    expect(policyOf({
      loadBalancer: {
        simple: LoadBalancerSimple.LEAST_REQUEST,
        locality: { enabled: false, failover: [{ from: 'eu', to: 'us' }], failoverPriority: ['rack=a'] },
        warmup: { duration: Duration.seconds(30), minimumPercent: 0, aggression: 0.5 },
      },
    })).toEqual({
      loadBalancer: {
        simple: 'LEAST_REQUEST',
        localityLbSetting: { enabled: false, failover: [{ from: 'eu', to: 'us' }], failoverPriority: ['rack=a'] },
        warmup: { duration: '30s', minimumPercent: 0, aggression: 0.5 },
      },
    });
  });

  test('traffic is spread over localities', () => {
    const distribute: LocalityDistribution[] = [
      { from: 'eu/a/*', to: { 'eu/a/*': 80, 'eu/b/*': 15, 'us': 5 } },
      { from: 'eu/b/1', to: { '*': 100 } },
      { from: 'eu/b/2', to: { 'eu/b/2': 50, 'eu/b/1': 50 } },
    ];

    expect(policyOf({ loadBalancer: { locality: { distribute } } })).toEqual({ loadBalancer: { localityLbSetting: { distribute } } });
  });

  test.each<[string, HashKey, object]>([
    ['a header', HashKey.header('x-user'), { httpHeaderName: 'x-user' }],
    ['the source address', HashKey.sourceIp(), { useSourceIp: true }],
    ['a query parameter', HashKey.queryParameter('user'), { httpQueryParameterName: 'user' }],
    ['a cookie', HashKey.cookie({ name: 'user' }), { httpCookie: { name: 'user' } }],
    ['a cookie that is generated', HashKey.cookie({ name: 'user', path: '/', ttl: Duration.millis(0), attributes: [{ name: 'SameSite', value: 'Lax' }, { name: 'X' }] }),
      { httpCookie: { name: 'user', path: '/', ttl: '0s', attributes: [{ name: 'SameSite', value: 'Lax' }, { name: 'X' }] } }],
    ['a cookie with attributes', HashKey.cookie({
      name: 'user', ttl: Duration.hours(1), secure: true, sameSite: SameSite.NONE, domain: 'example.com', partitioned: true, attributes: [{ name: 'Priority', value: 'High' }],
    }), {
      httpCookie: {
        name: 'user',
        ttl: '3600s',
        attributes: [
          { name: 'Domain', value: 'example.com' }, { name: 'Secure' }, { name: 'SameSite', value: 'None' }, { name: 'Partitioned' }, { name: 'Priority', value: 'High' },
        ],
      },
    }],
    ['a cookie with disabled attributes', HashKey.cookie({ name: 'user', secure: false, partitioned: false }), { httpCookie: { name: 'user' } }],
  ])('requests can be hashed by %s', (_name, key, written) => {
    expect(policyOf({ loadBalancer: { consistentHash: { key } } })).toEqual({ loadBalancer: { consistentHash: written } });
  });

  test('zones and HTTP/2 connections are looked after, for a host, a port and a subset', () => {
    const zoneAware = { enabled: true, failover: [{ from: 'eu', to: 'us' }], failoverPriority: ['rack'], minClusterSize: 1 };
    const policy = {
      loadBalancer: { zoneAware },
      connectionPool: { http: { http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.millis(500) } } },
    };
    const written = {
      loadBalancer: { zoneAwareLbSetting: zoneAware },
      connectionPool: { http: { http2KeepAlive: { interval: '30s', timeout: '500ms' } } },
    };
    const made = new DestinationRule(new Chart(new App(), 'chart'), 'rule', {
      host: 'iris', trafficPolicy: { ...policy, portLevelSettings: [{ port: 80, ...policy }] }, subsets: [{ name: 'v1', trafficPolicy: policy }],
    });
    expect(ApiObject.of(made).toJson().spec).toEqual({
      host: 'iris',
      trafficPolicy: { ...written, portLevelSettings: [{ port: { number: 80 }, ...written }] },
      subsets: [{ name: 'v1', trafficPolicy: written }],
    });
  });

  test('a hash ring has a size', () => {
    expect(policyOf({ loadBalancer: { consistentHash: { key: HashKey.sourceIp(), ringHashMinimumSize: 0 } } }))
      .toEqual({ loadBalancer: { consistentHash: { useSourceIp: true, ringHash: { minimumRingSize: 0 } } } });
  });

  test('a Maglev table has a size', () => {
    expect(policyOf({ loadBalancer: { consistentHash: { key: HashKey.sourceIp(), maglevTableSize: 65537 } } }))
      .toEqual({ loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } } });
  });

  test('limits are written', () => {
    expect(policyOf({
      connectionPool: {
        tcp: {
          maxConnections: 0,
          connectTimeout: Duration.millis(30),
          tcpKeepalive: { probes: 0, time: Duration.hours(2), interval: Duration.seconds(75) },
          maxConnectionDuration: Duration.days(1),
          idleTimeout: Duration.millis(0),
        },
        http: {
          http1MaxPendingRequests: 1,
          http2MaxRequests: 2,
          maxRequestsPerConnection: 0,
          maxRetries: 3,
          idleTimeout: Duration.seconds(10),
          h2UpgradePolicy: H2UpgradePolicy.DO_NOT_UPGRADE,
          useClientProtocol: true,
          maxConcurrentStreams: 4,
        },
      },
    })).toEqual({
      connectionPool: {
        tcp: {
          maxConnections: 0,
          connectTimeout: '30ms',
          tcpKeepalive: { probes: 0, time: '7200s', interval: '75s' },
          maxConnectionDuration: '86400s',
          idleTimeout: '0s',
        },
        http: {
          http1MaxPendingRequests: 1,
          http2MaxRequests: 2,
          maxRequestsPerConnection: 0,
          maxRetries: 3,
          idleTimeout: '10s',
          h2UpgradePolicy: 'DO_NOT_UPGRADE',
          useClientProtocol: true,
          maxConcurrentStreams: 4,
        },
      },
    });
  });

  test('outlier detection is written', () => {
    const outlierDetection = {
      consecutive5xxErrors: 0,
      consecutiveGatewayErrors: 5,
      consecutiveLocalOriginFailures: 6,
      splitExternalLocalOriginErrors: true,
      maxEjectionPercent: 100,
      minHealthPercent: 0,
    };

    expect(policyOf({ outlierDetection: { ...outlierDetection, interval: Duration.seconds(10), baseEjectionTime: Duration.minutes(1) } }))
      .toEqual({ outlierDetection: { ...outlierDetection, interval: '10s', baseEjectionTime: '60s' } });
  });

  test('TLS with files is written', () => {
    const tls = {
      mode: ClientTlsMode.MUTUAL,
      clientCertificate: '/etc/certs/client.pem',
      privateKey: '/etc/certs/key.pem',
      caCertificates: '/etc/certs/ca.pem',
      caCrl: '/etc/certs/ca.crl',
      subjectAltNames: ['iris'],
      sni: 'iris.example.com',
      insecureSkipVerify: false,
    };

    expect(policyOf({ tls })).toEqual({ tls });
  });

  test.each([
    { mode: ClientTlsMode.MUTUAL, credentialName: 'client' },
    { mode: ClientTlsMode.MUTUAL, credentialName: 'client', insecureSkipVerify: true },
    { mode: ClientTlsMode.SIMPLE, credentialName: 'configmap://seldon/ca' },
    { mode: ClientTlsMode.SIMPLE, insecureSkipVerify: true },
    { mode: ClientTlsMode.ISTIO_MUTUAL },
  ])('TLS settings %j are taken', (tls) => {
    expect(policyOf({ tls })).toEqual({ tls });
  });

  test('a port has its own settings', () => {
    expect(policyOf({
      portLevelSettings: [{
        port: 443,
        tls: { mode: ClientTlsMode.SIMPLE },
        loadBalancer: { simple: LoadBalancerSimple.PASSTHROUGH },
        connectionPool: { tcp: { maxConnections: 1 } },
        outlierDetection: {},
      }],
    })).toEqual({
      portLevelSettings: [{
        port: { number: 443 },
        tls: { mode: 'SIMPLE' },
        loadBalancer: { simple: 'PASSTHROUGH' },
        connectionPool: { tcp: { maxConnections: 1 } },
        outlierDetection: {},
      }],
    });
  });

  test('a tunnel is written', () => {
    expect(policyOf({ tunnel: { protocol: TunnelProtocol.POST, targetHost: '10.0.0.1', targetPort: 443 }, retryBudget: { percent: 0, minRetryConcurrency: 0 } }))
      .toEqual({ tunnel: { protocol: 'POST', targetHost: '10.0.0.1', targetPort: 443 }, retryBudget: { percent: 0, minRetryConcurrency: 0 } });
  });

  test('the PROXY protocol is written', () => {
    expect(policyOf({ proxyProtocol: ProxyProtocolVersion.V2 })).toEqual({ proxyProtocol: { version: 'V2' } });
  });
});
