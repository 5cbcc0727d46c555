import { AnswerSet, CLIENTS, EntryPoint, Names, SetClient } from './set';
import { networking, virtualServices } from './virtual-services';
import { Manifest } from '../../harness/manifests';
import { Random } from '../random';

/** A Gateway with its servers, and where its requests enter. */
interface Entrance {
  readonly gateways: readonly Manifest[];
  readonly entryPoints: readonly EntryPoint[];
  readonly kind: string;
}

const INGRESS = { istio: 'ingressgateway' };
const PRIVATE = { istio: 'private' };

/** A Gateway. */
export const gatewayOf = (name: string, namespace: string, selector: object, servers: readonly object[]) => networking('Gateway', name, namespace, { selector, servers });
/** A server without TLS. */
export const http = (port: number, hosts: readonly string[], tls?: object) => ({ port: { number: port, name: `http-${port}`, protocol: 'HTTP' }, hosts: [...hosts], ...tls === undefined ? {} : { tls } });
const https = (port: number, hosts: readonly string[], mode: string, id: string) => (
  { port: { number: port, name: `https-${port}-${id}`, protocol: 'HTTPS' }, hosts: [...hosts], tls: { mode, credentialName: `cert-${mode.toLowerCase()}` } }
);

/** Hosts of servers. */
function serverHosts(random: Random, { a, b, hosts, domain }: Names): string[] {
  return random.pick<string[]>([
    ['*'], ['*'], [hosts.wild], [hosts.a, hosts.wildBelow], [`${a}/*`, `${b}/${hosts.a}`], [hosts.b, hosts.a, 'other.org'], [`./${hosts.a}`, hosts.b], [`*/${hosts.wild}`, 'other.org'], [hosts.a, `A.${domain}`.toUpperCase()],
  ]);
}

function entrance(random: Random, names: Names): Entrance {
  const { port, index, hosts } = names;
  const namespace = random.pick(['istio-system', 'istio-system', names.a]);
  const entryPoint = (number: number, more: Partial<EntryPoint> = {}): EntryPoint => ({ kind: 'gateway', proxy: 'istio=ingressgateway', port: number, hosts: Object.values(hosts), ...more } as EntryPoint);
  const one = () => gatewayOf(`gw-${index}`, namespace, INGRESS, [http(port, serverHosts(random, names))]);
  const kind = random.pick(['one', 'one', 'one', 'several servers', 'two gateways', 'redirect', 'tls', 'mutual', 'private']);
  switch (kind) {
    case 'several servers': return {
      kind,
      gateways: [gatewayOf(`gw-${index}`, namespace, INGRESS, [http(port, [hosts.a]), { ...http(port, [hosts.wild]), port: { number: port, name: 'http-b', protocol: 'HTTP2' } }, http(port + 1, serverHosts(random, names))])],
      entryPoints: [entryPoint(port), entryPoint(port + 1)],
    };
    case 'two gateways': return {
      kind,
      gateways: [one(), gatewayOf(`gx-${index}`, random.pick(['istio-system', names.b]), INGRESS, [http(port, serverHosts(random, names)), http(port + 1, ['*'])])],
      entryPoints: [entryPoint(port), entryPoint(port + 1)],
    };
    case 'redirect': return {
      kind,
      gateways: [gatewayOf(`gw-${index}`, namespace, INGRESS, [http(port, [random.pick([hosts.wild, hosts.a])], { httpsRedirect: true }), https(port + 3, ['*'], 'SIMPLE', 'a')])],
      entryPoints: [entryPoint(port), entryPoint(port + 3, { tls: { mutual: false } })],
    };
    case 'tls': return {
      kind,
      gateways: [gatewayOf(`gw-${index}`, namespace, INGRESS, [https(port + 3, [hosts.a], 'SIMPLE', 'a'), https(port + 3, [hosts.wild], 'SIMPLE', 'b'), http(port, ['*'])])],
      entryPoints: [entryPoint(port + 3, { tls: { mutual: false } }), entryPoint(port)],
    };
    case 'mutual': return {
      kind,
      gateways: [gatewayOf(`gw-${index}`, namespace, INGRESS, [https(port + 3, [hosts.a], 'MUTUAL', 'a'), https(port + 3, [hosts.wild], 'SIMPLE', 'b')])],
      entryPoints: [entryPoint(port + 3, { tls: { mutual: true } })],
    };
    case 'private': return {
      kind,
      gateways: [one(), gatewayOf(`gp-${index}`, 'edge', PRIVATE, [http(port, serverHosts(random, names)), http(port + 2, ['*'])])],
      entryPoints: [entryPoint(port, { gateway: `${namespace}/gw-${index}` } as Partial<EntryPoint>), entryPoint(port, { proxy: 'istio=private', gateway: `edge/gp-${index}` } as Partial<EntryPoint>), entryPoint(port + 2, { proxy: 'istio=private' } as Partial<EntryPoint>)],
    };
    default: return { kind, gateways: [one()], entryPoints: [entryPoint(port)] };
  }
}

