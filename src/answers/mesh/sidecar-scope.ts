import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { labelsOf } from '../../cluster/gateways';
import { isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { ServiceView } from '../../cluster/services';
import { groupBy } from '../../plan/groups';
import { hostCovers, hostIntersection } from '../../plan/hosts';
import { PodSelector, selectorWithin } from '../../plan/pod-selectors';

/**
 * What the sidecars of some pods know.
 *
 * @internal
 */
export interface SidecarScope {
  /** The Sidecar; undefined if none applies. */
  readonly object: ClusterObject | undefined;
  /** Whether requests to hosts that it does not know are blocked. */
  readonly registryOnly: boolean;
  /** What it knows on a port; undefined if it knows nothing there. */
  listenerFor(port: number): EgressScope | undefined;
}

/**
 * The hosts that a sidecar knows on a port.
 *
 * @internal
 */
export interface EgressScope {
  /** Whether it knows a Service or a ServiceEntry. */
  imports(service: ServiceView): boolean;
  /** Whether it knows a VirtualService, by any of its hosts in full. */
  importsRoutes(namespace: string, hosts: readonly string[]): boolean;
}

const EVERYTHING: EgressScope = { imports: () => true, importsRoutes: () => true };
const DEFAULT: SidecarScope = { object: undefined, registryOnly: false, listenerFor: () => EVERYTHING };

/**
 * Finds the Sidecar of pods: one that selects them, else that of their namespace, else that of the root namespace.
 *
 * @internal
 */
export function sidecarScope(cluster: Cluster, namespace: string, labels: PodSelector): SidecarScope {
  const sidecars = cluster.derived(sidecarsByNamespace);
  const own = sidecars.get(namespace) ?? [];
  const found = own.find(({ spec }) => isSelective(spec) && selectorWithin(labelsOf(objectOf(spec.workloadSelector).labels), labels))
    ?? own.find(({ spec }) => !isSelective(spec))
    ?? (sidecars.get(cluster.rootNamespace) ?? []).find(({ spec }) => !isSelective(spec));
  return found === undefined ? DEFAULT : scopeOf(found, namespace);
}

function sidecarsByNamespace(cluster: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  const oldestFirst = [...cluster.all(ClusterKind.SIDECAR)].sort((a, b) => (a.created ?? 0) - (b.created ?? 0));
  return groupBy(oldestFirst, ({ namespace }) => namespace);
}

function isSelective({ workloadSelector }: JsonObject): boolean {
  return Object.keys(labelsOf(objectOf(workloadSelector).labels)).length > 0;
}

function scopeOf(object: ClusterObject, namespace: string): SidecarScope {
  const { egress, outboundTrafficPolicy } = object.spec;
  const listeners = listOf(egress).filter(isObject).map((json) => ({
    port: numberOf(objectOf(json.port).number), scope: egressScope(stringsOf(json.hosts), namespace),
  }));
  return {
    object,
    registryOnly: stringOf(objectOf(outboundTrafficPolicy).mode) === 'REGISTRY_ONLY',
    listenerFor: (port) => {
      if (listeners.length === 0) return EVERYTHING;
      return listeners.find((listener) => listener.port === undefined || listener.port === port)?.scope;
    },
  };
}

function egressScope(hosts: readonly string[], own: string): EgressScope {
  const imports = hosts.flatMap((entry) => {
    const slash = entry.indexOf('/');
    const namespace = entry.slice(0, slash);
    return slash < 0 || namespace === '~' ? [] : [{ namespace: namespace === '.' ? own : namespace, host: entry.slice(slash + 1).toLowerCase() }];
  });
  const isFrom = (wanted: string, namespace: string) => wanted === '*' || wanted === namespace;
  return {
    imports: ({ namespace, host }) => imports.some((entry) => isFrom(entry.namespace, namespace) && hostCovers(entry.host, host)),
    importsRoutes: (namespace, ofRoutes) => imports.some((entry) => (
      isFrom(entry.namespace, namespace) && ofRoutes.some((host) => hostIntersection(entry.host, host) !== undefined)
    )),
  };
}
