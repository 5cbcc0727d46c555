import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { widerHosts } from '../../plan/hosts';

/**
 * When Argo CD applies an object, and when it deletes it.
 *
 * @internal
 */
export interface SyncOrder {
  /** The wave. Argo CD applies the next one when all objects of the earlier ones are healthy. */
  readonly wave: number;
  /** Whether it is deleted after all waves, since routes of the wave before may still refer to it. */
  readonly pruneLast: boolean;
}

/** Name of the annotation for the wave. */
const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** Name of the annotation for options, separated by commas. */
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/** The option by which an object is deleted after all waves. */
const PRUNE_LAST = 'PruneLast=true';

/** Models load their artifacts through these, so routes to hosts outside the cluster come first as well. */
const FIRST = 0;

/** The order of Seldon's objects, and of the rules and routes of Istio. All other objects come first. */
const WAVES: ReadonlyMap<string, number> = new Map([
  [ClusterKind.SELDON_RUNTIME, 1],
  [ClusterKind.SERVER, 2],
  [ClusterKind.MODEL, 3],
  [ClusterKind.SELDON_DEPLOYMENT, 3],
  [ClusterKind.HORIZONTAL_POD_AUTOSCALER, 4],
  [ClusterKind.PIPELINE, 4],
  [ClusterKind.EXPERIMENT, 5],
  [ClusterKind.DESTINATION_RULE, 6],
  [ClusterKind.GATEWAY, 6],
  [ClusterKind.AUTHORIZATION_POLICY, 6],
  [ClusterKind.REQUEST_AUTHENTICATION, 6],
  [ClusterKind.VIRTUAL_SERVICE, 7],
]);

/** A VirtualService that delegates comes after those that it delegates to, and the last wave holds what no other object may wait for. */
const LAST = 8;

/** What routes, Pipelines and Experiments refer to. */
const REFERRED: ReadonlySet<string> = new Set<string>([
  ClusterKind.SELDON_RUNTIME, ClusterKind.SERVER, ClusterKind.MODEL, ClusterKind.SELDON_DEPLOYMENT, ClusterKind.PIPELINE, ClusterKind.EXPERIMENT,
  ClusterKind.DESTINATION_RULE, ClusterKind.GATEWAY, ClusterKind.SERVICE, ClusterKind.SERVICE_ENTRY,
  ClusterKind.DEPLOYMENT, ClusterKind.STATEFUL_SET, ClusterKind.DAEMON_SET,
]);

/**
 * When Argo CD should apply and delete an object of a cluster.
 *
 * @internal
 */
export function syncOrderOf(cluster: Cluster, object: ClusterObject): SyncOrder {
  return { wave: waveOf(cluster, object), pruneLast: REFERRED.has(object.type) };
}

/**
 * The annotations that an object needs for its order and does not have. One that specifies how it is deleted is left as it is.
 *
 * @internal
 */
export function missingAnnotations(own: JsonObject, { wave, pruneLast }: SyncOrder): { readonly [name: string]: string } {
  const options = stringOf(own[SYNC_OPTIONS]);
  const hasWave = wave === 0 || own[SYNC_WAVE] !== undefined;
  const isPruned = !pruneLast || (options !== undefined && /\bPrune(?:Last)?=/.test(options));
  return {
    ...hasWave ? {} : { [SYNC_WAVE]: String(wave) },
    ...isPruned ? {} : { [SYNC_OPTIONS]: options === undefined ? PRUNE_LAST : `${options},${PRUNE_LAST}` },
  };
}

/**
 * The wave that an object's annotation specifies.
 *
 * @internal
 */
export function writtenWave({ annotations }: ClusterObject): number {
  return Number(stringOf(annotations[SYNC_WAVE]) ?? 0) || 0;
}

/**
 * Whether an object's annotation specifies that Argo CD deletes it after all waves.
 *
 * @internal
 */
export function isPrunedLast({ annotations }: ClusterObject): boolean {
  return (stringOf(annotations[SYNC_OPTIONS]) ?? '').split(',').some((option) => option.trim() === PRUNE_LAST);
}

function waveOf(cluster: Cluster, object: ClusterObject): number {
  // It never becomes healthy, and no other object must wait for it.
  if (object.type === ClusterKind.MODEL && object.spec.replicas === 0) return LAST;
  if (object.type === ClusterKind.VIRTUAL_SERVICE) return waveOfRoutes(cluster, object);
  if (object.type === ClusterKind.DESTINATION_RULE && isForOutside(cluster, [stringOf(object.spec.host) ?? ''])) return FIRST;
  return object.type === ClusterKind.GATEWAY && isEgress(cluster, object) ? FIRST : WAVES.get(object.type) ?? FIRST;
}

function waveOfRoutes(cluster: Cluster, { spec }: ClusterObject): number {
  if (isForOutside(cluster, stringsOf(spec.hosts))) return FIRST;
  return listOf(spec.http).some((rule) => isObject(objectOf(rule).delegate)) ? LAST : WAVES.get(ClusterKind.VIRTUAL_SERVICE)!;
}

/** An egress gateway serves the hosts of ServiceEntries. */
function isEgress(cluster: Cluster, { spec }: ClusterObject): boolean {
  return isForOutside(cluster, listOf(spec.servers).flatMap((server) => stringsOf(objectOf(server).hosts)).map((host) => host.slice(host.indexOf('/') + 1)));
}

function isForOutside(cluster: Cluster, hosts: readonly string[]): boolean {
  const outside = cluster.derived(outsideHosts);
  return hosts.length > 0 && hosts.every((host) => [host, ...widerHosts(host)].some((each) => outside.has(each.toLowerCase())));
}

/** Hosts of ServiceEntries. Those for the mesh itself have Services, too, and are left out. */
function outsideHosts(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.all(ClusterKind.SERVICE_ENTRY).filter(({ spec }) => spec.location !== 'MESH_INTERNAL')
    .flatMap(({ spec }) => stringsOf(spec.hosts)).map((host) => host.toLowerCase()).filter((host) => host !== '*'));
}
