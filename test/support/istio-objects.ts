import { JsonObject } from '../../src/cluster/json';

const object = (type: string, name: string, spec: object): JsonObject => {
  const [, apiVersion, kind] = /^(.*)\/(\w+)$/.exec(type)!;
  return { apiVersion, kind, metadata: { name, namespace: 'models' }, spec: spec as JsonObject };
};

const TRAFFIC_POLICY = {
  connectionPool: {
    http: {
      http1MaxPendingRequests: 10,
      http2MaxRequests: 10,
      idleTimeout: '5s',
      h2UpgradePolicy: 'UPGRADE',
      maxConcurrentStreams: 10,
      maxRequestsPerConnection: 1,
      maxRetries: 1,
      http2KeepAlive: { interval: '5s', timeout: '1s' },
    },
    tcp: {
      connectTimeout: '5s', idleTimeout: '0s', maxConnectionDuration: '1h', maxConnections: 10, tcpKeepalive: { interval: '1s', probes: 3, time: '10s' },
    },
  },
  outlierDetection: {
    baseEjectionTime: '30s',
    consecutive5xxErrors: 5,
    consecutiveGatewayErrors: 5,
    consecutiveLocalOriginFailures: 5,
    interval: '10s',
    maxEjectionPercent: 50,
    minHealthPercent: 50,
    splitExternalLocalOriginErrors: true,
  },
  tls: { mode: 'MUTUAL', clientCertificate: '/a', privateKey: '/b', caCertificates: '/c', sni: 'a.example.com', subjectAltNames: ['a.example.com'] },
};

const hashedBy = (consistentHash: object) => ({ loadBalancer: { consistentHash } });

const DESTINATION_RULES = [
  { host: 'iris.models.svc.cluster.local', trafficPolicy: TRAFFIC_POLICY, exportTo: ['.', 'fraud'] },
  {
    host: '*.example.com',
    workloadSelector: { matchLabels: { app: 'iris' } },
    exportTo: ['.'],
    subsets: [
      { name: 'v1', labels: { 'version': 'v1', 'example.com/zone': '' }, trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST', warmup: { duration: '30s', minimumPercent: 10, aggression: 1 } } } },
      { name: 'v2', labels: { version: 'v2' } },
    ],
    trafficPolicy: {
      ...hashedBy({ httpCookie: { name: 'a', ttl: '0s', path: '/', attributes: [{ name: 'SameSite', value: 'None' }, { name: 'Secure' }] } }),
      tls: { mode: 'SIMPLE', credentialName: 'cert' },
    },
  },
  { host: 'a', trafficPolicy: { ...hashedBy({ httpHeaderName: 'x-a', maglev: { tableSize: 65537 } }), tls: { mode: 'SIMPLE', insecureSkipVerify: true } } },
  { host: 'a', trafficPolicy: { ...hashedBy({ useSourceIp: true, ringHash: { minimumRingSize: 10 } }), proxyProtocol: { version: 'V2' } } },
  { host: 'a', trafficPolicy: { ...hashedBy({ httpQueryParameterName: 'a', minimumRingSize: 10 }), tunnel: { protocol: 'CONNECT', targetHost: 'a.example.com', targetPort: 443 } } },
  {
    host: 'a',
    trafficPolicy: {
      portLevelSettings: [
        { port: { number: 80 }, loadBalancer: { simple: 'RANDOM' }, connectionPool: { tcp: { maxConnections: 1 } }, outlierDetection: { interval: '5s' }, tls: { mode: 'DISABLE' } },
        { port: { number: 81 }, tls: { mode: 'MUTUAL', credentialName: 'cert' } },
      ],
      outlierDetection: { interval: '5s' },
      loadBalancer: {
        localityLbSetting: {
          enabled: true,
          distribute: [{ from: 'eu/a/*', to: { 'eu/a/*': 60, 'eu/b/*': 40 } }, { from: 'us/*', to: { us: 100 } }],
        },
      },
    },
  },
  { host: 'a', trafficPolicy: { outlierDetection: {}, loadBalancer: { localityLbSetting: { failover: [{ from: 'eu', to: 'us' }], failoverPriority: ['app'] } } } },
  { host: 'a', trafficPolicy: { outlierDetection: {}, loadBalancer: { zoneAwareLbSetting: { enabled: true, failover: [{ from: 'eu', to: 'us' }], failoverPriority: ['app'], minClusterSize: 3 } } } },
  { host: 'a', trafficPolicy: { retryBudget: { percent: 20, minRetryConcurrency: 3 } } },
].map((spec, i) => object('networking.istio.io/v1/DestinationRule', `rule-${i}`, spec));

const SIDECARS = [
  {
    workloadSelector: { labels: { app: 'iris' } },
    inboundConnectionPool: { http: { http1MaxPendingRequests: 1 } },
    ingress: [
      { port: { number: 9080, name: 'http', protocol: 'HTTP' }, defaultEndpoint: '127.0.0.1:8080', connectionPool: { tcp: { maxConnections: 5 } } },
      { port: { number: 9443, name: 'https', protocol: 'HTTPS' }, bind: '0.0.0.0', defaultEndpoint: 'unix:///a/b', captureMode: 'IPTABLES', tls: { mode: 'SIMPLE', serverCertificate: '/a', privateKey: '/b' } },
    ],
    egress: [
      { port: { number: 3306, name: 'mysql', protocol: 'MYSQL' }, bind: '127.0.0.1', captureMode: 'NONE', hosts: ['*/mysql.example.com'] },
      { port: { number: 0, protocol: 'HTTP' }, bind: 'unix:///a/socket', hosts: ['./*'] },
      { hosts: ['./*', 'istio-system/*', '~fraud/*', '*/*.example.com'] },
    ],
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  },
  { egress: [{ hosts: ['*/*'] }], outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: 'a.example.com', port: { number: 80 }, subset: 'a' } } },
  { outboundTrafficPolicy: {} },
].map((spec, i) => object('networking.istio.io/v1/Sidecar', `sidecar-${i}`, spec));

