import { routedDestinations } from './routed-destinations';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { labelsOf } from '../../cluster/gateways';
import { isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { Services, ServiceView } from '../../cluster/services';
import { groupBy } from '../../plan/groups';
import { hostCovers, hostIntersection } from '../../plan/hosts';
import { PodSelector, selectorWithin } from '../../plan/pod-selectors';
import { visibilityIn } from '../gateways/gateway-hosts';

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
  /** What its rules know on a port; undefined if it knows nothing there. */
  listenerFor(port: number): EgressScope | undefined;
  /** All listeners that may be for a port. Istio reads the rules of the first one. */
  listenersFor(port: number): readonly EgressScope[];
  /**
   * Whether rules can send requests to a port of a Service: a listener imports it, or a VirtualService that sends requests to it. Those for
   * one port know nothing but this port.
   */
  reaches(service: ServiceView, port: number): boolean;
}

/** A Service or a ServiceEntry by its host. */
type HostOfService = Pick<ServiceView, 'namespace' | 'host'>;

/**
 * The hosts that a sidecar knows on a port.
 *
 * @internal
 */
export interface EgressScope {
  /** The only port that it is for; undefined for all ports. */
  readonly port: number | undefined;
  /** Whether it knows a Service or a ServiceEntry. */
  imports(service: HostOfService): boolean;
  /** Whether it knows a VirtualService, by any of its hosts in full. */
  importsRoutes(namespace: string, hosts: readonly string[]): boolean;
  /** Whether it would know Services that are not among the objects. */
  importsUnknown(): boolean;
}

const EVERYTHING: EgressScope = { port: undefined, imports: () => true, importsRoutes: () => true, importsUnknown: () => true };
const DEFAULT: SidecarScope = {
  object: undefined, registryOnly: false, listenerFor: () => EVERYTHING, listenersFor: () => [EVERYTHING], reaches: () => true,
};

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
  return found === undefined ? DEFAULT : scopeOf(cluster, found, namespace);
}

function sidecarsByNamespace(cluster: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  const oldestFirst = [...cluster.all(ClusterKind.SIDECAR)].sort((a, b) => (a.created ?? 0) - (b.created ?? 0));
  return groupBy(oldestFirst, ({ namespace }) => namespace);
}

function isSelective({ workloadSelector }: JsonObject): boolean {
  return Object.keys(labelsOf(objectOf(workloadSelector).labels)).length > 0;
}

function scopeOf(cluster: Cluster, object: ClusterObject, namespace: string): SidecarScope {
  const { egress, outboundTrafficPolicy } = object.spec;
  const written = listOf(egress).filter(isObject).map((json) => egressScope(cluster, json, namespace));
  const listeners = written.length === 0 ? [EVERYTHING] : written;
  return {
    object,
    registryOnly: stringOf(objectOf(outboundTrafficPolicy).mode) === 'REGISTRY_ONLY',
    listenerFor: (wanted) => listeners.find(isFor(wanted)),
    listenersFor: (wanted) => listeners.filter(isFor(wanted)),
    reaches: (service, wanted) => listeners.filter(isFor(wanted)).some((listener) => (
      listener.imports(service) || routesTo(cluster, service, namespace, listener, wanted)
    )),
  };
}

function routesTo(cluster: Cluster, { host }: ServiceView, namespace: string, listener: EgressScope, wanted: number): boolean {
  return (cluster.derived(routedDestinations).get(host) ?? []).some(({ object, hosts, ports }) => (
    (listener.port !== undefined || ports.size === 0 || ports.has(wanted))
    && listener.importsRoutes(object.namespace, hosts) && visibilityIn(object, namespace) !== undefined
  ));
}

function isFor(wanted: number): (listener: EgressScope) => boolean {
  return ({ port }) => port === undefined || port === wanted;
}

function egressScope(cluster: Cluster, { port, hosts }: JsonObject, own: string): EgressScope {
  const written = stringsOf(hosts).map((entry) => {
    const [namespace, host = ''] = entry.split('/');
    return { namespace: namespace === '.' ? own : namespace, host: host.toLowerCase() };
  });
  // It stands for no host at all, also next to others.
  const imports = written.some(({ namespace }) => namespace === '~') ? [] : written;
  const isFrom = (wanted: string, namespace: string) => wanted === '*' || wanted === namespace;
  return {
    port: numberOf(objectOf(port).number),
    imports: ({ namespace, host }) => imports.some((entry) => isFrom(entry.namespace, namespace) && hostCovers(entry.host, host)),
    importsRoutes: (namespace, ofRoutes) => imports.some((entry) => (
      isFrom(entry.namespace, namespace) && ofRoutes.some((host) => hostIntersection(entry.host, host) !== undefined)
    )),
    importsUnknown: () => imports.some((entry) => (
      hostCovers(entry.host, `*.svc.${cluster.clusterDomain}`) && (entry.namespace === '*' || !Services.of(cluster).knows(entry.namespace))
    )),
  };
}
