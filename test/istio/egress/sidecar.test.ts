import { ApiObject, Chart, Duration, Testing } from 'cdk8s';
import { ServiceEntryProtocol } from '../../../src/istio/egress/service-entry';
import { OutboundTrafficMode, Sidecar, SidecarCaptureMode, SidecarProps, SidecarTlsMode } from '../../../src/istio/egress/sidecar';
import { TlsVersion } from '../../../src/istio/gateway/server-tls';
import { testChart } from '../../support/manifests';

const HTTP = { number: 8000, protocol: ServiceEntryProtocol.HTTP };
const HTTPS = { number: 8443, protocol: ServiceEntryProtocol.HTTPS };
const FILES = { serverCertificate: '/tls.crt', privateKey: '/tls.key' };
const HOSTS = ['./*'];
// What callers who write JavaScript may give.
const wrong = (value: unknown) => value as never;

function make(props: SidecarProps, istioVersion?: string, chart: Chart = testChart(istioVersion ? { istioVersion } : undefined)): Sidecar {
  return new Sidecar(chart, 'sidecar', props);
}

function specOf(props: SidecarProps): Record<string, unknown> {
  return ApiObject.of(make(props)).toJson().spec;
}

test('defaultChild', () => {
  expect(ApiObject.of(make({ egress: [{ hosts: HOSTS }] })).kind).toEqual('Sidecar');
});

test('hosts are excluded by a "~" before the namespace', () => {
  const hosts = ['*/*', '~models/*', '~/store.example.com', '~kafka/kafka.example.com'];

  expect(specOf({ egress: [{ hosts }] }).egress).toEqual([{ hosts }]);
  expect(() => make({ egress: [{ hosts }] }, '1.31')).not.toThrow();
  expect(() => make({ egress: [{ hosts: ['~/*'] }] }, '1.20')).not.toThrow();
});

test('a port without a protocol', () => {
  const port = { number: 8000 };

  expect(specOf({ egress: [{ hosts: HOSTS, port }], ingress: [{ port: { ...port, name: 'models' } }] })).toEqual({
    egress: [{ hosts: HOSTS, port: { number: 8000, name: 'port-8000' } }], ingress: [{ port: { number: 8000, name: 'models' } }],
  });
});

