import { ApiObject, Chart, Testing } from 'cdk8s';
import {
  ServiceEntry, ServiceEntryLocation, ServiceEntryProps, ServiceEntryProtocol, ServiceEntryResolution,
} from '../../../src/istio/egress/service-entry';
import { testChart } from '../../support/manifests';

const TLS = { number: 443, protocol: ServiceEntryProtocol.TLS };
const HTTP = { number: 80, protocol: ServiceEntryProtocol.HTTP };
const TCP = { number: 9000, protocol: ServiceEntryProtocol.TCP };
const { NONE, STATIC, DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS } = ServiceEntryResolution;
const HOST = 'models.example.com';
// What callers who write JavaScript may give.
const wrong = (value: unknown) => value as never;

function make(
  props: Partial<ServiceEntryProps>, istioVersion?: string, chart: Chart = testChart(istioVersion ? { istioVersion } : undefined),
): ServiceEntry {
  return new ServiceEntry(chart, 'entry', { hosts: [HOST], ports: [TLS], ...props });
}

function specOf(props: Partial<ServiceEntryProps>): Record<string, unknown> {
  return ApiObject.of(make(props)).toJson().spec;
}

test('defaultChild', () => {
  expect(ApiObject.of(make({})).kind).toEqual('ServiceEntry');
});

