import { JsonObject } from '../../src/objects/json';

/** The spec of an object of a kind, and its faults. */
export type FaultySpec = readonly [kind: string, spec: JsonObject, ...faults: string[]];

const rule = (trafficPolicy: object): JsonObject => ({ host: 'a', trafficPolicy });
const pool = (connectionPool: object) => rule({ connectionPool });
const hash = (consistentHash: object) => rule({ loadBalancer: { consistentHash } });
const locality = (localityLbSetting: object) => rule({ loadBalancer: { localityLbSetting } });
const zones = (zoneAwareLbSetting: object) => rule({ loadBalancer: { zoneAwareLbSetting } });
const warmup = (settings: object) => rule({ loadBalancer: { warmup: settings } });
const distribute = (...entries: object[]) => locality({ distribute: entries });
const POLICY = 'spec.trafficPolicy';
const LOCALITY = `${POLICY}.loadBalancer.localityLbSetting`;
const ZONES = `${POLICY}.loadBalancer.zoneAwareLbSetting`;

const DESTINATION_RULES: readonly (readonly [JsonObject, ...string[]])[] = [
  [{}, 'spec has no host'],
  [{ host: 'a b' }, 'spec.host is "a b"'],
  [{ host: `${'a.'.repeat(130)}b` }, `spec.host is "${'a.'.repeat(130)}b"`],
  [{ host: 'a.1' }, 'spec.host is "a.1"'],
  [{ host: 'a', exportTo: ['~'] }, 'spec.exportTo[0] is "~"'],
  [{ host: 'a', exportTo: ['.', 'models'] }, 'spec.exportTo[1] has "models" for the second time'],
  [{ host: 'a', exportTo: ['*', 'fraud'] }, 'spec.exportTo has "*" together with others'],
  [{ host: 'a', exportTo: ['fraud'], workloadSelector: {} }, 'spec.exportTo has other namespaces, and the object selects workloads'],
  [{ host: 'a', subsets: [{}] }, 'spec.subsets[0] has no name'],
  [{ host: 'a', subsets: [{ name: 'v_1' }] }, 'spec.subsets[0].name is "v_1"'],
  [{ host: 'a', subsets: [{ name: 'a' }, { name: 'a' }] }, 'spec.subsets[1].name is "a", as that of a subset before it'],
  [{ host: 'a', subsets: [{ name: 'a', labels: { 'a b': 'c', 'a/b/c': 'd', '': 'e', [`${'a'.repeat(254)}/b`]: 'f', ['g'.repeat(64)]: 'h' } }] },
    'spec.subsets[0].labels["a b"] is not a valid name of a label', 'spec.subsets[0].labels["a/b/c"] is not a valid name of a label', 'spec.subsets[0].labels[""] is not a valid name of a label',
    `spec.subsets[0].labels["${'a'.repeat(254)}/b"] is not a valid name of a label`, `spec.subsets[0].labels.${'g'.repeat(64)} is not a valid name of a label`],
  [{ host: 'a', subsets: [{ name: 'a', labels: { a: '-' } }] }, 'spec.subsets[0].labels.a is "-"'],
  [{ host: 'a', subsets: [{ name: 'a', trafficPolicy: {} }] }, 'spec.subsets[0].trafficPolicy is empty'],
  [rule({}), `${POLICY} is empty`],
  [rule({ tunnel: { targetHost: 'a', targetPort: 1 }, proxyProtocol: {} }), `${POLICY} has both tunnel and proxyProtocol`],
  [rule({ tunnel: { protocol: 'PUT', targetHost: 'a b', targetPort: 0 } }), `${POLICY}.tunnel.protocol is "PUT"`, `${POLICY}.tunnel.targetHost is "a b"`, `${POLICY}.tunnel.targetPort is 0`],
  [rule({ portLevelSettings: [{}] }), `${POLICY}.portLevelSettings[0] has no port`, `${POLICY}.portLevelSettings[0] has no settings`],
  [rule({ portLevelSettings: [{ port: { number: 80 }, connectionPool: {} }] }), `${POLICY}.portLevelSettings[0].connectionPool is empty`],
  [rule({ outlierDetection: { interval: '1500us', baseEjectionTime: '0s', maxEjectionPercent: 101, minHealthPercent: -1 } }),
    `${POLICY}.outlierDetection.baseEjectionTime is "0s"`, `${POLICY}.outlierDetection.interval is "1500us"`, `${POLICY}.outlierDetection.maxEjectionPercent is 101`, `${POLICY}.outlierDetection.minHealthPercent is -1`],
  [rule({ outlierDetection: { consecutiveLocalOriginFailures: 1 } }), `${POLICY}.outlierDetection.consecutiveLocalOriginFailures is set, and splitExternalLocalOriginErrors is not true`],
  [pool({}), `${POLICY}.connectionPool is empty`],
  [pool({ http: { maxRetries: -1, http2MaxRequests: -2 } }), `${POLICY}.connectionPool.http.http2MaxRequests is -2`, `${POLICY}.connectionPool.http.maxRetries is -1`],
  [pool({ http: { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true } }), `${POLICY}.connectionPool.http.useClientProtocol is true, and h2UpgradePolicy is UPGRADE`],
  [pool({ http: { http2KeepAlive: { interval: 'x' } } }), `${POLICY}.connectionPool.http.http2KeepAlive.interval is "x"`, `${POLICY}.connectionPool.http.http2KeepAlive has no timeout`],
  [pool({ tcp: { maxConnections: -1, idleTimeout: '1us', connectTimeout: '0s', tcpKeepalive: { time: '1ns' } } }),
    `${POLICY}.connectionPool.tcp.maxConnections is -1`, `${POLICY}.connectionPool.tcp.connectTimeout is "0s"`, `${POLICY}.connectionPool.tcp.idleTimeout is "1us"`, `${POLICY}.connectionPool.tcp.tcpKeepalive.time is "1ns"`],
  [rule({ tls: { mode: 'MUTUAL', clientCertificate: '/a' } }), `${POLICY}.tls has mode MUTUAL and no privateKey`],
  [rule({ tls: { mode: 'SIMPLE', credentialName: 'a', caCertificates: '/a' } }), `${POLICY}.tls.caCertificates is set, and so is credentialName`],
  [rule({ tls: { mode: 'SIMPLE', insecureSkipVerify: true, subjectAltNames: ['a'] } }), `${POLICY}.tls.subjectAltNames is set, and insecureSkipVerify is true`],
  [rule({ tls: { mode: 'SIMPLE', insecureSkipVerify: true, credentialName: 'a' } }), `${POLICY}.tls.credentialName is set, and insecureSkipVerify is true`],
  [rule({ tls: { mode: 'SIMPLE', credentialName: 'configmap://fraud/a' } }), `${POLICY}.tls.credentialName is "configmap://fraud/a"`],
  [hash({ httpCookie: { ttl: 'x' } }), `${POLICY}.loadBalancer.consistentHash.httpCookie has no name`, `${POLICY}.loadBalancer.consistentHash.httpCookie.ttl is "x"`],
  [hash({ httpCookie: { name: 'a', attributes: [{}, { name: 'b' }, { name: 'b' }] } }),
    `${POLICY}.loadBalancer.consistentHash.httpCookie.attributes[0] has no name`, `${POLICY}.loadBalancer.consistentHash.httpCookie.attributes[2] has the name "b", as an attribute before it`],
  [hash({ useSourceIp: true, minimumRingSize: 1, ringHash: {} }), `${POLICY}.loadBalancer.consistentHash.minimumRingSize is set, and so is ringHash or maglev`],
  [hash({ useSourceIp: true, maglev: { tableSize: 65536 } }), `${POLICY}.loadBalancer.consistentHash.maglev.tableSize is 65536`],
  [hash({ useSourceIp: true, maglev: {} }), `${POLICY}.loadBalancer.consistentHash.maglev.tableSize is 0`],
  [hash({ useSourceIp: true, maglev: { tableSize: 5000011 } }), `${POLICY}.loadBalancer.consistentHash.maglev.tableSize is 5000011`],
  [rule({ loadBalancer: { localityLbSetting: {}, zoneAwareLbSetting: {} } }), `${POLICY}.loadBalancer has both localityLbSetting and zoneAwareLbSetting`],
  [locality({ distribute: [{ from: 'a', to: { a: 100 } }], failover: [{ from: 'a', to: 'b' }] }), `${LOCALITY} has both distribute and failover`],
  [locality({ failover: [{ from: 'a', to: 'b' }], failoverPriority: ['topology.kubernetes.io/zone'] }), `${LOCALITY}.failoverPriority has "topology.kubernetes.io/zone", and failover is set`],
  [locality({ failover: [{ from: 'a', to: 'a' }, { from: 'a/b', to: 'c' }, { from: 'a', to: '*' }] }),
    `${LOCALITY}.failover[0] has the same region as from and to`, `${LOCALITY}.failover[1] has "a/b"`, `${LOCALITY}.failover[2] has "*"`],
  [distribute({ from: 'a', to: { a: 0, b: 100 } }), `${LOCALITY}.distribute[0].to.a is 0`],
  [distribute({ from: 'a', to: { a: 60, b: 30 } }), `${LOCALITY}.distribute[0].to has weights that add up to 90`],
  [distribute({ from: 'a', to: { '*/a': 100 } }), `${LOCALITY}.distribute[0].to has the place "*/a"`],
  [distribute({ from: 'a//b', to: { a: 100 } }), `${LOCALITY}.distribute has the place "a//b"`],
  [distribute({ from: 'a', to: { b: 100 } }, { from: 'a/b', to: { b: 100 } }), `${LOCALITY}.distribute has the place "a/b", which overlaps one before it`],
  [distribute({ from: '*', to: { b: 100 } }, { from: 'a', to: { b: 100 } }), `${LOCALITY}.distribute has the place "a", which overlaps one before it`],
  [distribute({ from: 'a/*', to: { b: 100 } }, { from: 'a/b/c', to: { b: 100 } }), `${LOCALITY}.distribute has the place "a/b/c", which overlaps one before it`],
  [distribute({ from: 'a/b/c', to: { b: 100 } }, { from: 'a/b', to: { b: 100 } }), `${LOCALITY}.distribute has the place "a/b", which overlaps one before it`],
  [distribute({ from: 'a/b/c', to: { b: 100 } }, { from: 'a/b/d', to: { b: 100 } }, { from: 'a/c', to: { b: 100 } })],
  [zones({ failoverPriority: ['app', 'topology.kubernetes.io/region'], failover: [{ from: 'a', to: 'a' }] }), `${ZONES}.failoverPriority[1] is "topology.kubernetes.io/region"`, `${ZONES}.failover[0] has the same region as from and to`],
  [warmup({ minimumPercent: 101, aggression: 0 }),
    `${POLICY}.loadBalancer.warmup has no duration`, `${POLICY}.loadBalancer.warmup.minimumPercent is 101`, `${POLICY}.loadBalancer.warmup.aggression is 0`],
  [warmup({ duration: '1us' }), `${POLICY}.loadBalancer.warmup.duration is "1us"`],
];

