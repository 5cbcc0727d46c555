import { Cluster } from './cluster';
import { ClusterObject } from './cluster-object';
import { JsonObject, objectOf, stringOf } from './json';
import { peerAuthentications, PeerAuthenticationView } from './policies';
import { hasLabels, PoliciesByPods } from './policy-pods';
import { PodSelector } from '../plan/pod-selectors';

/**
 * How pods accept connections.
 *
 * @internal
 */
export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/**
 * The mode of mutual TLS at a port of pods.
 *
 * @internal
 */
export interface PodMtls {
  /** The mode. */
  readonly mode: MtlsMode;
  /** The PeerAuthentication that sets it; undefined if none does. */
  readonly object?: ClusterObject;
  /** The PeerAuthentication that must be the oldest one for this mode; undefined if the order makes no difference. */
  readonly oldest?: ClusterObject;
}

/**
 * Pods of a namespace.
 *
 * @internal
 */
export interface PlacedPods {
  /** Their namespace. */
  readonly namespace: string;
  /** Their labels. */
  readonly labels: PodSelector;
}

/**
 * The modes that may be in force at a port of pods: several if that depends on which PeerAuthentication is the oldest.
 *
 * @param port The port of the pods; undefined if it is not known.
 * @internal
 */
export function mtlsOf(cluster: Cluster, pods: PlacedPods, port: number | undefined): readonly PodMtls[] {
  const { rootNamespace } = cluster;
  const all = cluster.derived(byPods).find(pods);
  const general = (namespace: string) => all.filter((peer) => peer.object.namespace === namespace && !hasLabels(peer.target));
  const own = all.filter((peer) => hasLabels(peer.target) && peer.object.namespace !== rootNamespace);
  const scopes = pods.namespace === rootNamespace ? [general(rootNamespace)] : [own, general(pods.namespace), general(rootNamespace)];
  return modesOf(scopes, port) ?? [{ mode: 'PERMISSIVE' }];
}

/**
 * Whether a PeerAuthentication applies to pods.
 *
 * @internal
 */
export function hasPeerAuthentication(cluster: Cluster, pods: PlacedPods): boolean {
  return cluster.derived(byPods).find(pods).length > 0;
}

function byPods(cluster: Cluster): PoliciesByPods<PeerAuthenticationView> {
  return new PoliciesByPods(cluster.derived(peerAuthentications), cluster.rootNamespace);
}

/** The oldest object of the first scope counts, and those of the next scopes for what it leaves out. */
function modesOf([scope, ...wider]: readonly (readonly PeerAuthenticationView[])[], port: number | undefined): readonly PodMtls[] | undefined {
  if (scope === undefined) return undefined;
  const candidates = oldestOf(scope);
  const modes = candidates.flatMap(({ object }): readonly PodMtls[] => {
    const mode = modeAt(object, port);
    const found = mode === undefined ? modesOf(wider, port) ?? [{ mode: 'PERMISSIVE' }] : [{ mode, object }];
    return candidates.length === 1 ? found : found.map((each) => ({ ...each, oldest: object }));
  });
  if (modes.length === 0) return modesOf(wider, port);
  return modes.every(({ mode }) => mode === modes[0].mode) ? [{ mode: modes[0].mode, object: modes[0].object }] : modes;
}

/** The oldest object; all of them if the age of one is not known. */
function oldestOf(peers: readonly PeerAuthenticationView[]): readonly PeerAuthenticationView[] {
  const times = peers.map(({ object }) => object.created);
  if (times.includes(undefined)) return peers;
  const first = Math.min(...times as number[]);
  // Of the same second, the first by name.
  return peers.filter((_peer, i) => times[i] === first).slice(0, 1);
}

function modeAt({ spec }: ClusterObject, port: number | undefined): MtlsMode | undefined {
  const ofPort = port === undefined ? undefined : modeOf(objectOf(objectOf(spec.portLevelMtls)[String(port)]));
  return ofPort ?? modeOf(objectOf(spec.mtls));
}

const MODES: readonly string[] = ['STRICT', 'PERMISSIVE', 'DISABLE'];

function modeOf({ mode }: JsonObject): MtlsMode | undefined {
  const value = stringOf(mode);
  return value !== undefined && MODES.includes(value) ? value as MtlsMode : undefined;
}
