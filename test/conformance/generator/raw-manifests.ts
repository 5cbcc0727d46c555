import { plain, Random } from '../answers/random';
import { Manifest } from '../harness/manifests';

// Manifests that refer to each other, often wrongly: the names, hosts, ports, subsets and labels are few, and chosen independently.

const NAMESPACES = ['models', 'web'];
const HOSTS = ['a.test', 'b.test', '*.test', '*', 'c.example.com'];
const SERVICES = ['iris', 'wine', 'seldon-mesh'];

/** Objects of one kind that have the same name in the same namespace are one. */
function distinct(manifests: readonly Manifest[]): Manifest[] {
  return [...new Map(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.namespace}/${manifest.metadata.name}`, manifest])).values()];
}

/** A set of manifests. */
export function rawManifests(seed: number): Manifest[] {
  const random = new Random(seed);
  return plain(distinct([
    ...namespaces(random),
    ...random.list(1, 3, () => service(random)).flat(),
    ...random.chance(0.6) ? ingress() : [],
    ...random.list(1, 2, () => gateway(random)),
    ...random.chance(0.5) ? [serviceEntry(random)] : [],
    ...random.list(1, 3, (i) => virtualService(random, `vs${i}`)),
    ...random.list(0, 2, (i) => destinationRule(random, `dr${i}`)),
    ...random.list(0, 1, (i) => authorizationPolicy(random, `ap${i}`)),
    ...random.list(0, 2, (i) => sidecar(random, `sc${i}`)),
    ...random.chance(0.2) ? [peerAuthentication(random)] : [],
  ]));
}

function object(apiVersion: string, kind: string, namespace: string | undefined, name: string, spec?: unknown, labels?: object): Manifest {
  return { apiVersion, kind, metadata: { name, namespace, labels }, spec } as Manifest;
}

const istio = (kind: string, namespace: string, name: string, spec: unknown) => object('networking.istio.io/v1', kind, namespace, name, spec);
const security = (kind: string, namespace: string, name: string, spec: unknown) => object('security.istio.io/v1', kind, namespace, name, spec);

function namespaces(random: Random): Manifest[] {
  return [...NAMESPACES, 'istio-system'].map((name) => object('v1', 'Namespace', undefined, name, undefined, random.chance(0.8) ? { 'istio-injection': 'enabled' } : {}));
}

function service(random: Random): Manifest[] {
  const [name, namespace] = [random.pick(SERVICES), random.pick(NAMESPACES)];
  const ports = random.chance(0.7) ? [{ name: random.pick(['http', 'grpc', 'data']), port: 80 }] : [{ name: 'http', port: 80 }, { name: 'grpc', port: 9000 }];
  const pods = { metadata: { labels: { app: name, version: random.pick(['v1', 'v2']) } }, spec: { containers: [{ name: 'model', image: 'model' }] } };
  const deployment = object('apps/v1', 'Deployment', namespace, name, { selector: { matchLabels: { app: name } }, template: pods });
  return [object('v1', 'Service', namespace, name, { selector: { app: name }, ports }), ...random.chance(0.8) ? [deployment] : []];
}

function ingress(): Manifest[] {
  const ports = [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'https', port: 443, targetPort: 8443 }];
  return [
    object('v1', 'Service', 'istio-system', 'ingress', { type: 'LoadBalancer', selector: { istio: 'ingressgateway' }, ports }),
    object('v1', 'Pod', 'istio-system', 'ingress-1', { containers: [{ name: 'istio-proxy', image: 'proxy' }] }, { istio: 'ingressgateway' }),
  ];
}

function gateway(random: Random): Manifest {
  const servers = random.list(1, 2, (i) => (random.chance(0.3)
    ? { port: { number: 443, name: `https-${i}`, protocol: 'HTTPS' }, hosts: [random.pick(HOSTS)], tls: { mode: 'SIMPLE', credentialName: random.pick(['cert', 'other']) } }
    : { port: { number: random.pick([80, 80, 8080]), name: `http-${i}`, protocol: 'HTTP' }, hosts: [random.pick(['', '', '', 'models/', './', '*/', 'web/']) + random.pick(HOSTS)] }));
  const selector = { istio: random.chance(0.8) ? 'ingressgateway' : 'other' };
  return istio('Gateway', random.pick(['istio-system', 'models']), random.pick(['gw', 'gw2']), { selector, servers });
}

function serviceEntry(random: Random): Manifest {
  return istio('ServiceEntry', random.pick(NAMESPACES), 'store', {
    hosts: [random.pick(['c.example.com', 'store.example.com', '*.example.com'])],
    location: 'MESH_EXTERNAL',
    resolution: 'NONE',
    ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    exportTo: random.maybe(0.3, () => ['.']),
  });
}

function destination(random: Random): object {
  const host = random.pick([
    'iris', 'wine', 'iris.models', 'iris.models.svc.cluster.local', 'wine.web.svc.cluster.local', 'c.example.com', 'nope', 'store.example.com',
  ]);
  const port = random.maybe(0.5, () => ({ number: random.pick([80, 9000, 443]) }));
  return { host, port, subset: random.maybe(0.35, () => random.pick(['v1', 'v2', 'v3'])) };
}

function httpRule(random: Random, name: string): object {
  const arm = () => ({ destination: destination(random) });
  const route = random.chance(0.4) ? [50, 50].map((weight) => ({ ...arm(), weight })) : [arm()];
  return { name, match: random.maybe(0.7, () => [match(random)]), route, mirror: random.maybe(0.15, () => destination(random)) };
}

function match(random: Random): object {
  return {
    uri: { [random.pick(['prefix', 'exact', 'regex'])]: random.pick(['/', '/v2/', '/v2/models/iris', '/iris', '/a']) },
    headers: random.maybe(0.3, () => ({ 'seldon-model': { exact: 'iris' } })),
    method: random.maybe(0.15, () => ({ exact: 'GET' })),
    ignoreUriCase: random.maybe(0.1, () => true),
    port: random.maybe(0.1, () => 80),
  };
}

function virtualService(random: Random, name: string): Manifest {
  const isMesh = random.chance(0.3);
  const ofMesh = ['iris', 'wine', 'iris.models.svc.cluster.local', 'c.example.com', 'nope.web.svc.cluster.local'];
  const hosts = isMesh ? [random.pick(ofMesh)] : [random.pick(HOSTS), ...random.chance(0.2) ? ['d.test'] : []];
  const gateways = isMesh ? random.maybe(0.5, () => ['mesh']) : [random.pick(['istio-system/gw', 'gw', 'gw2', 'istio-system/gw2', 'models/gw', 'nope', 'istio-system/nope'])];
  const http = random.list(1, 3, (i) => httpRule(random, `r${i}`));
  return istio('VirtualService', random.pick(NAMESPACES), name, { hosts, gateways, http, exportTo: random.maybe(0.1, () => [random.pick(['.', 'web', '*'])]) });
}

function destinationRule(random: Random, name: string): Manifest {
  const host = random.pick(['iris', 'wine', 'iris.models.svc.cluster.local', 'nope', 'c.example.com', '*.example.com', 'wine.web.svc.cluster.local']);
  const subsets = random.list(1, 2, (i) => ({ name: `v${i + 1}`, labels: { version: random.pick(['v1', 'v2', 'v9']) } }));
  const tls = random.maybe(0.3, () => ({ mode: random.pick(['ISTIO_MUTUAL', 'SIMPLE', 'DISABLE', 'MUTUAL']) }));
  return istio('DestinationRule', random.pick(NAMESPACES), name, { host, subsets, trafficPolicy: tls === undefined ? undefined : { tls } });
}

function authorizationPolicy(random: Random, name: string): Manifest {
  const from = random.maybe(0.6, () => [{ source: { namespaces: [random.pick(['models', 'web', 'nowhere', 'istio-system', 'mod*'])] } }]);
  const to = random.maybe(0.6, () => [{ operation: random.pick<object>([{ hosts: ['a.test'] }, { methods: ['GET'] }, { paths: ['/v2/*'] }, { ports: ['80'] }]) }]);
  const matchLabels = random.pick<object>([{ app: 'iris' }, { app: 'nope' }, { istio: 'ingressgateway' }]);
  return security('AuthorizationPolicy', random.pick([...NAMESPACES, 'istio-system']), name, {
    selector: random.maybe(0.6, () => ({ matchLabels })), action: random.pick(['ALLOW', 'DENY']), rules: [{ from, to }],
  });
}

function sidecar(random: Random, name: string): Manifest {
  return istio('Sidecar', random.pick(NAMESPACES), name, {
    workloadSelector: random.maybe(0.6, () => ({ labels: { app: random.pick(['iris', 'nope']) } })),
    egress: [{ hosts: [random.pick(['./*', 'istio-system/*', '*/*', 'nope/*'])] }],
  });
}

function peerAuthentication(random: Random): Manifest {
  return security('PeerAuthentication', random.pick([...NAMESPACES, 'istio-system']), 'mtls', { mtls: { mode: random.pick(['STRICT', 'PERMISSIVE']) } });
}