const HOSTS = ['./*'];
const listener = (settings: object): JsonObject => ({ ingress: [{ port: { number: 80, protocol: 'HTTPS' }, ...settings }] });

const SIDECARS: readonly (readonly [JsonObject, ...string[]])[] = [
  [{}, 'spec is empty'],
  [{ workloadSelector: { labels: { 'a*': 'b', 'c': '*', '': 'd' } }, egress: [{ hosts: HOSTS }] },
    'spec.workloadSelector.labels["a*"] has a wildcard', 'spec.workloadSelector.labels.c has a wildcard', 'spec.workloadSelector.labels[""] has no name'],
  [{ ingress: [{}] }, 'spec.ingress[0] has no port'],
  [{ ingress: [{ port: { number: 70_000, name: 'a_b', protocol: 'FOO', targetPort: 1 }, bind: 'a' }] },
    'spec.ingress[0].port.name is "a_b"', 'spec.ingress[0].port.protocol is "FOO"', 'spec.ingress[0].port.targetPort is set', 'spec.ingress[0].port.number is 70000', 'spec.ingress[0].bind is "a"'],
  [{ ingress: [{ port: { number: 80 } }, { port: { number: 80 } }] }, 'spec.ingress[1].port.number is 80, as that of a listener before it'],
  [listener({ defaultEndpoint: '10.0.0.1:80' }), 'spec.ingress[0].defaultEndpoint is "10.0.0.1:80"'],
  [listener({ defaultEndpoint: '127.0.0.1:0' }), 'spec.ingress[0].defaultEndpoint is "127.0.0.1:0"'],
  [listener({ defaultEndpoint: 'unix://a' }), 'spec.ingress[0].defaultEndpoint is "unix://a"'],
  [listener({ defaultEndpoint: ':80', connectionPool: {} }), 'spec.ingress[0].connectionPool is empty'],
  [listener({ tls: { mode: 'ISTIO_MUTUAL', httpsRedirect: true, credentialName: 'a' } }),
    'spec.ingress[0].tls.httpsRedirect is set', 'spec.ingress[0].tls.credentialName is set', 'spec.ingress[0].tls.mode is "ISTIO_MUTUAL"', 'spec.ingress[0].tls.credentialName is set, and mode is ISTIO_MUTUAL'],
  [{ ingress: [{ port: { number: 80, protocol: 'HTTP' }, tls: { mode: 'SIMPLE', serverCertificate: '/a', privateKey: '/b' } }] },
    'spec.ingress[0].tls is set, and the protocol of the port is not HTTPS or TLS'],
  [listener({ tls: { mode: 'MUTUAL', serverCertificate: '/a' } }), 'spec.ingress[0].tls has mode MUTUAL and no caCertificates', 'spec.ingress[0].tls has mode MUTUAL and no privateKey'],
  [listener({ tls: { mode: 'SIMPLE', serverCertificate: '/a', privateKey: '/b', caCrl: '/c' } }), 'spec.ingress[0].tls.caCrl is set, and mode is SIMPLE'],
  [{ egress: [{ hosts: HOSTS }, { hosts: HOSTS }] }, 'spec.egress[0] has no port, and others follow'],
  [{ egress: [{}] }, 'spec.egress[0] has no host'],
  [{ egress: [{ hosts: ['iris', 'a/b', '/a.b', 'a b/*', './*a.b', '~/a.b', '*/*'] }] },
    'spec.egress[0].hosts[0] is "iris"', 'spec.egress[0].hosts[1] is "a/b"', 'spec.egress[0].hosts[2] is "/a.b"', 'spec.egress[0].hosts[3] is "a b/*"', 'spec.egress[0].hosts[4] is "./*a.b"'],
  [{ egress: [{ port: { number: 80 }, hosts: HOSTS }, { port: { number: 80 }, bind: 'x', hosts: HOSTS }] },
    'spec.egress[1].bind is "x"', 'spec.egress[1].port.number is 80, as that of a listener before it'],
  [{ egress: [{ port: { number: 0 }, hosts: HOSTS }] }, 'spec.egress[0].port.number is 0, and the listener is not bound to a Unix socket'],
  [{ egress: [{ port: { number: 0 }, bind: 'unix:///a', hosts: HOSTS, captureMode: 'IPTABLES' }, { port: { number: 0 }, bind: 'unix:///a', hosts: HOSTS }] },
    'spec.egress[0].captureMode is IPTABLES, and the listener is bound to a Unix socket', 'spec.egress[1].bind is that of a listener before it'],
  [{ outboundTrafficPolicy: { mode: 'REGISTRY_ONLY', egressProxy: { host: 'a', port: { number: 1 } } } }, 'spec.outboundTrafficPolicy.egressProxy is set, and the mode is not ALLOW_ANY'],
  [{ outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: '*.a' } } }, 'spec.outboundTrafficPolicy.egressProxy.host is "*.a"', 'spec.outboundTrafficPolicy.egressProxy has no port'],
  [{ outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: 'a', port: { number: 0 }, subset: 'a_b' } } },
    'spec.outboundTrafficPolicy.egressProxy.port.number is 0', 'spec.outboundTrafficPolicy.egressProxy.subset is "a_b"'],
];

