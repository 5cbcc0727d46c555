import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Gateway, GatewayProps } from '../../../src/istio/gateway/gateway';
import {
  GatewayServer,
  PlainHttpProtocol,
  PlainTcpProtocol,
  ServerTlsMode,
  TlsContent,
  TlsServerOptions,
  TlsVersion,
} from '../../../src/istio/gateway/gateway-server';
import { Mesh } from '../../../src/mesh/mesh';

const SPKI = 'NFl3pTnLqNXYKsGq7ZQ3VYd4Z0XWq1oVvGqWzQ2m5xE=';
const HASH = 'ab'.repeat(32);
const FILES = { serverCertificate: '/certs/tls.crt', privateKey: '/certs/tls.key' };

function chartOf(istioVersion?: string): Chart {
  const app = new App();
  if (istioVersion !== undefined) Mesh.configure(app, { istioVersion });
  return new Chart(app, 'chart', { namespace: 'models' });
}

function gateway(props?: GatewayProps, istioVersion?: string): Gateway {
  return new Gateway(chartOf(istioVersion), 'edge', props);
}

function specOf(props?: GatewayProps): Record<string, unknown> {
  return ApiObject.of(gateway(props)).toJson().spec;
}

function serverOf(server: GatewayServer): Record<string, unknown> {
  return (specOf({ servers: [server] }).servers as Record<string, unknown>[])[0];
}

function portNames(...servers: GatewayServer[]): string[] {
  return (specOf({ servers }).servers as { port: { name: string } }[]).map(({ port }) => port.name);
}

test('defaultChild', () => {
  expect(ApiObject.of(gateway()).kind).toEqual('Gateway');
});

