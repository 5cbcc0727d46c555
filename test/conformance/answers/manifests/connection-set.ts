import { randomDestination } from './actions';
import { gatewayOf, http } from './raw-set';
import { AnswerSet, EntryPoint, Names } from './set';
import { networking } from './virtual-services';
import { Manifest } from '../../harness/manifests';
import { plain, Random } from '../random';

const server = (number: number, protocol: string, hosts: readonly string[], tls?: object) => ({ port: { number, name: `${protocol.toLowerCase()}-${number}`, protocol }, hosts: [...hosts], tls });

/** Weights of 1 and more: what gets nothing is left out. */
function arms(random: Random, names: Names, namespace: string): object[] {
  return random.list(1, 2, () => randomDestination(random, names, namespace)).map((destination, _i, all) => plain({
    destination, weight: all.length === 1 ? undefined : random.pick([1, 50, 90]),
  }));
}

function matchOf(random: Random, ports: readonly number[], gateway: string): object {
  return plain({ port: random.maybe(0.6, () => random.pick([...ports, 9_999])), gateways: random.maybe(0.15, () => [random.pick([gateway, 'mesh'])]) });
}

function virtualService(random: Random, names: Names, gateway: string, index: number): Manifest {
  const { hosts, port } = names;
  const namespace = random.pick([names.a, names.b]);
  const [own] = random.some([[hosts.a], [hosts.wild], ['*'], [hosts.a, hosts.b], [hosts.below]], 1, 1);
  const isWide = own.includes('*') || own.includes(hosts.wild);
  const sniHosts = () => random.some([...own, ...isWide ? [hosts.a, hosts.b, hosts.wildBelow] : []].filter((host) => host !== '*'), 1, 2);
  const served = [port + 5, port + 6, port + 7];
  return networking('VirtualService', `c${index}`, namespace, {
    hosts: own,
    gateways: [gateway, ...random.chance(0.1) ? ['mesh'] : []],
    exportTo: random.maybe(0.4, () => [random.pick(['*', 'istio-system', 'istio-system', '.'])]),
    tls: own.includes('*') && random.chance(0.5) ? undefined : random.list(1, 2, () => ({
      match: random.list(1, 2, () => ({ ...matchOf(random, served, gateway), sniHosts: own.includes('*') && random.chance(0.3) ? ['*'] : sniHosts() })),
      route: arms(random, names, namespace),
    })),
    tcp: random.maybe(0.7, () => random.list(1, 2, () => plain({
      match: random.maybe(0.7, () => [matchOf(random, served, gateway)]), route: arms(random, names, namespace),
    }))),
  }, `2026-01-0${1 + (index + random.below(3)) % 9}T00:0${index}:00Z`);
}

/** Gateways that forward connections without a look at their requests: TLS that is passed through or terminated, and TCP. */
export function connectionSet(seed: number, index: number): AnswerSet {
  const random = new Random(seed);
  const names = new Names(index);
  const { hosts, port } = names;
  const gateway = `istio-system/gw-${index}`;
  const served = () => random.pick([['*'], [hosts.wild], [hosts.a, hosts.b], [`${names.a}/*`], [hosts.a]]);
  const gateways = [gatewayOf(`gw-${index}`, 'istio-system', { istio: 'ingressgateway' }, [
    http(port, ['*']), server(port + 5, 'TCP', served()), server(port + 6, random.pick(['TLS', 'HTTPS']), served(), { mode: 'PASSTHROUGH' }),
    server(port + 7, 'TLS', served(), { mode: 'SIMPLE', credentialName: 'cert-simple' }),
  ].map(plain))];
  const entryPoint = (number: number, tls?: { mutual: boolean }): EntryPoint => (
    { kind: 'gateway', proxy: 'istio=ingressgateway', port: number, hosts: Object.values(hosts), tls, isOpaque: true }
  );
  return {
    seed,
    index,
    kind: 'connections',
    manifests: [...gateways, ...random.list(1, 3, (i) => virtualService(random, names, gateway, i))],
    services: names.services,
    absent: [`absent.${names.a}`, `absent.${names.b}`],
    entryPoints: [entryPoint(port + 5), ...[port + 6, port + 6, port + 7].map((number) => entryPoint(number, { mutual: false }))],
    settings: {},
  };
}