const HEADERS = {
  request: { set: { 'x-a': 'a', ':authority': 'b.example.com' }, add: { 'x-b': '%REQ(x)%' }, remove: ['x-c'] },
  response: { set: { 'x-d': '' }, add: { 'x-e': '100%%' }, remove: ['x-f'] },
};

const DESTINATION = { host: 'iris.models.svc.cluster.local', subset: 'v1', port: { number: 80 } };

const VIRTUAL_SERVICES = [
  {
    hosts: ['models.example.com', '*.other.example.com', '10.0.0.1'],
    gateways: ['istio-system/models', 'local'],
    exportTo: ['*'],
    http: [
      {
        name: 'all',
        match: [
          {
            name: 'a',
            uri: { prefix: '/a' },
            scheme: { exact: 'https' },
            method: { regex: 'GET|POST' },
            authority: { prefix: 'models' },
            headers: { 'x-a': { exact: 'a' }, '@request.auth.claims.group': { exact: 'a' }, ':path': { prefix: '/' } },
            withoutHeaders: { 'x-b': {}, 'x-c': { regex: '*' } },
            queryParams: { a: { regex: 'b.*' } },
            port: 443,
            sourceLabels: { app: 'a' },
            sourceNamespace: 'fraud',
            gateways: ['istio-system/models'],
            ignoreUriCase: true,
          },
          { uri: { exact: '/b' }, statPrefix: 'a' },
        ],
        route: [{ destination: DESTINATION, weight: 90, headers: HEADERS }, { destination: { host: 'wine' }, weight: 10 }],
        rewrite: { uri: '/', authority: '' },
        timeout: '5s',
        retries: { attempts: 3, perTryTimeout: '2s', retryOn: '5xx,reset,503', retryRemoteLocalities: true, backoff: '25ms', retryIgnorePreviousHosts: true },
        fault: { delay: { fixedDelay: '5s', percentage: { value: 0.1 } }, abort: { httpStatus: 503, percentage: { value: 10 } } },
        mirrors: [{ destination: { host: 'iris-shadow', port: { number: 80 } }, percentage: { value: 5 } }],
        corsPolicy: {
          allowOrigins: [{ exact: 'https://a.example.com' }, { regex: '.*' }, { prefix: 'https://' }],
          allowMethods: ['GET', '*'],
          allowHeaders: ['x-a', '*'],
          exposeHeaders: ['x-b'],
          maxAge: '24h',
          allowCredentials: true,
          unmatchedPreflights: 'FORWARD',
        },
        headers: HEADERS,
      },
      { match: [{ uri: { regex: '/c/.*' } }], redirect: { uri: '/d', authority: 'b.example.com', port: 443, scheme: 'https', redirectCode: 308 } },
      { match: [{ uri: { prefix: '/p' } }], redirect: { prefixRewrite: '/q', derivePort: 'FROM_REQUEST_PORT' } },
      { match: [{ uri: { prefix: '/e' } }], directResponse: { status: 503, body: { string: 'closed' } }, headers: { response: { set: { 'x-a': 'b' } } } },
      { match: [{ uri: { prefix: '/m' } }], route: [{ destination: { host: 'a' } }], mirror: { host: 'b' }, mirrorPercentage: { value: 50 }, rewrite: { uriRegexRewrite: { match: '/(.*)', rewrite: '/v2/\\1' } } },
      { route: [{ destination: { host: 'a' } }], fault: { abort: { grpcStatus: 'UNAVAILABLE' } } },
    ],
  },
  {
    hosts: ['db.example.com', '*.example.org'],
    gateways: ['mesh', 'istio-system/models'],
    tls: [
      {
        match: [{ sniHosts: ['db.example.com', 'a.example.org'], port: 443, destinationSubnets: ['10.0.0.0/8'], sourceLabels: { app: 'a' }, gateways: ['mesh'], sourceNamespace: 'a' }],
        route: [{ destination: { host: 'db', port: { number: 443 } }, weight: 50 }, { destination: { host: 'other' }, weight: 50 }],
      },
    ],
    tcp: [
      {
        match: [{ port: 5432, destinationSubnets: ['10.0.0.1', 'fd00::/8'], sourceLabels: { app: 'a' }, gateways: ['mesh'], sourceNamespace: 'a' }],
        route: [{ destination: { host: 'db', subset: 'v1', port: { number: 5432 } } }],
      },
    ],
  },
  { http: [{ route: [{ destination: { host: 'a' } }] }] },
  { hosts: ['a.example.com'], http: [{ match: [{ uri: { prefix: '/a' } }], delegate: { name: 'a', namespace: 'fraud' } }] },
  { hosts: ['iris.models.svc.cluster.local'], http: [{ route: [{ destination: { host: 'iris' }, headers: { request: { set: { host: 'a' } } } }] }] },
].map((spec, i) => object('networking.istio.io/v1/VirtualService', `routes-${i}`, spec));