test('minimal', () => {
  const chart = Testing.chart();
  new Gateway(chart, 'edge');
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "Gateway",
    "metadata": {
      "name": "edge",
    },
    "spec": {
      "selector": {
        "istio": "ingressgateway",
      },
      "servers": [
        {
          "hosts": [
            "*",
          ],
          "port": {
            "name": "http",
            "number": 80,
            "protocol": "HTTP",
          },
        },
      ],
    },
  },
]
`);
});

test('all fields of the published example, its files included', () => {
  const chart = new Chart(new App(), 'sample', { namespace: 'seldon-mesh' });
  new Gateway(chart, 'seldon-gateway', {
    selector: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
    servers: [
      GatewayServer.http(),
      GatewayServer.https({
        privateKey: '/etc/istio/ingressgateway-certs/tls.key',
        serverCertificate: '/etc/istio/ingressgateway-certs/tls.crt',
      }),
    ],
  });
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'seldon-gateway', namespace: 'seldon-mesh' },
    spec: {
      selector: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
      servers: [
        { hosts: ['*'], port: { name: 'http', number: 80, protocol: 'HTTP' } },
        {
          hosts: ['*'],
          port: { name: 'https', number: 443, protocol: 'HTTPS' },
          tls: {
            mode: 'SIMPLE',
            privateKey: '/etc/istio/ingressgateway-certs/tls.key',
            serverCertificate: '/etc/istio/ingressgateway-certs/tls.crt',
          },
        },
      ],
    },
  }]);
});

describe('the object', () => {
  test('has the API version of the release', () => {
    expect(ApiObject.of(gateway({}, '1.21')).apiVersion).toEqual('networking.istio.io/v1beta1');
  });

  test('has the specified namespace, name, labels and annotations', () => {
    const made = gateway({ namespace: 'istio-system', metadata: { name: 'front', labels: { a: 'b' }, annotations: { c: 'd' } } });
    expect(ApiObject.of(made).toJson().metadata)
      .toEqual({ name: 'front', namespace: 'istio-system', labels: { a: 'b' }, annotations: { c: 'd' } });
    expect([made.gatewayName, made.gatewayNamespace]).toEqual(['front', 'istio-system']);
  });

  test('selects the ingress of the mesh', () => {
    const chart = chartOf();
    Mesh.configure(chart, { ingressSelector: { app: 'edge' } });
    const made = new Gateway(chart, 'edge');
    expect(ApiObject.of(made).toJson().spec.selector).toEqual({ app: 'edge' });
    expect(made.gatewaySelector).toEqual({ app: 'edge' });
  });

  test('keeps patches with fields that are not in the types', () => {
    const made = gateway();
    ApiObject.of(made).addJsonPatch(JsonPatch.add('/spec/servers/0/future', { deep: 1 }));
    expect(ApiObject.of(made).toJson().spec.servers[0].future).toEqual({ deep: 1 });
  });
});

describe('a server', () => {
  test('without TLS has every field', () => {
    expect(serverOf(GatewayServer.http({
      port: 8080,
      hosts: ['a.example.com', 'team/b.example.com', './*.example.com', '*/10.0.0.1'],
      protocol: PlainHttpProtocol.GRPC_WEB,
      httpsRedirect: false,
      name: 'front',
      portName: 'web',
      bind: '::1',
      defaultEndpoint: '127.0.0.1:8080',
    }))).toEqual({
      bind: '::1',
      defaultEndpoint: '127.0.0.1:8080',
      hosts: ['a.example.com', 'team/b.example.com', './*.example.com', '*/10.0.0.1'],
      name: 'front',
      port: { name: 'web', number: 8080, protocol: 'GRPC-WEB' },
      tls: { httpsRedirect: false },
    });
  });

  test('can redirect to https', () => {
    expect(serverOf(GatewayServer.http({ httpsRedirect: true })).tls).toEqual({ httpsRedirect: true });
  });

  test('with a certificate from files has every field', () => {
    expect(serverOf(GatewayServer.https({
      mode: ServerTlsMode.MUTUAL,
      ...FILES,
      caCertificates: '/certs/ca.crt',
      caCrl: '/certs/ca.crl',
      caCertCredentialName: 'callers',
      insecureSkipVerify: true,
      minProtocolVersion: TlsVersion.V1_2,
      maxProtocolVersion: TlsVersion.V1_3,
      cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'ALL', '-AES128-SHA'],
      subjectAltNames: ['caller.example.com'],
      verifyCertificateSpki: [SPKI],
      verifyCertificateHash: [HASH, HASH.match(/../g)!.join(':')],
    }))).toEqual({
      hosts: ['*'],
      port: { name: 'https', number: 443, protocol: 'HTTPS' },
      tls: {
        mode: 'MUTUAL',
        ...FILES,
        caCertificates: '/certs/ca.crt',
        caCrl: '/certs/ca.crl',
        caCertCredentialName: 'callers',
        insecureSkipVerify: true,
        minProtocolVersion: 'TLSV1_2',
        maxProtocolVersion: 'TLSV1_3',
        cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'ALL', '-AES128-SHA'],
        subjectAltNames: ['caller.example.com'],
        verifyCertificateSpki: [SPKI],
        verifyCertificateHash: [HASH, HASH.match(/../g)!.join(':')],
      },
    });
  });

  test.each(['callers-cacert', 'configmap://istio-system/callers'])('reads CA certificates from %s', (caCertCredentialName) => {
    expect(serverOf(GatewayServer.https({ mode: ServerTlsMode.MUTUAL, credentialName: 'cert', caCertCredentialName })).tls)
      .toEqual({ mode: 'MUTUAL', credentialName: 'cert', caCertCredentialName });
  });

  test('can have two secrets', () => {
    expect(serverOf(GatewayServer.https({ mode: ServerTlsMode.OPTIONAL_MUTUAL, credentialNames: ['rsa', 'ecdsa'] })).tls)
      .toEqual({ mode: 'OPTIONAL_MUTUAL', credentialNames: ['rsa', 'ecdsa'] });
  });

  test('can have two sets of files', () => {
    const tlsCertificates = [FILES, { serverCertificate: '/certs/2.crt', privateKey: '/certs/2.key', caCertificates: '/certs/2.ca' }];
    expect(serverOf(GatewayServer.https({ tlsCertificates })).tls).toEqual({ mode: 'SIMPLE', tlsCertificates });
  });

  test.each([['ECDHE-RSA-AES128-SHA'], ['ALL'], ['-ECDSA']])('accepts old versions of TLS with suite %s', (suite) => {
    const options = { credentialName: 'cert', minProtocolVersion: TlsVersion.V1_0, maxProtocolVersion: TlsVersion.AUTO, cipherSuites: [suite] };
    expect(serverOf(GatewayServer.https(options)).tls)
      .toEqual({ mode: 'SIMPLE', credentialName: 'cert', minProtocolVersion: 'TLSV1_0', maxProtocolVersion: 'TLS_AUTO', cipherSuites: [suite] });
  });

  test.each([
    [{ minProtocolVersion: TlsVersion.V1_0 }, 'minProtocolVersion TLSV1_0'],
    [{ maxProtocolVersion: TlsVersion.V1_1 }, 'maxProtocolVersion TLSV1_1'],
    [{ minProtocolVersion: TlsVersion.V1_1, cipherSuites: ['AES256-GCM-SHA384'] }, 'minProtocolVersion TLSV1_1'],
  ])('fails for an old version of TLS without suites for it %#', (options, problem) => {
    expect(() => serverOf(GatewayServer.https({ credentialName: 'cert', ...options }))).toThrow(new Error(
      `${problem} of server "https" without cipher suites for it. Istio's default suites are for `
      + 'TLS 1.2 and later. Add a suite such as "ECDHE-RSA-AES128-SHA" to cipherSuites, or set a later version (at chart/edge)'));
  });

  test('fails for cipher suites with TLS 1.3', () => {
    expect(() => serverOf(GatewayServer.https({ credentialName: 'cert', minProtocolVersion: TlsVersion.V1_3, cipherSuites: ['ALL'] }))).toThrow(new Error(
      'cipherSuites of server "https" with minProtocolVersion TLSV1_3. The cipher suites of TLS 1.3 cannot be configured. Leave cipherSuites out (at chart/edge)'));
  });

  test.each(['kubernetes://cert', 'team/cert', 'cert.v1'])('accepts the secret %s', (credentialName) => {
    expect(serverOf(GatewayServer.https({ credentialName })).tls).toEqual({ mode: 'SIMPLE', credentialName });
  });

  test.each([{ credentialName: 'Bad Name!' }, { credentialNames: ['Bad Name!'] }])('fails for an invalid name of a secret: %j', (options) => {
    expect(() => serverOf(GatewayServer.https(options))).toThrow(new Error(
      'credentialName "Bad Name!" of server "https". Expected the name of a secret, with lower-case letters, digits, hyphens and dots (at chart/edge)'));
  });

  test('can end TLS around any bytes', () => {
    expect(serverOf(GatewayServer.tls({ port: 6380, credentialName: 'cert' }))).toEqual({
      hosts: ['*'], port: { name: 'tls-6380', number: 6380, protocol: 'TLS' }, tls: { mode: 'SIMPLE', credentialName: 'cert' },
    });
  });

  test('can pass TLS on', () => {
    expect(serverOf(GatewayServer.passthrough({ hosts: ['a.example.com'] }))).toEqual({
      hosts: ['a.example.com'], port: { name: 'tls', number: 443, protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' },
    });
  });

  test('can pass TLS on by itself', () => {
    expect(serverOf(GatewayServer.autoPassthrough({ hosts: ['*.local'] }))).toEqual({
      hosts: ['*.local'], port: { name: 'tls-15443', number: 15443, protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' },
    });
  });

  test('can use the certificates of the mesh', () => {
    expect(serverOf(GatewayServer.istioMutual({ minProtocolVersion: TlsVersion.V1_3 }))).toEqual({
      hosts: ['*'], port: { name: 'https', number: 443, protocol: 'HTTPS' }, tls: { mode: 'ISTIO_MUTUAL', minProtocolVersion: 'TLSV1_3' },
    });
    expect(serverOf(GatewayServer.istioMutual({ content: TlsContent.TCP })).port).toEqual({ name: 'tls', number: 443, protocol: 'TLS' });
  });

  test('can pass bytes on', () => {
    expect(serverOf(GatewayServer.tcp({ port: 3306, protocol: PlainTcpProtocol.MYSQL }))).toEqual({
      hosts: ['*'], port: { name: 'mysql-3306', number: 3306, protocol: 'MYSQL' },
    });
    expect(serverOf(GatewayServer.tcp({ port: 9000 })).port).toEqual({ name: 'tcp-9000', number: 9000, protocol: 'TCP' });
  });

  test.each(['unix:///var/run/edge.sock', 'unix://@edge'])('listens on the socket %s', (bind) => {
    expect(serverOf(GatewayServer.http({ bind }))).toEqual({ bind, hosts: ['*'], port: { name: 'http-0', number: 0, protocol: 'HTTP' } });
  });

  test('has its port, protocol and hosts', () => {
    const { port, protocol, hosts } = GatewayServer.https({ credentialName: 'cert', hosts: ['a.example.com'] });
    expect({ port, protocol, hosts }).toEqual({ port: 443, protocol: 'HTTPS', hosts: ['a.example.com'] });
  });
});

