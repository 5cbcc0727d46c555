import * as fc from 'fast-check';
import {
  GATEWAY_PORTS, gatewayPort, host, labels, list, mapOf, maybe, mostly, namespace, oneOf, rarely, record,
  unique, usually,
} from './values';

/** One server, made by the factory method of that name. */
export interface ServerSpec {
  readonly make: 'http' | 'https' | 'tls' | 'passthrough' | 'autoPassthrough' | 'istioMutual' | 'tcp';
  readonly options: any;
}

/** A Gateway of the app, or an existing one. */
export interface GatewaySpec {
  readonly name: string;
  readonly namespace?: string;
  readonly chart: number;
  readonly selector?: { readonly [label: string]: string };
  readonly servers?: readonly ServerSpec[];
  /** Not made by the app; its hosts are known when they are given. */
  readonly existing?: { readonly hosts?: readonly string[] };
}

/** Hosts as a Gateway lists them. */
const hosts = list(fc.oneof(
  { arbitrary: host, weight: 12 },
  { arbitrary: fc.tuple(mostly(oneOf('models', 'other', '.', '*'), ['Models', '~', ''], 20), host).map(([before, after]) => `${before}/${after}`), weight: 2 },
), 1, 2);

const common = {
  hosts: maybe(mostly(hosts, [[]])),
  name: rarely(mostly(oneOf('main', 'second'), ['']), 20),
  portName: rarely(mostly(oneOf('port', 'http', 'https'), ['']), 20),
  bind: rarely(mostly(oneOf('0.0.0.0', '10.0.0.1', '::', 'unix:///var/run/gateway.sock', 'unix://@gateway'), ['unix://x', 'example.com', '1.2.3'], 10), 60),
};

const version = oneOf('TLS_AUTO', 'TLSV1_0', 'TLSV1_2', 'TLSV1_3');
const handshake = {
  minProtocolVersion: rarely(version, 20),
  maxProtocolVersion: rarely(version, 20),
  cipherSuites: rarely(list(mostly(oneOf('ECDHE-RSA-AES256-GCM-SHA384', 'AES128-SHA'), ['TLS_RSA_WITH_AES_128_CBC_SHA', '!NULL', ''], 6), 0, 2), 20),
  subjectAltNames: rarely(list(oneOf('client.example.com', ''), 0, 2), 20),
  verifyCertificateSpki: rarely(list(oneOf(`${'A'.repeat(43)}=`, 'short'), 0, 1), 40),
  verifyCertificateHash: rarely(list(oneOf('ab'.repeat(32), new Array(32).fill('AB').join(':'), 'short'), 0, 1), 40),
};

const certificate = fc.oneof(
  { arbitrary: fc.constant<object>({ credentialName: 'certificate' }), weight: 40 },
  {
    arbitrary: record<object>({
      mode: maybe(oneOf('SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL')),
      credentialName: maybe(mostly(oneOf('certificate'), [''])),
      credentialNames: rarely(list(oneOf('rsa', 'ecdsa'), 0, 3)),
      serverCertificate: rarely(mostly(oneOf('/etc/certs/tls.crt'), ['']), 4),
      privateKey: rarely(mostly(oneOf('/etc/certs/tls.key'), ['-----BEGIN PRIVATE KEY-----']), 4),
      tlsCertificates: rarely(list(record<object>({
        serverCertificate: oneOf('/etc/certs/tls.crt', ''), privateKey: oneOf('/etc/certs/tls.key'), caCertificates: maybe(oneOf('/etc/certs/ca.crt')),
      }), 0, 3)),
      caCertificates: rarely(oneOf('/etc/certs/ca.crt'), 4),
      caCertCredentialName: rarely(oneOf('authorities-cacert')),
      caCrl: rarely(oneOf('/etc/certs/crl')),
      insecureSkipVerify: rarely(fc.boolean()),
      ...handshake,
    }),
    weight: 3,
  },
);

const secure = (make: 'https' | 'tls') => fc.tuple(
  record<object>({ ...common, port: fc.constant(undefined) }), gatewayPort(443, 443, 8080, 31400), certificate,
).map(([options, port, tls]): ServerSpec => ({ make, options: { ...options, ...tls, port } }));

const plain = record<object>({
  ...common,
  port: gatewayPort(80, 80, 80, 8080, 31400),
  protocol: rarely(oneOf('HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY'), 10),
  httpsRedirect: rarely(fc.boolean(), 12),
}).map((options): ServerSpec => ({ make: 'http', options }));

const passing = (make: 'passthrough' | 'autoPassthrough') => record<object>({ ...common, port: gatewayPort(443, 15443) })
  .map((options): ServerSpec => ({ make, options }));

const server: fc.Arbitrary<ServerSpec> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: plain, weight: 24 },
  { arbitrary: secure('https'), weight: 10 },
  { arbitrary: secure('tls'), weight: 1 },
  { arbitrary: passing('passthrough'), weight: 1 },
  { arbitrary: passing('autoPassthrough'), weight: 1 },
  {
    arbitrary: record<object>({ ...common, ...handshake, port: gatewayPort(443, 15443), content: maybe(oneOf('HTTPS', 'TLS')) })
      .map((options): ServerSpec => ({ make: 'istioMutual', options })),
    weight: 1,
  },
  {
    arbitrary: record<object>({ ...common, port: gatewayPort(31400), protocol: maybe(oneOf('TCP', 'MONGO', 'MYSQL', 'REDIS')) })
      .map((options): ServerSpec => ({ make: 'tcp', options })),
    weight: 1,
  },
);

/** Several with listeners of their own, or any. */
const servers = usually(
  unique(server, ({ make, options }) => `${options.port ?? make} ${make === 'http' ? '' : options.hosts}`, 2, 3), list(server, 2, 3), 3,
);

const selector = rarely(fc.oneof(
  { arbitrary: oneOf<{ [label: string]: string }>({ istio: 'own' }, { istio: 'ingressgateway', app: 'istio-ingressgateway' }), weight: 40 },
  { arbitrary: fc.oneof(fc.constant({}), mapOf(oneOf('', 'a b', 'istio'), oneOf('own', '-x')), labels), weight: 1 },
), 10);

const gateway = (name: string): fc.Arbitrary<GatewaySpec> => fc.oneof(
  { withCrossShrink: true },
  {
    arbitrary: record<GatewaySpec>({
      name: mostly(fc.constant(name), ['gw.with.dots', 'Gateway', ''], 60),
      namespace: maybe(namespace),
      chart: oneOf(0, 1),
      selector,
      servers: mostly(fc.oneof({ arbitrary: list(server, 1, 1), weight: 2 }, { arbitrary: servers, weight: 1 }), [[]]),
      existing: fc.constant(undefined),
    }),
    weight: 12,
  },
  {
    arbitrary: record<GatewaySpec>({
      name: fc.constant(`${name}-existing`),
      namespace: maybe(namespace),
      chart: oneOf(0, 1),
      selector: fc.constant(undefined),
      servers: fc.constant(undefined),
      existing: record<{ hosts?: readonly string[] }>({ hosts: maybe(hosts) }),
    }),
    weight: 1,
  },
);

/** Usually one Gateway, sometimes two or none. */
export const gateways: fc.Arbitrary<GatewaySpec[]> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.tuple(gateway('gw0')), weight: 8 },
  { arbitrary: fc.tuple(gateway('gw0'), gateway('gw1')), weight: 4 },
  { arbitrary: fc.constant([]), weight: 1 },
) as fc.Arbitrary<GatewaySpec[]>;

/** All ports that the servers of gateways can have. */
export const PORTS: readonly number[] = GATEWAY_PORTS;
