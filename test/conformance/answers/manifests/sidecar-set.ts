import { istioSet } from './raw-set';
import { AnswerSet, Names, SetClient } from './set';
import { networking } from './virtual-services';
import { Manifest } from '../../harness/manifests';
import { plain, Random } from '../random';

/** Hosts that a Sidecar imports. */
function importedHosts(random: Random, { a, b, domain, hosts }: Names): string[] {
  return random.some([
    '*/*', './*', `${a}/*`, `${b}/*`, `*/one.${a}.svc.cluster.local`, `${a}/*.svc.cluster.local`, `*/*.${domain}`, `${a}/${hosts.a}`, `*/${hosts.external}`, '~/*',
  ], 1, 3);
}

function egressOf(random: Random, names: Names): object[] {
  const everywhere = { hosts: importedHosts(random, names) };
  const onPort = { port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: importedHosts(random, names) };
  return random.pick([[everywhere], [everywhere], [onPort, everywhere], [onPort]]);
}

function sidecar(random: Random, names: Names, { namespace, labels }: SetClient, name: string): Manifest {
  return networking('Sidecar', name, namespace, plain({
    workloadSelector: random.maybe(0.4, () => ({ labels: random.pick([labels, labels, { app: 'other' }]) })),
    egress: egressOf(random, names),
    outboundTrafficPolicy: random.maybe(0.7, () => ({ mode: random.pick(['REGISTRY_ONLY', 'REGISTRY_ONLY', 'ALLOW_ANY']) })),
  }), '2026-01-01T00:00:00Z');
}

/** Workloads whose Sidecars know a part of the mesh, and may block the rest. */
export function sidecarSet(seed: number, index: number): AnswerSet {
  const random = new Random(seed);
  const client: SetClient = { name: `client-${index}`, namespace: `c${index}`, labels: { app: 'client' }, hasSidecar: true };
  const set = istioSet(random, seed, index, { inMesh: true, clients: [client] });
  const sidecars = random.list(1, 2, (i) => sidecar(random, new Names(index), client, `sidecar-${i}`));
  return {
    ...set,
    kind: 'sidecars',
    manifests: [...set.manifests, ...sidecars],
    // So that it is known which Services the namespace of the client has.
    services: [...set.services, { name: 'own', namespace: client.namespace, ports: [{ number: 8002, name: 'http' }] }],
    clients: [client],
    entryPoints: set.entryPoints.filter(({ kind }) => kind === 'client'),
  };
}