describe('port names', () => {
  test('follow protocol and port', () => {
    expect(portNames(
      GatewayServer.http(),
      GatewayServer.http({ port: 31400 }),
      GatewayServer.http({ port: 8081, protocol: PlainHttpProtocol.HTTP_PROXY }),
      GatewayServer.https({ credentialName: 'cert' }),
    )).toEqual(['http', 'http-31400', 'http-proxy-8081', 'https']);
  });

  test('are numbered where they would be equal', () => {
    expect(portNames(
      GatewayServer.https({ credentialName: 'a', hosts: ['a.example.com'] }),
      GatewayServer.https({ credentialName: 'b', hosts: ['b.example.com'] }),
      GatewayServer.https({ credentialName: 'c', hosts: ['c.example.com'] }),
    )).toEqual(['https', 'https-2', 'https-3']);
  });

  test('do not change specified names', () => {
    expect(portNames(GatewayServer.http(), GatewayServer.http({ port: 81, portName: 'http' }))).toEqual(['http-2', 'http']);
  });
});

describe('servers of one port', () => {
  test.each([
    ['one host at two addresses', GatewayServer.http({ bind: '10.0.0.1' }), GatewayServer.https({ credentialName: 'c', port: 80, bind: '10.0.0.2' })],
    ['two plain protocols of HTTP', GatewayServer.http({ hosts: ['a.com'] }), GatewayServer.http({ hosts: ['b.com'], protocol: PlainHttpProtocol.GRPC })],
    ['one host with and without a namespace', GatewayServer.http({ hosts: ['a.com'] }), GatewayServer.http({ hosts: ['team/a.com'] })],
    ['ended and passed TLS', GatewayServer.https({ credentialName: 'c', hosts: ['a.com'] }), GatewayServer.passthrough({ hosts: ['b.com'] })],
    ['one host on two ports', GatewayServer.http(), GatewayServer.https({ credentialName: 'c' })],
  ])('can be %s', (_what, ...servers) => {
    expect((specOf({ servers }).servers as unknown[]).length).toEqual(2);
  });

  test.each([
    [GatewayServer.http({ hosts: ['b.com', 'a.com'] }), GatewayServer.http({ hosts: ['c.com', '*/A.com'] }), 'http', 'http-2', 'a.com', 'port 80'],
    [GatewayServer.http({ hosts: ['./a.com'] }), GatewayServer.http({ hosts: ['models/a.com'] }), 'http', 'http-2', 'models/a.com', 'port 80'],
    [
      GatewayServer.https({ credentialName: 'c', hosts: ['x/a.com'] }), GatewayServer.passthrough({ hosts: ['y/a.com'] }),
      'https', 'tls', 'a.com', 'port 443',
    ],
    [GatewayServer.http({ bind: '10.0.0.1' }), GatewayServer.http({ bind: '10.0.0.1' }), 'http', 'http-2', '*', 'port 80 of 10.0.0.1'],
  ])('fails with an equal host %#', (a, b, first, second, host, where) => {
    expect(() => gateway({ servers: [a, b] })).toThrow(new Error(
      `servers "${first}" and "${second}" both answer for host "${host}" on ${where}. Give one of them another host or port (at chart/edge)`));
  });

  test('keeps hosts of the gateway\'s namespace separate where that is not specified', () => {
    const chart = new Chart(new App(), 'bare');
    const servers = [GatewayServer.http({ hosts: ['./a.com'] }), GatewayServer.http({ hosts: ['models/a.com'] })];
    expect(new Gateway(chart, 'edge', { servers }).gatewayListeners!.length).toEqual(2);
  });

  test.each([
    [GatewayServer.http({ port: 443 }), GatewayServer.https({ credentialName: 'c' }), 'servers "http-443" (HTTP) and "https" (HTTPS) share port 443'],
    [GatewayServer.https({ credentialName: 'c' }), GatewayServer.http({ port: 443 }), 'servers "https" (HTTPS) and "http-443" (HTTP) share port 443'],
    [
      GatewayServer.tcp({ port: 9000, hosts: ['a.com'] }), GatewayServer.tcp({ port: 9000, hosts: ['b.com'] }),
      'servers "tcp-9000" (TCP) and "tcp-9000-2" (TCP) share port 9000',
    ],
    [GatewayServer.http({ port: 9000 }), GatewayServer.tcp({ port: 9000 }), 'servers "http-9000" (HTTP) and "tcp-9000" (TCP) share port 9000'],
  ])('fails where Istio cannot share it %#', (a, b, problem) => {
    expect(() => gateway({ servers: [a, b] })).toThrow(new Error(`${problem}. Istio would drop one of them. `
      + 'Only HTTP servers without TLS, or only servers with TLS, can share a port (at chart/edge)'));
  });
});