const http = (settings: object): JsonObject => ({ http: [{ route: [{ destination: { host: 'a' } }], ...settings }] });
const tls = (match: object, hosts = ['*.example.com']): JsonObject => ({ hosts, gateways: ['a/b'], tls: [{ match: [match], route: [{ destination: { host: 'a' } }] }] });

const VIRTUAL_SERVICES: readonly (readonly [JsonObject, ...string[]])[] = [
  [{ gateways: ['a/b_c', 'mesh', 'a b', '/'] }, 'spec.gateways[0] is "a/b_c"'],
  [{ gateways: ['a b', 'a/b_c'] }, 'spec.gateways[0] is "a b"'],
  [{ exportTo: ['a b'] }, 'spec.exportTo[0] is "a b"'],
  [http({ timeout: '1500us' }), 'spec.http[0].timeout is "1500us"'],
  [http({ match: [{ headers: { '': {}, 'a b': {}, ':path': {}, '@request.auth.claims.a': {}, '@request.auth.claims[a][b]': {}, '@request.auth.claims': {} }, port: 70_000, gateways: ['a/b/c'], sourceNamespace: 'a.b', sourceLabels: { a: '*' } }] }),
    'spec.http[0].match[0].headers[""] has no name', 'spec.http[0].match[0].headers["a b"] is not a valid name of a header', 'spec.http[0].match[0].headers["@request.auth.claims"] is not a valid name of a header',
    'spec.http[0].match[0].port is 70000', 'spec.http[0].match[0].sourceLabels.a is "*"', 'spec.http[0].match[0].gateways[0] is "a/b/c"', 'spec.http[0].match[0].sourceNamespace is "a.b"'],
  [http({ headers: { request: { set: { 'a': '%', '': 'b' }, add: { ':path': 'c' }, remove: ['Host'] }, response: { set: { host: 'a' } } } }),
    'spec.http[0].headers.request.add[":path"] is ":path", which cannot be changed here', 'spec.http[0].headers.request.set.a has a percent sign that begins no variable', 'spec.http[0].headers.request.set[""] has no name',
    'spec.http[0].headers.request.remove[0] is "Host", which cannot be changed here', 'spec.http[0].headers.response.set.host is "host", which cannot be changed here'],
  [http({ rewrite: { authority: 'a' }, headers: { request: { set: { host: 'b' } } } }), 'spec.http[0].headers.request.set.host sets the authority, which another field of the rule sets too'],
  [http({ headers: { request: { set: { host: 'b' }, add: { ':authority': 'c' } } } }), 'spec.http[0].headers.request.add[":authority"] sets the authority, which another field of the rule sets too'],
  [http({ headers: { response: { add: { a: 'a\nb' } } } }), 'spec.http[0].headers.response.add.a has a line break or another control character'],
  [{ http: [{ route: [{ destination: { host: 'a b', subset: 'c_d' }, headers: { request: { remove: [':path'] } } }] }] },
    'spec.http[0].route[0].headers.request.remove[0] is ":path", which cannot be changed here', 'spec.http[0].route[0].destination.host is "a b"', 'spec.http[0].route[0].destination.subset is "c_d"'],
  [http({ corsPolicy: { allowOrigins: [{}, { exact: '' }, { regex: '(' }], allowMethods: ['get'], allowHeaders: ['a b', '*'], exposeHeaders: [''], maxAge: '1.5s' } }),
    'spec.http[0].corsPolicy.allowOrigins[0] is empty', 'spec.http[0].corsPolicy.allowOrigins[1] is empty', 'spec.http[0].corsPolicy.allowOrigins[2].regex is not valid: missing closing ): `(`',
    'spec.http[0].corsPolicy.allowMethods[0] is "get"', 'spec.http[0].corsPolicy.allowHeaders[0] is "a b"', 'spec.http[0].corsPolicy.exposeHeaders[0] is ""', 'spec.http[0].corsPolicy.maxAge is "1.5s"'],
  [http({ fault: {} }), 'spec.http[0].fault is empty'],
  [http({ fault: { abort: { httpStatus: 199, percentage: { value: 101 } }, delay: { fixedDelay: '1us', percentage: { value: 0.00001 } } } }),
    'spec.http[0].fault.abort.percentage.value is 101', 'spec.http[0].fault.abort.httpStatus is 199', 'spec.http[0].fault.delay.percentage.value is 0.00001', 'spec.http[0].fault.delay.fixedDelay is "1us"'],
  [http({ fault: { abort: { grpcStatus: 'GONE' }, delay: { exponentialDelay: '5s' } } }), 'spec.http[0].fault.abort.grpcStatus is "GONE"', 'spec.http[0].fault.delay.exponentialDelay is set'],
  [http({ fault: { abort: { http2Error: 'a' } } }), 'spec.http[0].fault.abort.http2Error is set'],
  [http({ mirror: { host: 'a b' }, mirrorPercent: 101 }), 'spec.http[0].mirrorPercent is 101', 'spec.http[0].mirror.host is "a b"'],
  [http({ mirrors: [{ destination: { host: 'a', subset: '-' }, percentage: { value: -1 } }], mirrorPercentage: { value: 101 } }),
    'spec.http[0].mirrorPercentage.value is 101', 'spec.http[0].mirrors[0].destination.subset is "-"', 'spec.http[0].mirrors[0].percentage.value is -1'],
  [{ http: [{ match: [{ uri: { exact: '/a' } }, {}], redirect: { uri: '/a', prefixRewrite: '/b', scheme: 'ftp', port: 70_000 } }] },
    'spec.http[0].redirect has both uri and prefixRewrite', 'spec.http[0].redirect.prefixRewrite is set, and a match has a uri that is not a prefix', 'spec.http[0].redirect.scheme is "ftp"', 'spec.http[0].redirect.port is 70000'],
  [http({ retries: { attempts: -1, perTryTimeout: '1us', retryOn: '5xx, reset', backoff: '1us' } }),
    'spec.http[0].retries.attempts is -1', 'spec.http[0].retries.perTryTimeout is "1us"', 'spec.http[0].retries.backoff is "1us"', 'spec.http[0].retries.retryOn has " reset"'],
  [http({ retries: { attempts: 1, retryOn: '503,799' } }), 'spec.http[0].retries.retryOn has "799"'],
  [http({ rewrite: { uriRegexRewrite: { match: 'a' } } }), 'spec.http[0].rewrite.uriRegexRewrite has no match or no rewrite'],
  [http({ rewrite: { uriRegexRewrite: { match: 'a'.repeat(1025), rewrite: 'b' } } }), 'spec.http[0].rewrite.uriRegexRewrite.match is longer than 1024 bytes'],
  [{ tls: [{}] }, 'spec.tls[0] has no match', 'spec.tls[0] has no route'],
  [tls({}), 'spec.tls[0].match[0] has no sniHosts'],
  [tls({ sniHosts: ['a b', 'a.example.com', 'a.example.org', '10.0.0.1', 'outbound_'] }),
    'spec.tls[0].match[0].sniHosts[0] is "a b"', 'spec.tls[0].match[0].sniHosts[2] is "a.example.org", which is not in hosts', 'spec.tls[0].match[0].sniHosts[4] is "outbound_"'],
  [tls({ sniHosts: ['a.example.com'], destinationSubnets: ['10.0.0.0/33', '10.0.0.0/8/8', 'fd00::/129', 'fd00::/128'], port: -1, sourceLabels: { '*': 'a' } }),
    'spec.tls[0].match[0].destinationSubnets[0] is "10.0.0.0/33"', 'spec.tls[0].match[0].destinationSubnets[1] is "10.0.0.0/8/8"', 'spec.tls[0].match[0].destinationSubnets[2] is "fd00::/129"',
    'spec.tls[0].match[0].port is -1', 'spec.tls[0].match[0].sourceLabels["*"] is not a valid name of a label'],
  [{ tcp: [{ match: [{ gateways: ['a_b'] }], route: [{}, { destination: {} }, { destination: { host: '*', port: { number: 0 } } }] }] },
    'spec.tcp[0].match[0].gateways[0] is "a_b"', 'spec.tcp[0].route[0] has no destination', 'spec.tcp[0].route[1].destination has no host', 'spec.tcp[0].route[2].destination.host is "*"',
    'spec.tcp[0].route[2].destination.port.number is 0'],
];