test('the minimal Sidecar', () => {
  const chart = testChart();
  make({ egress: [{ hosts: HOSTS }] }, undefined, chart);

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "Sidecar",
    "metadata": {
      "name": "sidecar",
      "namespace": "seldon-mesh",
    },
    "spec": {
      "egress": [
        {
          "hosts": [
            "./*",
          ],
        },
      ],
    },
  },
]
`);
});

test('everything is written', () => {
  const tcp = { maxConnections: 0, connectTimeout: Duration.seconds(1) };
  expect(specOf({
    workloadSelector: { app: 'iris' },
    egress: [
      { port: { ...HTTP, name: 'web' }, bind: '127.0.0.2', captureMode: SidecarCaptureMode.NONE, hosts: ['models/*', '~/*'] },
      { port: { ...HTTP, number: 0, name: 'socket' }, bind: 'unix:///run/store', hosts: ['*/store.example.com'] },
      { hosts: ['*/*'] },
    ],
    ingress: [{ port: HTTP, bind: '127.0.0.3', captureMode: SidecarCaptureMode.DEFAULT, defaultEndpoint: '127.0.0.1:8080', connectionPool: { tcp } }],
    outboundTrafficPolicy: OutboundTrafficMode.ALLOW_ANY,
    inboundConnectionPool: { http: { http2MaxRequests: 0 } },
  })).toEqual({
    workloadSelector: { labels: { app: 'iris' } },
    egress: [
      { port: { name: 'web', number: 8000, protocol: 'HTTP' }, bind: '127.0.0.2', captureMode: 'NONE', hosts: ['models/*', '~/*'] },
      { port: { name: 'socket', number: 0, protocol: 'HTTP' }, bind: 'unix:///run/store', hosts: ['*/store.example.com'] },
      { hosts: ['*/*'] },
    ],
    ingress: [{
      port: { name: 'http-8000', number: 8000, protocol: 'HTTP' },
      bind: '127.0.0.3',
      captureMode: 'DEFAULT',
      defaultEndpoint: '127.0.0.1:8080',
      connectionPool: { tcp: { maxConnections: 0, connectTimeout: '1s' } },
    }],
    outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
    inboundConnectionPool: { http: { http2MaxRequests: 0 } },
  });
});

test('TLS that ends at the pod', () => {
  expect(specOf({
    ingress: [
      { port: HTTPS, tls: FILES, defaultEndpoint: 'unix:///run/model' },
      { port: { ...HTTPS, number: 9443 }, tls: { ...FILES, mode: SidecarTlsMode.MUTUAL, caCertificates: '/ca.crt', minProtocolVersion: TlsVersion.V1_3 } },
    ],
  }).ingress).toEqual([
    { port: { name: 'https-8443', number: 8443, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', ...FILES }, defaultEndpoint: 'unix:///run/model' },
    {
      port: { name: 'https-9443', number: 9443, protocol: 'HTTPS' },
      tls: { mode: 'MUTUAL', ...FILES, caCertificates: '/ca.crt', minProtocolVersion: 'TLSV1_3' },
    },
  ]);
});

test('Sidecars for other pods or namespaces', () => {
  const chart = testChart();
  new Sidecar(chart, 'all', { egress: [{ hosts: HOSTS }] });
  new Sidecar(chart, 'iris', { egress: [{ hosts: HOSTS }], workloadSelector: { app: 'iris' } });
  new Sidecar(chart, 'tools', { egress: [{ hosts: HOSTS }], namespace: 'tools' });

  expect(Testing.synth(chart).length).toEqual(3);
});

test.each<[{ [label: string]: string } | undefined, string]>([[undefined, 'all pods'], [{ app: 'iris', tier: 'x' }, 'the same pods']])(
  'fails with two for pods with labels %j', (workloadSelector, whom) => {
    const chart = testChart();
    new Sidecar(chart, 'a', { egress: [{ hosts: HOSTS }], workloadSelector });
    const again = workloadSelector && { tier: 'x', app: 'iris' };

    expect(() => new Sidecar(chart, 'b', { egress: [{ hosts: HOSTS }], workloadSelector: again })).toThrow(new Error(
      `a second Sidecar for ${whom} of namespace "seldon-mesh", which has test/a. `
      + 'Istio uses only one of them. Put everything into one Sidecar, or select other pods (at test/b)'));
  });

test.each<[() => unknown, string]>([
  [() => make({}),
    'a Sidecar without settings. Set egress, ingress, outboundTrafficPolicy or inboundConnectionPool (at test/sidecar)'],
  [() => make(wrong(null)),
    'props null. Expected an object with egress, inboundConnectionPool, ingress or outboundTrafficPolicy (at test/sidecar)'],
  [() => make({ egress: wrong('x') }),
    'egress "x". Expected a list of objects with hosts (at test/sidecar)'],
  [() => make({ ingress: wrong('x') }),
    'ingress "x". Expected a list of objects with port, bind, captureMode or connectionPool (at test/sidecar)'],
  [() => make({ outboundTrafficPolicy: wrong('NONE') }),
    'outboundTrafficPolicy "NONE". Expected one of REGISTRY_ONLY, ALLOW_ANY (at test/sidecar)'],
  [() => make({ workloadSelector: {}, egress: [{ hosts: HOSTS }] }),
    'workloadSelector with 0 labels. Expected 1 to 256, since no label would select all pods of the namespace (at test/sidecar)'],
  [() => make({ egress: [wrong(null)] }),
    'egress[0] null. Expected an object with hosts (at test/sidecar)'],
  [() => make({ egress: [{ hosts: [] }] }),
    'egress[0] without a host. List at least one, such as "./*" (at test/sidecar)'],
  [() => make({ egress: [{ hosts: wrong('x') }] }),
    'egress[0].hosts "x". Expected a list of strings (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['store.example.com'] }] }),
    'egress[0].hosts "store.example.com". Expected a namespace, "." or "*", followed by a slash and "*" or a full DNS name, such as "models/iris.models.svc.cluster.local" (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['models/store'] }] }),
    'egress[0].hosts "models/store". Expected a namespace, "." or "*", followed by a slash and "*" or a full DNS name, such as "models/iris.models.svc.cluster.local" (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['a_b/*'] }] }),
    'egress[0].hosts "a_b/*". Expected a namespace, "." or "*", followed by a slash and "*" or a full DNS name, such as "models/iris.models.svc.cluster.local" (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['./*-eu.example.com'] }] }),
    'egress[0].hosts "./*-eu.example.com". Expected a namespace, "." or "*", followed by a slash and "*" or a full DNS name, such as "models/iris.models.svc.cluster.local" (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['./*', './*'] }] }),
    'egress[0].hosts with "./*" twice. List each host once (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['*/*', './*'] }] }),
    'egress[0].hosts with "*/*" and others. "*/*" includes all hosts. List it alone (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['*/*', '~models/*'] }] }, '1.30'),
    'egress[0].hosts "~models/*" with istioVersion "1.30". Istio has this field only since 1.31. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['~models/*', '~/a.com'] }] }),
    'egress[0].hosts with exclusions only. Add the hosts from which they are excluded, such as "*/*" (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['*/*', '~a_b/*'] }] }),
    'egress[0].hosts "~a_b/*". Expected a namespace, "." or "*", followed by a slash and "*" or a full DNS name, such as "models/iris.models.svc.cluster.local" (at test/sidecar)'],
  [() => make({ ingress: [{ port: { number: 8443 }, tls: { mode: SidecarTlsMode.SIMPLE, ...FILES } }] }),
    'ingress[0].tls with no protocol. Expected HTTPS or TLS (at test/sidecar)'],
  [() => make({ egress: [{ hosts: ['./a.com', './*'] }] }),
    'egress[0].hosts with "./a.com" and "./*". The second covers the first. Leave one of them out (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS }, { hosts: HOSTS }] }),
    'egress[0] without a port before another listener. Only the last listener may have no port, since it is for all other ports. Set its port, or move it to the end (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, port: HTTP }, { hosts: HOSTS, port: HTTP }] }),
    'egress[1] with port 8000, which another listener uses. Use one listener for each port (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, bind: 'localhost' }] }),
    'egress[0].bind "localhost". Expected an IP address, or port 0 and unix:// followed by the path of a socket (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, port: { ...HTTP, number: 70000 } }] }),
    'egress[0].port.number 70000. Expected a whole number from 1 to 65535 (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, port: { ...HTTP, number: 0 } }] }),
    'egress[0] with port 0 and bind undefined. Expected unix:// followed by the absolute path of a socket (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, port: { ...HTTP, number: 0 }, bind: 'unix:///a', captureMode: SidecarCaptureMode.IPTABLES }] }),
    'egress[0] with a socket and captureMode "IPTABLES". Set DEFAULT or NONE (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, port: { ...HTTP, number: 0 }, bind: 'unix:///a' }, { hosts: HOSTS, port: { ...HTTP, number: 0 }, bind: 'unix:///a' }] }),
    'egress[1] with bind "unix:///a", which another listener uses. Use one listener for each socket (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, captureMode: wrong('x') }] }),
    'egress[0].captureMode "x". Expected one of DEFAULT, IPTABLES, NONE (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, port: wrong({ number: 1, protocol: 'http' }) }] }),
    'egress[0].port.protocol "http". Expected one of HTTP, HTTPS, HTTP2, HTTP_PROXY, GRPC, GRPC-Web, TLS, TCP, MONGO, MYSQL, REDIS (at test/sidecar)'],
  [() => make({ egress: [{ hosts: HOSTS, port: { ...HTTP, name: 'a b' } }] }),
    'egress[0].port.name "a b". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends (at test/sidecar)'],
  [() => make({ ingress: [wrong({})] }),
    'ingress[0] without a port. Set port to a port of the pods (at test/sidecar)'],
  [() => make({ ingress: [{ port: { ...HTTP, number: 0 } }] }),
    'ingress[0].port.number 0. Expected a whole number from 1 to 65535 (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTP }, { port: HTTP }] }),
    'ingress[1] with port 8000, which another listener uses. Use one listener for each port (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTP, bind: 'x' }] }),
    'ingress[0].bind "x". Expected an IP address (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTP, defaultEndpoint: '10.0.0.1:80' }] }),
    'ingress[0].defaultEndpoint "10.0.0.1:80". Expected 127.0.0.1, 0.0.0.0, [::1] or [::] with a port, or unix:// followed by the path of a socket (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTP, defaultEndpoint: 'unix://a' }] }),
    'ingress[0].defaultEndpoint "unix://a". Expected 127.0.0.1, 0.0.0.0, [::1] or [::] with a port, or unix:// followed by the path of a socket (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTP, defaultEndpoint: wrong(8080) }] }),
    'ingress[0].defaultEndpoint 8080. Expected 127.0.0.1, 0.0.0.0, [::1] or [::] with a port, or unix:// followed by the path of a socket (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTP, defaultEndpoint: '127.0.0.1:http' }] }),
    'ingress[0].defaultEndpoint "127.0.0.1:http". Expected 127.0.0.1, 0.0.0.0, [::1] or [::] with a port, or unix:// followed by the path of a socket (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTP, tls: FILES }] }),
    'ingress[0].tls with protocol HTTP. Expected HTTPS or TLS (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTPS, tls: { ...FILES, mode: wrong('ISTIO_MUTUAL') } }] }),
    'ingress[0].tls.mode "ISTIO_MUTUAL". Expected one of SIMPLE, MUTUAL, OPTIONAL_MUTUAL (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTPS, tls: { ...FILES, mode: SidecarTlsMode.MUTUAL } }] }),
    'ingress[0] without caCertificates. Mode MUTUAL with files needs them to verify client certificates. Set caCertificates (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTPS, tls: FILES }] }, '1.12'),
    'ingress[0].tls with istioVersion "1.12". Istio has this field only since 1.13. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTPS, connectionPool: { http: {} } }] }),
    'ingress[0].connectionPool.http with protocol HTTPS. Istio applies only connectionPool.tcp to this protocol. Leave http out (at test/sidecar)'],
  [() => make({ ingress: [{ port: HTTP, connectionPool: {} }] }),
    'ingress[0].connectionPool without settings. Set tcp or http, or leave it out (at test/sidecar)'],
  [() => make({ inboundConnectionPool: {} }),
    'inbound.connectionPool without settings. Set tcp or http, or leave it out (at test/sidecar)'],
  [() => make({ inboundConnectionPool: { tcp: {} } }, '1.19'),
    'inboundConnectionPool with istioVersion "1.19". Istio has this field only since 1.20. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/sidecar)'],
])('fails: %s', (act, message) => {
  expect(act).toThrow(new Error(message));
});