test('the minimal ServiceEntry', () => {
  const chart = testChart();
  make({}, undefined, chart);

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "ServiceEntry",
    "metadata": {
      "name": "entry",
      "namespace": "seldon-mesh",
    },
    "spec": {
      "hosts": [
        "models.example.com",
      ],
      "ports": [
        {
          "name": "tls-443",
          "number": 443,
          "protocol": "TLS",
        },
      ],
    },
  },
]
`);
});

test('an old release gets v1beta1', () => {
  expect(ApiObject.of(make({}, '1.21')).apiVersion).toEqual('networking.istio.io/v1beta1');
});

test('everything is written', () => {
  expect(specOf({
    hosts: [HOST],
    addresses: ['10.0.0.0/8'],
    ports: [{ ...HTTP, name: 'web', targetPort: 443 }],
    location: ServiceEntryLocation.MESH_INTERNAL,
    resolution: STATIC,
    exportTo: ['.', 'guests'],
    subjectAltNames: ['store'],
    endpoints: [{ address: '10.0.0.5', ports: { web: 8443 }, labels: { app: 'store' }, network: 'n', locality: 'r/z', weight: 0, serviceAccount: 's' }],
  })).toEqual({
    hosts: [HOST],
    addresses: ['10.0.0.0/8'],
    ports: [{ name: 'web', number: 80, protocol: 'HTTP', targetPort: 443 }],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    exportTo: ['.', 'guests'],
    subjectAltNames: ['store'],
    endpoints: [{ address: '10.0.0.5', ports: { web: 8443 }, labels: { app: 'store' }, network: 'n', locality: 'r/z', weight: 0, serviceAccount: 's' }],
  });
});

test('the default name of a port without a protocol is its number, and endpoints refer to it', () => {
  expect(specOf({ ports: [{ number: 8080 }], resolution: STATIC, endpoints: [{ address: '10.0.0.5', ports: { 'port-8080': 80 } }] }).ports)
    .toEqual([{ name: 'port-8080', number: 8080 }]);
});

test('pods of the namespace can be the servers', () => {
  expect(specOf({ resolution: STATIC, workloadSelector: { app: 'store' } }).workloadSelector).toEqual({ labels: { app: 'store' } });
});

test.each<[Partial<ServiceEntryProps>]>([
  [{ hosts: ['*.example.com'], resolution: NONE }],
  [{ hosts: ['*.example.com'], resolution: DYNAMIC_DNS }],
  [{ hosts: ['*.example.com'], resolution: DNS, endpoints: [{ address: HOST }] }],
  [{ hosts: ['10'], resolution: DNS, endpoints: [{ address: HOST }] }],
  [{ resolution: DNS_ROUND_ROBIN, endpoints: [{ address: HOST }] }],
  [{ resolution: STATIC, endpoints: [{ address: 'unix:///run/store' }] }],
  [{ resolution: STATIC, endpoints: [{ network: 'far' }] }],
  [{ ports: [TCP], addresses: ['10.0.0.1'] }],
  [{ ports: [{ number: 80 }], addresses: ['10.0.0.1'] }],
  [{ ports: [{ number: 80 }], resolution: DNS }],
  [{ exportTo: ['~'] }],
])('%j is taken', (props) => {
  expect(make(props).hosts).toEqual(props.hosts ?? [HOST]);
});

test('one host may be known to different namespaces by different entries', () => {
  const chart = testChart();
  new ServiceEntry(chart, 'a', { hosts: [HOST], ports: [TLS], exportTo: ['.'] });
  new ServiceEntry(chart, 'b', { hosts: [HOST], ports: [TLS], exportTo: ['guests'] });
  new ServiceEntry(chart, 'c', { hosts: [HOST], ports: [TLS], namespace: 'tools', exportTo: ['.'] });
  new ServiceEntry(chart, 'd', { hosts: [HOST], ports: [TLS], exportTo: ['~'] });

  expect(Testing.synth(chart).length).toEqual(4);
});

test.each([[undefined], [['*']], [['seldon-mesh']], [[]]])('fails with a second entry that a namespace sees, exportTo %j', (exportTo) => {
  const chart = testChart();
  new ServiceEntry(chart, 'a', { hosts: [HOST], ports: [TLS], exportTo: ['.'] });

  expect(() => new ServiceEntry(chart, 'b', { hosts: ['Models.example.com'], ports: [TLS], exportTo })).toThrow(new Error(
    'a second entry for host "Models.example.com", which has test/a. A namespace that sees both gets one of them, or a mixture. '
    + 'Put everything about the host into one entry, or export them to different namespaces (at test/b)'));
});

test.each<[() => unknown, string]>([
  [() => make({ hosts: wrong('x') }),
    'hosts "x". Expected a list of strings (at test/entry)'],
  [() => make({ hosts: [] }),
    '0 hosts. Expected 1 to 256 (at test/entry)'],
  [() => make({ hosts: ['*'] }),
    'host "*". Expected a DNS name such as "models.example.com", or a wildcard such as "*.example.com", without scheme, port or path. Put IP addresses into addresses (at test/entry)'],
  [() => make({ hosts: ['https://models.example.com'] }),
    'host "https://models.example.com". Expected a DNS name such as "models.example.com", or a wildcard such as "*.example.com", without scheme, port or path. Put IP addresses into addresses (at test/entry)'],
  [() => make({ hosts: ['models.example.com/x'] }),
    'host "models.example.com/x". Expected a DNS name such as "models.example.com", or a wildcard such as "*.example.com", without scheme, port or path. Put IP addresses into addresses (at test/entry)'],
  [() => make({ hosts: ['10.0.0.1'] }),
    'host "10.0.0.1". Expected a DNS name such as "models.example.com", or a wildcard such as "*.example.com", without scheme, port or path. Put IP addresses into addresses (at test/entry)'],
  [() => make({ hosts: ['*-eu.example.com'] }),
    'host "*-eu.example.com". Expected a DNS name such as "models.example.com", or a wildcard such as "*.example.com", without scheme, port or path. Put IP addresses into addresses (at test/entry)'],
  [() => make({ hosts: [HOST, HOST] }),
    'host "models.example.com" twice. List each host once (at test/entry)'],
  [() => make({ ports: wrong(undefined) }),
    'ports undefined. Expected a list of objects with number (at test/entry)'],
  [() => make({ ports: [] }),
    '0 ports. Expected 1 to 256 (at test/entry)'],
  [() => make({ ports: [wrong(443)] }),
    'ports[0] 443. Expected an object with number (at test/entry)'],
  [() => make({ ports: [{ ...TLS, number: 0 }] }),
    'port 0. Expected a whole number from 1 to 65535 (at test/entry)'],
  [() => make({ ports: [wrong({ number: 443, protocol: 'QUIC' })] }),
    'ports[0].protocol "QUIC". Expected one of HTTP, HTTPS, HTTP2, HTTP_PROXY, GRPC, GRPC-Web, TLS, TCP, MONGO, MYSQL, REDIS (at test/entry)'],
  [() => make({ ports: [TLS, { ...HTTP, number: 443 }] }),
    'port 443 twice. List each port once (at test/entry)'],
  [() => make({ ports: [{ ...TLS, name: 'a' }, { ...HTTP, name: 'a' }] }),
    'two ports named "a". Give each port its own name (at test/entry)'],
  [() => make({ ports: [{ ...TLS, name: 'a_b' }] }),
    'name of port 443 "a_b". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends (at test/entry)'],
  [() => make({ ports: [{ ...TLS, targetPort: 70000 }] }),
    'targetPort of port 443 70000. Expected a whole number from 1 to 65535 (at test/entry)'],
  [() => make({ addresses: ['10.0.0.0/33'] }),
    'address "10.0.0.0/33". Expected an IP address or a CIDR block such as "10.0.0.0/8" (at test/entry)'],
  [() => make({ addresses: ['10.0.0.1', '10.0.0.1'] }),
    'address "10.0.0.1" twice. List each address once (at test/entry)'],
  [() => make({ addresses: ['10.0.0.0/8'], resolution: DNS }),
    'address "10.0.0.0/8" with resolution "DNS". Istio accepts CIDR blocks only with NONE and STATIC. Set one of these (at test/entry)'],
  [() => make({ hosts: ['10'], resolution: DNS }),
    'host "10" with resolution "DNS" and no endpoint. A DNS name cannot end in a number. Set the full name, or endpoints (at test/entry)'],
  [() => make({ hosts: ['10'], resolution: DNS_ROUND_ROBIN }),
    'host "10" with resolution "DNS_ROUND_ROBIN" and no endpoint. A DNS name cannot end in a number. Set the full name, or endpoints (at test/entry)'],
  [() => make({ resolution: wrong('dns') }),
    'resolution "dns". Expected one of NONE, STATIC, DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS (at test/entry)'],
  [() => make({ location: wrong('x') }),
    'location "x". Expected one of MESH_EXTERNAL, MESH_INTERNAL (at test/entry)'],
  [() => make({ hosts: ['*.example.com'], resolution: DYNAMIC_DNS }, '1.27'),
    'resolution "DYNAMIC_DNS" with istioVersion "1.27". Istio has this field only since 1.28. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/entry)'],
  [() => make({ resolution: DNS_ROUND_ROBIN }, '1.11'),
    'resolution "DNS_ROUND_ROBIN" with istioVersion "1.11". Istio has this field only since 1.12. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/entry)'],
  [() => make({ hosts: ['*.example.com'], resolution: DNS }),
    'host "*.example.com" with resolution "DNS" and no endpoint. DNS cannot resolve a wildcard. Set NONE, or DYNAMIC_DNS with Istio 1.28 or later, or list the hosts (at test/entry)'],
  [() => make({ resolution: DYNAMIC_DNS }),
    'host "models.example.com" with resolution "DYNAMIC_DNS". Istio accepts only wildcards there. Set DNS (at test/entry)'],
  [() => make({ hosts: ['*.example.com'], resolution: DYNAMIC_DNS, addresses: ['10.0.0.1'] }),
    'addresses with resolution "DYNAMIC_DNS". The host of each request is resolved by DNS. Leave them out, or set NONE (at test/entry)'],
  [() => make({ hosts: ['*.example.com'], resolution: DYNAMIC_DNS, ports: [{ number: 443, protocol: ServiceEntryProtocol.HTTPS }] }),
    'port 443 with protocol HTTPS and resolution "DYNAMIC_DNS". Expected one of HTTP, HTTP2, GRPC, TLS (at test/entry)'],
  [() => make({ hosts: ['*.example.com'], resolution: DYNAMIC_DNS, location: ServiceEntryLocation.MESH_INTERNAL, metadata: { labels: { 'istio.io/use-waypoint': 'w' } } }),
    'location "MESH_INTERNAL" with resolution "DYNAMIC_DNS" and label istio.io/use-waypoint. Istio does not support this through a waypoint. Leave the label out, or set MESH_EXTERNAL (at test/entry)'],
  [() => make({ ports: [TCP] }),
    'port 9000 with protocol TCP, resolution "NONE" and no address. The entry would apply to all connections to that port, whatever their host. Set addresses (at test/entry)'],
  [() => make({ ports: [{ number: 80 }] }),
    'port 80 without a protocol, resolution "NONE" and no address. The entry would apply to all connections to that port, whatever their host. Set addresses, '
    + 'or a protocol whose requests contain their host, such as HTTP or TLS (at test/entry)'],
  [() => make({ hosts: ['*.example.com'], resolution: DYNAMIC_DNS, ports: [{ number: 80 }] }),
    'port 80 without a protocol and resolution "DYNAMIC_DNS". Expected one of HTTP, HTTP2, GRPC, TLS (at test/entry)'],
  [() => make({ hosts: ['a.com', 'b.com'], resolution: DNS, ports: [{ number: 80 }] }),
    '2 hosts and port 80 without a protocol and resolution "DNS". Such connections do not contain their host. Create an entry for each host (at test/entry)'],
  [() => make({ resolution: STATIC }),
    'resolution "STATIC" without endpoints. There is nothing to forward requests to. Set endpoints or a workloadSelector (at test/entry)'],
  [() => make({ endpoints: [{ address: '10.0.0.1' }] }),
    'endpoints with resolution "NONE". Requests would not reach them. Set STATIC for addresses, or DNS for names (at test/entry)'],
  [() => make({ endpoints: wrong('x') }),
    'endpoints "x". Expected a list of objects with address, labels, locality or network (at test/entry)'],
  [() => make({ resolution: DNS_ROUND_ROBIN, endpoints: [{ address: 'a.com' }, { address: 'b.com' }] }),
    '2 endpoints with resolution "DNS_ROUND_ROBIN". Expected at most 1. Set DNS for several (at test/entry)'],
  [() => make({ hosts: ['a.com', 'b.com'], resolution: DNS, ports: [TCP] }),
    '2 hosts and port 9000 with protocol TCP and resolution "DNS". Such connections do not contain their host. Create an entry for each host (at test/entry)'],
  [() => make({ hosts: ['a.com', 'b.com'], resolution: DNS, addresses: ['10.0.0.1'] }),
    '2 hosts with addresses and a port that is not HTTP. An address belongs to one host there. Create an entry for each host (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [wrong('10.0.0.1')] }),
    'endpoints[0] "10.0.0.1". Expected an object with address, labels, locality or network (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [{}] }),
    'endpoints[0] without an address. Set an address or a network (at test/entry)'],
  [() => make({ resolution: DNS, endpoints: [{ network: 'n' }] }),
    'endpoints[0] without an address. Set an address (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [{ address: 'a.com' }] }),
    'endpoints[0].address "a.com" with resolution "STATIC". Expected an IP address. For a DNS name set DNS (at test/entry)'],
  [() => make({ resolution: DNS, endpoints: [{ address: 'a b' }] }),
    'endpoints[0].address "a b" with resolution "DNS". Expected a DNS name or an IP address (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [{ address: wrong(5) }] }),
    'endpoints[0].address 5. Expected a string (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [{ address: '10.0.0.1', ports: { web: 80 } }] }),
    'endpoints[0].ports "web". Expected the name of a port of the entry: "tls-443" (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [{ address: '10.0.0.1', ports: { 'tls-443': 0 } }] }),
    'endpoints[0].ports.tls-443 0. Expected a whole number from 1 to 65535 (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [{ address: '10.0.0.1', weight: -1 }] }),
    'endpoints[0].weight -1. Expected a whole number from 0 to 4294967295 (at test/entry)'],
  [() => make({ resolution: DNS, endpoints: [{ address: 'unix:///a' }] }),
    'endpoints[0].address "unix:///a" with resolution "DNS". A socket requires STATIC (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [{ address: 'unix://a' }] }),
    'endpoints[0].address "unix://a". Expected unix:// followed by the absolute path of a socket, or unix://@ followed by a name (at test/entry)'],
  [() => make({ resolution: STATIC, endpoints: [{ address: 'unix:///a', ports: { 'tls-443': 1 } }] }),
    'endpoints[0] with a socket and ports. A Unix socket has no port. Leave ports out (at test/entry)'],
  [() => make({ resolution: STATIC, ports: [TLS, HTTP], endpoints: [{ address: 'unix:///a' }] }),
    'endpoints[0] with a socket in an entry of 2 ports. Expected exactly 1 (at test/entry)'],
  [() => make({ resolution: STATIC, workloadSelector: { app: 'a' }, endpoints: [] }),
    'workloadSelector and endpoints. Set one of the two, either the labels of the pods or the addresses (at test/entry)'],
  [() => make({ workloadSelector: { app: 'a' } }),
    'workloadSelector with resolution "NONE". Requests would not reach the selected pods. Set STATIC (at test/entry)'],
  [() => make({ resolution: STATIC, workloadSelector: {} }),
    'workloadSelector with 0 labels. Expected 1 to 256, since no label would select all pods of the namespace (at test/entry)'],
  [() => make({ resolution: STATIC, workloadSelector: { app: '*' } }),
    'workloadSelector with label "app" and value "*". Expected a label and a value, without wildcards (at test/entry)'],
  [() => make({ exportTo: ['~', 'a'] }),
    'exportTo "~" together with "a". "~" means no namespace. List it alone (at test/entry)'],
  [() => make({ exportTo: ['*', 'a'] }),
    'exportTo "*" together with "a". "*" covers all namespaces. List it alone (at test/entry)'],
  [() => make({ subjectAltNames: [wrong(1)] }),
    'subjectAltNames[0] 1. Expected a string (at test/entry)'],
  [() => new ServiceEntry(testChart(), 'entry', wrong(undefined)),
    'props undefined. Expected an object with hosts and ports (at test/entry)'],
])('fails: %s', (act, message) => {
  expect(act).toThrow(new Error(message));
});