const server = (settings: object): JsonObject => ({ servers: [{ port: { number: 80, name: 'a', protocol: 'HTTP' }, hosts: ['*'], ...settings }] });

const GATEWAYS: readonly (readonly [JsonObject, ...string[]])[] = [
  [server({ bind: 'a' }), 'spec.servers[0].bind is "a"'],
  [server({ bind: 'unix://a' }), 'spec.servers[0].bind is "unix://a"'],
  [server({ port: { targetPort: 1 } }), 'spec.servers[0].port.targetPort is set'],
  [server({ tls: { mode: 'SIMPLE', caCrl: '/a' } }), 'spec.servers[0].tls.caCrl is set, and mode is SIMPLE'],
  [server({ tls: { mode: 'PASSTHROUGH', caCrl: '/a', credentialName: 'a' } }), 'spec.servers[0].tls.caCrl is set, and so is credentialName'],
  [server({ tls: { mode: 'SIMPLE', tlsCertificates: [{ serverCertificate: '/a' }] } }), 'spec.servers[0].tls.tlsCertificates[0] has no privateKey'],
  [server({ tls: { mode: 'MUTUAL', caCrl: '/a', credentialName: 'a' } })],
  [server({ tls: { mode: 'ISTIO_MUTUAL', caCrl: '/a', credentialName: 'a' } })],
];