test('listeners are the servers whose HTTP requests routes can see', () => {
  const made = gateway({
    servers: [
      GatewayServer.http({ httpsRedirect: true }),
      GatewayServer.http({ port: 8080, httpsRedirect: false }),
      GatewayServer.https({ credentialName: 'cert', hosts: ['./a.example.com'] }),
      GatewayServer.istioMutual({ port: 15443, hosts: ['b.example.com'] }),
      GatewayServer.passthrough({ port: 8443, hosts: ['c.example.com'] }),
      GatewayServer.tls({ port: 9443, hosts: ['d.example.com'], credentialName: 'other' }),
      GatewayServer.tcp({ port: 9000 }),
    ],
  });
  expect(made.gatewayListeners).toEqual([
    { port: 8080, hosts: ['*'], tls: false },
    { port: 443, hosts: ['./a.example.com'], tls: true },
    { port: 15443, hosts: ['b.example.com'], tls: true },
  ]);
});

describe('fails with', () => {
  const HOST = 'Expected a DNS name with a dot, a wildcard such as "*.example.com", "*" or an IPv4 address, optionally prefixed with a namespace and a slash';
  const https = (options: TlsServerOptions): GatewayServer[] => [GatewayServer.https(options)];
  const http = GatewayServer.http;

  test.each<[string, GatewayProps, string]>([
    ['a name with a dot', { metadata: { name: 'a.b' } },
      'name of Gateway "a.b". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends'],
    ['an empty selector', { selector: {} },
      'an empty selector. Without a label, all gateways would be selected. Set a label of the gateway\'s pods'],
    ['a selector that is no label', { selector: { istio: 'in gress' } },
      'value "in gress" of label istio of selector. Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit'],
    ['no server', { servers: [] }, 'no server. Specify at least one, or leave servers out'],
    ['two equal port names', { servers: [http({ portName: 'web' }), http({ port: 81, portName: 'web' })] },
      'two servers with portName "web". Give each server its own portName'],
    ['two equal server names', { servers: [http({ name: 'web' }), http({ port: 81, name: 'web' })] },
      'two servers with name "web". Give each server its own name, or none'],
    ['an empty port name', { servers: [http({ portName: '' })] }, 'an empty portName. Give the port a name, or leave it out'],
    ['an empty server name', { servers: [http({ name: '' })] }, 'an empty name of server "http". Give the server a name, or leave it out'],
    ['port 0', { servers: [http({ port: 0 })] }, 'port of server "http-0" 0. Expected a whole number from 1 to 65535'],
    ['port 65536', { servers: [http({ port: 65536 })] }, 'port of server "http-65536" 65536. Expected a whole number from 1 to 65535'],
    ['a fraction of a port', { servers: [http({ port: 80.5 })] }, 'port of server "http-80.5" 80.5. Expected a whole number from 1 to 65535'],
    ...Object.entries({ 15000: 'administration', 15006: 'inbound traffic', 15020: 'merged metrics', 15021: 'health checks', 15090: 'metrics' }).map(
      ([port, use]): [string, GatewayProps, string] => [`port ${port} of the proxy`, { servers: [http({ port: Number(port) })] },
        `port ${port} of server "http-${port}". Istio's proxy uses this port for ${use}. Choose another one`]),
    ['a socket with a port', { servers: [http({ port: 80, bind: 'unix:///a' })] },
      'port 80 of server "http", which is bound to a Unix socket. A Unix socket has no port. Leave it out, or set 0'],
    ...['unix://', 'unix://a', 'unix:///a/', 'unix:///', 'unix://@'].map((bind): [string, GatewayProps, string] => [
      `the socket ${bind}`, { servers: [http({ bind })] },
      `bind "${bind}" of server "http-0". Expected unix:// followed by the absolute path of a socket, or unix://@ followed by a name`,
    ]),
    ['an invalid bind address', { servers: [http({ bind: 'localhost' })] },
      'bind "localhost" of server "http". Expected an IP address, or unix:// followed by a path'],
    ['no host', { servers: [http({ hosts: [] })] }, 'server "http" has no host. List at least one, or "*" for all'],
    ...['models', 'a..com', 'a*.com', '*.', '*com', '::1', '::ffff:10.0.0.1', 'http://a.com', 'a.com:80', '', 'team/', 'team/models'].map(
      (host): [string, GatewayProps, string] => [`the host "${host}"`, { servers: [http({ hosts: [host] })] },
        host.startsWith('http:')
          ? `host "${host}" of server "http". Expected a namespace, "." or "*" before the slash`
          : `host "${host}" of server "http". ${HOST}`]),
    ...['/a.com', '~/a.com', 'A/a.com'].map((host): [string, GatewayProps, string] => [
      `the namespace of ${host}`, { servers: [http({ hosts: [host] })] },
      `host "${host}" of server "http". Expected a namespace, "." or "*" before the slash`,
    ]),
    ...[ServerTlsMode.SIMPLE, ServerTlsMode.MUTUAL, ServerTlsMode.OPTIONAL_MUTUAL].map((mode): [string, GatewayProps, string] => [
      `${mode} and no certificate`, { servers: https({ mode }) },
      `server "https" without a certificate. Mode ${mode} needs one. Set certificate or credentialName, or serverCertificate and privateKey`,
    ]),
    ['two sources of a certificate', { servers: https({ credentialName: 'cert', ...FILES }) },
      'server "https" with 2 sources of its certificate (credentialName; serverCertificate and privateKey). Keep one of them'],
    ['lists as two sources', { servers: https({ credentialNames: ['a'], tlsCertificates: [FILES] }) },
      'server "https" with 2 sources of its certificate (credentialNames; tlsCertificates). Keep one of them'],
    ['no secret in the list', { servers: https({ credentialNames: [] }) },
      '0 credentialNames of server "https". Set one or two, such as an RSA and an ECDSA certificate'],
    ['three sets of files', { servers: https({ tlsCertificates: [FILES, FILES, FILES] }) },
      '3 tlsCertificates of server "https". Set one or two, such as an RSA and an ECDSA certificate'],
    ['a certificate without its key', { servers: https({ serverCertificate: '/a' }) },
      'server "https" without a privateKey. Set privateKey too, since serverCertificate and privateKey go together'],
    ['a key without its certificate', { servers: [GatewayServer.tls({ privateKey: '/a' })] },
      'server "tls" without a serverCertificate. Set serverCertificate too, since serverCertificate and privateKey go together'],
    ...[ServerTlsMode.MUTUAL, ServerTlsMode.OPTIONAL_MUTUAL].map((mode): [string, GatewayProps, string] => [
      `${mode}, files and no authorities`, { servers: https({ mode, ...FILES, caCertCredentialName: 'callers' }) },
      `server "https" without caCertificates. Mode ${mode} with files needs them to verify client certificates. Set caCertificates`,
    ]),
    ['CA certificates together with a secret', { servers: https({ mode: ServerTlsMode.MUTUAL, credentialName: 'cert', caCertificates: '/ca' }) },
      'caCertificates of server "https", whose certificate comes from a secret. Istio would not read the file. Put its content into the secret'],
    ['a revocation list together with secrets', { servers: https({ mode: ServerTlsMode.MUTUAL, credentialNames: ['cert'], caCrl: '/crl' }) },
      'caCrl of server "https", whose certificate comes from a secret. Istio would not read the file. Put its content into the secret'],
    ['a list of revoked certificates without client certificates', { servers: https({ ...FILES, caCrl: '/crl' }) },
      'caCrl of server "https". Mode SIMPLE requests no client certificate. Use MUTUAL or OPTIONAL_MUTUAL, or leave caCrl out'],
    ['authorities that are read as a certificate', { servers: https({ mode: ServerTlsMode.MUTUAL, credentialName: 'cert', caCertCredentialName: 'callers' }) },
      'caCertCredentialName "callers" of server "https". Istio would look for a certificate with its key, and reject all callers. '
      + 'Use a secret whose name ends in "-cacert", or a ConfigMap as "configmap://namespace/name"'],
    ['a ConfigMap without its namespace', { servers: https({ mode: ServerTlsMode.OPTIONAL_MUTUAL, credentialName: 'cert', caCertCredentialName: 'configmap://callers' }) },
      'caCertCredentialName "configmap://callers" of server "https". Istio would look for a certificate with its key, and reject all callers. '
      + 'Use a secret whose name ends in "-cacert", or a ConfigMap as "configmap://namespace/name"'],
    ['an empty secret', { servers: https({ credentialName: '' }) },
      'an empty credentialName of server "https". Set a secret or a file, or leave it out'],
    ['an empty file of a set', { servers: https({ tlsCertificates: [{ serverCertificate: '/a', privateKey: '' }] }) },
      'an empty privateKey of tlsCertificates of server "https". Set a secret or a file, or leave it out'],
    ['a key instead of its path', { servers: https({ serverCertificate: '/a', privateKey: '-----BEGIN RSA PRIVATE KEY-----\nMII' }) },
      'privateKey of server "https" holds a private key. Keep it in a secret and give the name of the secret or the path of the file'],
    ['versions of TLS that exclude each other',
      { servers: https({ credentialName: 'c', minProtocolVersion: TlsVersion.V1_3, maxProtocolVersion: TlsVersion.V1_2 }) },
      'minProtocolVersion TLSV1_3 and maxProtocolVersion TLSV1_2 of server "https". No version is in this range, so no caller could connect. Set a minProtocolVersion that is not above the maxProtocolVersion'],
    ...['TLS_AES_128_GCM_SHA256', 'ECDHE-RSA-AES256', ''].map((suite): [string, GatewayProps, string] => [
      `the cipher suite "${suite}"`, { servers: https({ credentialName: 'c', cipherSuites: [suite] }) },
      `cipher suite "${suite}" of server "https". Istio drops suites that it does not know. Use an OpenSSL name such as "ECDHE-RSA-AES256-GCM-SHA384"`,
    ]),
    ['an invalid hash of a key', { servers: https({ credentialName: 'c', verifyCertificateSpki: ['abc='] }) },
      'verifyCertificateSpki "abc=" of server "https". Expected a SHA-256 hash in base64, 44 characters'],
    ['an invalid hash of a certificate', { servers: [GatewayServer.istioMutual({ verifyCertificateHash: ['abc'] })] },
      'verifyCertificateHash "abc" of server "https". Expected a SHA-256 hash as 64 hexadecimal digits, or as 32 pairs separated by colons'],
  ])('%s', (_what, props, message) => {
    expect(() => gateway(props)).toThrow(new Error(`${message} (at chart/edge)`));
  });

  test.each<[string, string, string, TlsServerOptions]>([
    ['tls.mode OPTIONAL_MUTUAL', '1.18', '1.19', { mode: ServerTlsMode.OPTIONAL_MUTUAL, credentialName: 'c' }],
    ['tls.caCrl', '1.21', '1.22', { mode: ServerTlsMode.MUTUAL, ...FILES, caCertificates: '/ca', caCrl: '/crl' }],
    ['tls.credentialNames', '1.25', '1.26', { credentialNames: ['c'] }],
    ['tls.tlsCertificates', '1.25', '1.26', { tlsCertificates: [FILES] }],
    ['tls.caCertCredentialName', '1.27', '1.28', { mode: ServerTlsMode.MUTUAL, credentialName: 'c', caCertCredentialName: 'd-cacert' }],
    ['tls.insecureSkipVerify', '1.30', '1.31', { mode: ServerTlsMode.OPTIONAL_MUTUAL, credentialName: 'c', insecureSkipVerify: false }],
  ])('%s before its release', (field, release, since, options) => {
    expect(() => gateway({ servers: https(options) }, release)).toThrow(new Error(
      `${field} with istioVersion "${release}". Istio has this field only since ${since}. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at chart/edge)`));
    expect(gateway({ servers: https(options) }, since).gatewayName).toEqual('edge');
  });
});