/** DestinationRules with subsets, some of which have the same labels or are not visible everywhere. */
function destinationRules(random: Random, names: Names, viewer: string): Manifest[] {
  const subset = (name: string, version = name) => ({ name, labels: { version } });
  const rule = (service: string, namespace: string, subsets: object[], exportTo?: string[]) => networking(
    'DestinationRule', service, namespace, { host: `${service}.${namespace}.svc.cluster.local`, subsets, exportTo },
  );
  return [
    rule('one', names.a, [subset('v1'), subset('v2'), subset('same', 'v1')], random.maybe(0.2, () => random.pick([['.'], ['*'], ['istio-system'], [viewer]]))),
    ...random.chance(0.5) ? [rule('three', names.b, [subset('v1')])] : [],
  ];
}

const serviceEntry = (random: Random, names: Names, viewer: string) => networking('ServiceEntry', 'external', random.pick([names.a, names.b]), {
  hosts: [names.hosts.external],
  ports: [{ number: 80, name: 'http', protocol: 'HTTP' }, { number: 8001, name: 'http-more', protocol: 'HTTP' }],
  resolution: 'DNS',
  location: 'MESH_EXTERNAL',
  exportTo: random.maybe(0.2, () => random.pick([['.'], ['*'], [viewer]])),
});

/** What sets of Istio's objects differ in. */
interface Options {
  /** Whether VirtualServices apply in the mesh, too. */
  readonly inMesh: boolean;
  /** The workloads of the mesh that send requests. */
  readonly clients: readonly SetClient[];
}

/** Istio's objects at random, as users write them. */
export function rawSet(seed: number, index: number): AnswerSet {
  const random = new Random(seed);
  return istioSet(random, seed, index, { inMesh: random.chance(0.5), clients: CLIENTS });
}

/** Istio's objects at random, for some workloads of the mesh. */
export function istioSet(random: Random, seed: number, index: number, { inMesh, clients }: Options): AnswerSet {
  const names = new Names(index);
  const { gateways, entryPoints, kind } = entrance(random, names);
  const services = names.services;
  const viewer = clients[0].namespace;
  const absent = [`absent.${names.a}`, `absent.${names.b}`];
  const full = [...services.map(({ name, namespace }) => `${name}.${namespace}`), absent[0]].map((name) => `${name}.svc.cluster.local`);
  const hosts = [...Object.values(names.hosts), '*', ...inMesh ? full : []];
  const place = {
    names,
    hosts,
    viewer,
    isLive: random.chance(0.7),
    ports: entryPoints.map(({ port }) => port),
    gateways: [...gateways.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`), ...inMesh ? ['mesh'] : []],
  };
  const meshHosts = [...hosts.filter((host) => !host.includes('*')), `one.${names.a}`, `three.${names.b}.svc`, ...absent, 'absent.example.org', 'two.labels', `one.c${index}.svc`];
  const meshEntryPoints = clients.flatMap(({ name }) => [80, 8001].map((port): EntryPoint => ({ kind: 'client', proxy: name, port, hosts: meshHosts })));
  return {
    seed,
    index,
    kind: inMesh ? `${kind}, mesh` : kind,
    manifests: [
      ...gateways,
      ...random.list(1, 4, (i) => virtualServices(random, place, i)).flat(),
      ...destinationRules(random, names, viewer),
      ...random.chance(0.7) ? [serviceEntry(random, names, viewer)] : [],
    ],
    services,
    absent,
    entryPoints: [...entryPoints, ...inMesh ? meshEntryPoints : []],
    settings: {},
  };
}