const ENTRY = { hosts: ['a.b'], ports: [{ number: 80, name: 'http' }] };
const endpoint = (resolution: string, settings: object): JsonObject => ({ ...ENTRY, resolution, endpoints: [settings] });

const SERVICE_ENTRIES: readonly (readonly [JsonObject, ...string[]])[] = [
  [{ ...ENTRY, hosts: ['a b', '*'] }, 'spec.hosts[0] is "a b"'],
  [{ ...ENTRY, addresses: ['10.0.0.0/33', 'a'] }, 'spec.addresses[0] is "10.0.0.0/33"', 'spec.addresses[1] is "a"'],
  [{ ...ENTRY, ports: [{ name: 'a_b', protocol: 'FOO', targetPort: 70_000 }, { number: 1 }] },
    'spec.ports[0].name is "a_b"', 'spec.ports[0].number is 0', 'spec.ports[0].protocol is "FOO"', 'spec.ports[0].targetPort is 70000', 'spec.ports[1].name is ""'],
  [{ ...ENTRY, exportTo: ['~', 'a'] }, 'spec.exportTo has "~" together with others'],
  [{ ...ENTRY, workloadSelector: { labels: { a: '*' } } }, 'spec.workloadSelector.labels.a has a wildcard'],
  [endpoint('STATIC', {}), 'spec.endpoints[0] has no address'],
  [endpoint('STATIC', { network: 'a' })],
  [endpoint('STATIC', { address: 'a.b' }), 'spec.endpoints[0].address is "a.b", and resolution is STATIC'],
  [endpoint('STATIC', { address: 'unix://a', ports: { http: 80 } }), 'spec.endpoints[0].address is "unix://a"', 'spec.endpoints[0].ports is set, and the address is a Unix socket'],
  [{ ...endpoint('STATIC', { address: 'unix:///a' }), ports: [] }, 'spec.endpoints[0] is a Unix socket, and the ServiceEntry has 0 ports'],
  [endpoint('DNS', { address: 'a b', labels: { a: '*' }, ports: { http: 0 } }), 'spec.endpoints[0].address is "a b"', 'spec.endpoints[0].labels.a is "*"', 'spec.endpoints[0].ports.http is 0'],
  [endpoint('DNS_ROUND_ROBIN', {}), 'spec.endpoints[0].address is ""'],
  [endpoint('NONE', { address: 'a b' })],
];