describe('an existing Gateway', () => {
  test('is known by name, in the namespace of the chart', () => {
    const chart = chartOf();
    const found = Gateway.fromGatewayName(chart, 'shared', 'seldon-gateway');
    expect([found.gatewayName, found.gatewayNamespace, found.gatewayListeners, found.gatewaySelector])
      .toEqual(['seldon-gateway', 'models', undefined, undefined]);
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('can have namespace, hosts and pods', () => {
    const found = Gateway.fromGatewayName(chartOf(), 'shared', 'front', { namespace: 'istio-system', hosts: ['*.a.com'], selector: { app: 'edge' } });
    expect([found.gatewayNamespace, found.gatewayListeners, found.gatewaySelector])
      .toEqual(['istio-system', [{ port: 80, hosts: ['*.a.com'] }], { app: 'edge' }]);
  });

  test('can have listeners', () => {
    const listeners = [{ port: 443, hosts: ['a.com'], tls: true }];
    expect(Gateway.fromGatewayName(chartOf(), 'shared', 'front', { listeners }).gatewayListeners).toEqual(listeners);
  });

  test.each([
    ['a name that is not a DNS label', 'a.b', {}, 'name of Gateway "a.b". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends'],
    ['a namespace that is no label', 'a', { namespace: 'B' },
      'namespace "B". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends'],
    ['an invalid host', 'a', { hosts: ['b'] }, 'host "b" of Gateway "a". Expected a DNS name with a dot, a wildcard such as "*.example.com", '
      + '"*" or an IPv4 address, optionally prefixed with a namespace and a slash'],
    ['an invalid port', 'a', { listeners: [{ port: -1, hosts: ['*'] }] }, 'port of Gateway "a" -1. Expected a whole number from 1 to 65535'],
    ['hosts and listeners', 'a', { hosts: ['*'], listeners: [] }, 'hosts and listeners of Gateway "a". Listeners have their own hosts. Set one of the two'],
  ])('fails with %s', (_what, name, options, message) => {
    expect(() => Gateway.fromGatewayName(chartOf(), 'shared', name, options)).toThrow(new Error(`${message} (at chart/shared)`));
  });
});

describe('fails in plain JavaScript', () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  type Anything = any;

  test.each<[string, () => GatewayServer, string]>([
    ['https', () => GatewayServer.https(undefined as Anything), 'https'],
    ['tls', () => GatewayServer.tls(undefined as Anything), 'tls'],
  ])('for %s without a certificate', (_kind, make, name) => {
    const server = make();

    expect(() => new Gateway(chartOf(), 'edge', { servers: [server] })).toThrow(new Error(
      `server "${name}" without a certificate. Mode SIMPLE needs one. Set certificate or credentialName, or serverCertificate and privateKey (at chart/edge)`));
  });

  test('for tcp without a port', () => {
    expect(() => GatewayServer.tcp(undefined as Anything)).toThrow(new Error('props undefined. Expected an object with port (at GatewayServer.tcp)'));
  });

  test('for a host of a server outside a list', () => {
    expect(() => GatewayServer.http({ hosts: 'a.example.com' as Anything })).toThrow(new Error(
      'hosts "a.example.com". Expected a list of strings (at GatewayServer.http)'));
  });

  test.each<[string, Anything, string]>([
    ['a server outside a list', GatewayServer.http(), 'servers an object. Expected a list in which each entry is a GatewayServer, such as GatewayServer.http()'],
    ['a server by its kind', ['http'], 'servers[0] "http". Expected a GatewayServer, such as GatewayServer.http()'],
    ['a server that is nothing', [undefined], 'servers[0] undefined. Expected a GatewayServer, such as GatewayServer.http()'],
  ])('for %s', (_what, servers, message) => {
    expect(() => new Gateway(chartOf(), 'edge', { servers })).toThrow(new Error(`${message} (at chart/edge)`));
  });

  test.each<[string, Anything, string]>([
    ['a host outside a list', { hosts: 'a.example.com' }, 'hosts "a.example.com". Expected a list of strings'],
    ['listeners outside a list', { listeners: {} }, 'listeners an object. Expected a list of objects with hosts and port'],
    ['a listener without hosts', { listeners: [{ port: 80 }] }, 'listeners[0].hosts undefined. Expected a list of strings'],
  ])('for a reference to an existing Gateway with %s', (_what, options, message) => {
    expect(() => Gateway.fromGatewayName(chartOf(), 'edge', 'gw', options)).toThrow(new Error(`${message} (at chart/edge)`));
  });
});

test('a host may be listed twice, with and without a namespace', () => {
  const hosts = ['a.com', 'a.com', 'models/a.com'];
  expect(serverOf(GatewayServer.https({ hosts, credentialName: 'cert' })).hosts).toEqual(hosts);
});

test.each([
  [['*/*', './a.example.com'], './a.example.com'],
  [['*/a.example.com', '*/*'], '*/a.example.com'],
])('fails with hosts %j, on which istiod crashes', (hosts, other) => {
  expect(() => gateway({ servers: [GatewayServer.http({ hosts })] })).toThrow(new Error(
    `hosts "*/*" and "${other}" of server "http". Istiod crashes when a host with a namespace follows `
    + '"*/*", which already includes all hosts. List "*/*" alone (at chart/edge)',
  ));
});

test('all hosts may stand with hosts of a named namespace, which Istio keeps as they are', () => {
  expect(() => gateway({ servers: [GatewayServer.http({ hosts: ['*/*', 'models/a.example.com', 'b.example.com'] })] })).not.toThrow();
});

test('fails when hosts of a TLS server differ only in capitals', () => {
  expect(() => gateway({ servers: [GatewayServer.https({ hosts: ['A.com', 'models/a.com'], credentialName: 'cert' })] }))
    .toThrow(new Error('hosts "A.com" and "a.com" of server "https". TLS server names are not case-sensitive. List the name once (at chart/edge)'));
});

describe('two Gateways of the same pods', () => {
  const https = (hosts?: string[], port?: number) => GatewayServer.https({ hosts, port, credentialName: 'cert' });
  const two = (first: GatewayProps, second: GatewayProps) => () => {
    const chart = chartOf();
    new Gateway(chart, 'one', first);
    return new Gateway(chart, 'two', second);
  };

  test('share ports without TLS, also for the same hosts', () => {
    expect(two({ servers: [GatewayServer.http()] }, { servers: [GatewayServer.http()] })).not.toThrow();
  });

  test('share ports with TLS for other hosts', () => {
    expect(two({ servers: [https(['a.com'])] }, { servers: [https(['b.com'])] })).not.toThrow();
  });

  test('are free where other pods run them, or in another mesh', () => {
    expect(two({ servers: [https()] }, { servers: [https()], selector: { istio: 'own' } })).not.toThrow();
    const app = new App();
    for (const name of ['development', 'production']) {
      const chart = new Chart(app, name, { namespace: 'models' });
      Mesh.configure(chart, {});
      expect(() => new Gateway(chart, 'edge', { servers: [https()] })).not.toThrow();
    }
  });

  test('fails when only one sees TLS', () => {
    expect(two({ servers: [https(undefined, 8080)] }, { servers: [GatewayServer.http({ port: 8080 })] })).toThrow(new Error(
      'server "http-8080" (HTTP) shares port 8080 with server "https-8080" (HTTPS) of chart/one, on the same pods. '
      + 'Give one of them another port or selector (at chart/two)',
    ));
  });

  test('fails when one redirects a host that the other serves', () => {
    expect(two({ servers: [GatewayServer.http()] }, { servers: [GatewayServer.http({ httpsRedirect: true })] })).toThrow(new Error(
      'server "http" of chart/two redirects host "*" on port 80, which server "http" of chart/one serves, on the same pods. '
      + 'All its requests would be redirected. Give one of them another host, port or selector (at chart/two)',
    ));
    expect(two({ servers: [GatewayServer.http()] }, { servers: [GatewayServer.http({ hosts: ['a.com'], httpsRedirect: true })] })).not.toThrow();
  });

  test('fails when both answer for a host with TLS', () => {
    expect(two({ servers: [https(['a.com'])] }, { servers: [https(['models/A.com'])] })).toThrow(new Error(
      'server "https" serves host "a.com" on port 443, as server "https" of chart/one does, on the same pods. '
      + 'Istio would drop one of them. Give one another host, port or selector, or use one Gateway for all routes (at chart/two)',
    ));
  });

  test('fails when both pass TLS for a host on', () => {
    const sealed = { servers: [GatewayServer.passthrough({ hosts: ['a.com'] })] };

    expect(two(sealed, sealed)).toThrow(new Error(
      'server "tls" serves host "a.com" on port 443, as server "tls" of chart/one does, on the same pods. '
      + 'Istio would drop one of them. Give one another host, port or selector, or use one Gateway for all routes (at chart/two)',
    ));
    expect(two(sealed, { servers: [GatewayServer.passthrough({ hosts: ['b.com'] })] })).not.toThrow();
  });

  test('fails when one lists a host next to "*" that a wildcard of the other covers', () => {
    const wide = { servers: [https(['*', 'models/A.com', 'b.org'])] };
    const problem = (at: string, first: string, second: string) => new Error(
      `server "https" of chart/${first} lists host "a.com" next to "*", and server "https" of chart/${second} serves "*.com" on port 443 of the same pods. `
      + 'Istio writes no server names for a server that lists "*", so requests for "a.com" would reach the other server. '
      + `List it in a separate server without "*" (at chart/${at})`,
    );

    expect(two(wide, { servers: [https(['*.com'])] })).toThrow(problem('two', 'one', 'two'));
    expect(two({ servers: [https(['*.com'])] }, wide)).toThrow(problem('two', 'two', 'one'));
    expect(two(wide, { servers: [https(['*.net'])] })).not.toThrow();
    expect(two({ servers: [https(['*'])] }, { servers: [https(['*.com'])] })).not.toThrow();
    expect(two({ servers: [https(['a.com'])] }, { servers: [https(['*.com'])] })).not.toThrow();
    expect(two({ servers: [GatewayServer.http({ hosts: ['*', 'a.com'] })] }, { servers: [GatewayServer.http({ hosts: ['*.com'] })] })).not.toThrow();
  });

  test('are those of which one has the labels of the other', () => {
    const labelled = { istio: 'ingressgateway', app: 'istio-ingressgateway' };
    const problem = /serves host "\*" on port 443, as server "https" of chart\/one does, on the same pods/;

    expect(two({ servers: [https()] }, { servers: [https()], selector: labelled })).toThrow(problem);
    expect(two({ servers: [https()], selector: labelled }, { servers: [https()] })).toThrow(problem);
    expect(two({ servers: [https()], selector: labelled }, { servers: [https()], selector: { ...labelled, app: 'own' } })).not.toThrow();
  });
});