const GATEWAYS = [
  {
    selector: { istio: 'ingressgateway' },
    servers: [
      { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*.example.com', 'models/a.example.com', './*'], tls: { httpsRedirect: true } },
      { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['*'], bind: '10.0.0.1', tls: { mode: 'SIMPLE', credentialName: 'cert', minProtocolVersion: 'TLSV1_2', cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'] } },
      { port: { number: 444, name: 'mutual', protocol: 'HTTPS' }, hosts: ['a.b'], tls: { mode: 'MUTUAL', serverCertificate: '/a', privateKey: '/b', caCertificates: '/c', caCrl: '/d', subjectAltNames: ['a'] } },
      { port: { number: 445, name: 'pass', protocol: 'TLS' }, hosts: ['a.b'], tls: { mode: 'PASSTHROUGH' } },
      { port: { number: 446, name: 'istio', protocol: 'TLS' }, hosts: ['a.b'], tls: { mode: 'ISTIO_MUTUAL' } },
      { port: { number: 447, name: 'files', protocol: 'HTTPS' }, hosts: ['a.b'], tls: { mode: 'SIMPLE', tlsCertificates: [{ serverCertificate: '/a', privateKey: '/b' }] } },
      { port: { number: 3306, name: 'mysql', protocol: 'MYSQL' }, hosts: ['*/10.0.0.1'] },
    ],
  },
].map((spec, i) => object('networking.istio.io/v1/Gateway', `gateway-${i}`, spec));

const SERVICE_ENTRIES = [
  {
    hosts: ['store.example.com', '*.example.org'],
    addresses: ['10.0.0.1', '10.1.0.0/16'],
    ports: [{ number: 443, name: 'https', protocol: 'TLS', targetPort: 8443 }, { number: 80, name: 'http', protocol: 'HTTP' }],
    location: 'MESH_EXTERNAL',
    resolution: 'STATIC',
    endpoints: [{ address: '10.0.0.2', ports: { https: 8443 }, labels: { app: 'a' }, network: 'n', locality: 'eu/a', weight: 10, serviceAccount: 'sa' }, { address: 'fd00::1' }],
    exportTo: ['.'],
    subjectAltNames: ['a'],
  },
  { hosts: ['a.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'STATIC', endpoints: [{ address: 'unix:///a/b' }], exportTo: ['~'] },
  { hosts: ['a.example.com'], ports: [{ number: 80, name: 'http' }], resolution: 'DNS', endpoints: [{ address: 'b.example.com', ports: { http: 81 } }] },
  { hosts: ['a.example.com', 'b.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' },
  { hosts: ['a.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'DNS_ROUND_ROBIN' },
  { hosts: ['*.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'DYNAMIC_DNS', location: 'MESH_EXTERNAL' },
  { hosts: ['*.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'NONE', addresses: ['10.0.0.0/8'] },
  { hosts: ['a.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'STATIC', workloadSelector: { labels: { app: 'a' } } },
].map((spec, i) => object('networking.istio.io/v1/ServiceEntry', `entry-${i}`, spec));

const RULE = {
  from: [
    { source: { principals: ['cluster.local/ns/a/sa/b'], requestPrincipals: ['*'], namespaces: ['a'], ipBlocks: ['10.0.0.0/8'], remoteIpBlocks: ['10.0.0.1'], notPrincipals: ['a'], notNamespaces: ['b'], notIpBlocks: ['10.1.0.0/16'], notRemoteIpBlocks: ['fd00::/8'], notRequestPrincipals: ['c'] } },
    { source: { serviceAccounts: ['a/b', 'c'], notServiceAccounts: ['d'] } },
  ],
  to: [{ operation: { hosts: ['a.example.com'], notHosts: ['b'], ports: ['80'], notPorts: ['81'], methods: ['GET'], notMethods: ['PUT'], paths: ['/a/*', '/{*}/b', '/{**}'], notPaths: ['/c'] } }],
  when: [
    { key: 'request.headers[x-a]', values: ['a'], notValues: ['b'] },
    { key: 'source.ip', values: ['10.0.0.0/8'] },
    { key: 'destination.port', values: ['80'] },
    { key: 'request.auth.claims[a][b]', values: ['c'] },
    { key: 'connection.sni', notValues: ['a'] },
    { key: 'experimental.envoy.filters.a[b]', values: ['[c]'] },
  ],
};

const POLICIES = [
  ['AuthorizationPolicy', { selector: { matchLabels: { app: 'a' } }, action: 'ALLOW', rules: [RULE] }],
  ['AuthorizationPolicy', { targetRefs: [{ kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'a' }, { kind: 'Service', name: 'b' }], action: 'DENY', rules: [{}] }],
  ['AuthorizationPolicy', { action: 'CUSTOM', provider: { name: 'a' }, rules: [{ to: [{ operation: { paths: ['/a'] } }], when: [{ key: 'request.headers[x-a]', values: ['a'] }] }] }],
  ['AuthorizationPolicy', { targetRef: { kind: 'ServiceEntry', group: 'networking.istio.io', name: 'a' }, action: 'AUDIT' }],
  ['RequestAuthentication', {
    selector: { matchLabels: { app: 'a' } },
    jwtRules: [
      {
        issuer: 'https://a.example.com',
        audiences: ['a'],
        jwksUri: 'https://a.example.com/keys',
        fromHeaders: [{ name: 'x-a', prefix: 'Bearer ' }],
        fromParams: ['a'],
        fromCookies: ['b'],
        outputPayloadToHeader: 'x-b',
        outputClaimToHeaders: [{ header: 'x-c', claim: 'c' }],
        forwardOriginalToken: true,
        timeout: '5s',
      },
      { issuer: 'b', jwks: '{"keys":[{"kty":"oct","k":"YQ"}]}' },
    ],
  }],
  ['PeerAuthentication', { selector: { matchLabels: { app: 'a' } }, mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'DISABLE' } } }],
].map(([kind, spec], i) => object(`security.istio.io/v1/${String(kind)}`, `policy-${i}`, spec as object));

const TELEMETRIES = [
  {
    selector: { matchLabels: { app: 'a' } },
    accessLogging: [{ match: { mode: 'SERVER' }, providers: [{ name: 'envoy' }], disabled: false, filter: { expression: 'response.code >= 400' } }],
    metrics: [{
      providers: [{ name: 'prometheus' }],
      reportingInterval: '5s',
      overrides: [
        { match: { metric: 'REQUEST_COUNT', mode: 'CLIENT' }, disabled: false, tagOverrides: { a: { operation: 'UPSERT', value: 'b' }, c: { operation: 'REMOVE' } } },
        { match: { customMetric: 'a' } },
      ],
    }],
    tracing: [{
      match: { mode: 'CLIENT' },
      providers: [{ name: 'zipkin' }],
      randomSamplingPercentage: 10,
      disableSpanReporting: false,
      useRequestIdForTraceSampling: true,
      customTags: { a: { literal: { value: 'b' } }, c: { header: { name: 'd', defaultValue: 'e' } }, f: { environment: { name: 'G', defaultValue: '' } } },
    }],
  },
  { targetRefs: [{ kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'a' }], accessLogging: [{}] },
].map((spec, i) => object('telemetry.istio.io/v1/Telemetry', `telemetry-${i}`, spec));

/** Objects with most of the fields of Istio's kinds. Istio accepts all of them. */
export const ISTIO_OBJECTS: readonly JsonObject[] = [
  ...DESTINATION_RULES, ...SIDECARS, ...VIRTUAL_SERVICES, ...GATEWAYS, ...SERVICE_ENTRIES, ...POLICIES, ...TELEMETRIES,
];

/** Values that some fields of Istio's kinds allow and others do not. */
export const ISTIO_VALUES: readonly unknown[] = [...new Set([
  'models', 'a.example.com', '*.example.com', '*-a.example.com', 'a b', 'a_b', 'a.b.', '1.2', '10.0.0.1', '10.0.0.0/8', '10.0.0.0/33', 'fd00::1', '999.0.0.1', '*/*', './*', '~/*', 'a/b', '/a', 'a/b/c', '.', '~', '*',
  'unix:///a', 'unix:///a/', 'unix://@a', '127.0.0.1:80', ':80', '1.2.3.4:80', '[::1]:80', 'HTTP', 'http', 'TCP', 'tls', 'GRPC-Web', 'FOO', 'GET', 'CONNECT', 'mesh', 'istio-system/gw', 'A', 'UPPER.example.com',
  '1ms', '1500us', '5s', '1.5s', '1h', '0s', '-1s', '%', '%%', '%REQ(a)%', '%a', 'a\nb', ':path', 'host', 'x-a', 'x a', '(', '[a-z]', '(?=a)', 'a'.repeat(64), `${'a.'.repeat(130)}b`, '404', '799', 'NOT_FOUND',
  'UPSERT', 'SIMPLE', 'MUTUAL', 'DISABLE', 'PASSTHROUGH', 'ISTIO_MUTUAL', 'STATIC', 'DNS', 'NONE', 'ALLOW', 'DENY', 'CUSTOM',
  -1, 0, 1, 80, 100, 101, 200, 600, 601, 65535, 65536, 0.00001, 0.5, 99.5, 2 ** 31 - 1, [], {}, true, false,
])];

/** Names of fields of maps, of which some are valid. */
export const ISTIO_NAMES: readonly string[] = ['', 'a b', 'a/b', 'a/b/c', '*', ':path', 'Host', ':authority', '-a', 'a'.repeat(64), '@request.auth.claims', '@request.auth.claims.a', 'eu', 'eu/*', '0', '80', '65536'];