const TELEMETRIES: readonly (readonly [JsonObject, ...string[]])[] = [
  [{ metrics: [{ providers: [{}] }], tracing: [{ providers: [{ name: '' }] }], accessLogging: [{ providers: [{ name: 'a' }] }] },
    'spec.metrics[0].providers[0] has no name', 'spec.tracing[0].providers[0] has no name'],
  [{ metrics: [{ overrides: [{ match: { customMetric: '' }, tagOverrides: { a: {}, b: { operation: 'REMOVE', value: 'c' } } }] }] },
    'spec.metrics[0].overrides[0].match.customMetric is empty', 'spec.metrics[0].overrides[0].tagOverrides.a sets a tag without a value',
    'spec.metrics[0].overrides[0].tagOverrides.b removes a tag and has a value'],
  [{ tracing: [{ randomSamplingPercentage: 101, customTags: { '': { literal: {} }, 'a': { header: { name: '' } }, 'b': { environment: { name: 'c' } } } }] },
    'spec.tracing[0].randomSamplingPercentage is 101', 'spec.tracing[0].customTags[""] has no name', 'spec.tracing[0].customTags[""].literal has no value', 'spec.tracing[0].customTags.a.header has no name'],
  [{ accessLogging: [{ filter: { expression: 'a b' } }, { filter: {} }] },
    'spec.accessLogging[0].filter.expression is not an expression in CEL: unexpected "b"', 'spec.accessLogging[1].filter.expression is not an expression in CEL: unexpected end'],
];

const of = (kind: string, specs: readonly (readonly [JsonObject, ...string[]])[]): FaultySpec[] => (
  specs.map(([spec, ...faults]) => [kind, spec, ...faults])
);

/** Specs with faults, and similar ones without. */
export const FAULTY_SPECS: readonly FaultySpec[] = [
  ...of('DestinationRule', DESTINATION_RULES), ...of('Sidecar', SIDECARS), ...of('VirtualService', VIRTUAL_SERVICES),
  ...of('Gateway', GATEWAYS), ...of('ServiceEntry', SERVICE_ENTRIES), ...of('Telemetry', TELEMETRIES),
];
