import { EgressScope, SidecarScope, sidecarScope } from './sidecar-scope';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { stringsOf } from '../../cluster/json';
import { Forwarding, forwardingTo } from '../../cluster/port-forwarding';
import { isDelegate } from '../../cluster/routing/delegates';
import { knownVirtualServices } from '../../cluster/routing/operator-virtual-services';
import { Services, ServiceView } from '../../cluster/services';
import { computeIfAbsent } from '../../plan/groups';
import { widerHosts } from '../../plan/hosts';
import { podsKey } from '../../plan/pod-selectors';
import { isVisibleTo } from '../destinations/service-visibility';
import { visibilityIn } from '../gateways/gateway-hosts';
import { WorkloadEntry } from '../request';
import { possiblyFirst, RouteOwner } from '../routes/route-owner';
import { VirtualHost } from '../routes/virtual-host';
import { hasRoutes } from '../routes/written-routes';

/**
 * What a sidecar does with requests to a host and port.
 *
 * @internal
 */
export interface MeshTarget {
  /** The host in full, in lower case. */
  readonly host: string;
  /** The Sidecar and what it knows. */
  readonly scope: SidecarScope;
  /**
   * The VirtualServices that may be used, as virtual hosts of their own. Several if that depends on their age: on the mesh one
   * VirtualService has a host for itself.
   */
  readonly virtualHosts: readonly VirtualHost[];
  /** The Service or ServiceEntry, if the sidecar knows one with this port. */
  readonly service: ServiceView | undefined;
  /** Whether the port is one of HTTP, as far as its Service tells. */
  readonly isHttp: boolean;
  /** Whether a Service of the mesh has the host, that the sidecar does not know, or not with this port. */
  readonly hidden: ServiceView | undefined;
  /** Whether requests to unknown hosts of this port reach a filter of HTTP. */
  readonly hasListener: boolean;
  /** Whether the Service is not among the objects and is assumed to exist. */
  readonly isAssumed: boolean;
}

/** A workload, and the port that it connects to. */
type Caller = Pick<WorkloadEntry, 'namespace' | 'labels' | 'port'>;

/**
 * The hosts that workloads call.
 *
 * @internal
 */
export class MeshHosts {
  private readonly services: Services;
  private readonly targets = new Map<string, MeshTarget>();

  constructor(private readonly cluster: Cluster) {
    this.services = Services.of(cluster);
  }

  /**
   * Finds what the sidecar of a workload does with requests to a host.
   *
   * @param host The host of the authority in lower case, without its port.
   */
  public find({ namespace, labels, port }: WorkloadEntry, host: string): MeshTarget {
    return computeIfAbsent(this.targets, `${namespace} ${port} ${host} ${podsKey(labels)}`, () => this.read({ namespace, labels, port }, host));
  }

  private read(entry: Caller, written: string): MeshTarget {
    const { namespace, labels, port } = entry;
    const scope = sidecarScope(this.cluster, namespace, labels);
    const egress = scope.listenerFor(port);
    const host = this.fullName(written, entry, egress);
    const view = this.services.find(host);
    const forwarding = view === undefined || egress === undefined ? undefined : forwardingFor(view, entry, egress);
    const service = forwarding === undefined ? undefined : view;
    const isAssumed = view === undefined && egress !== undefined && this.mayExist(host);
    const isHttp = forwarding === undefined || isHttpForwarding(forwarding);
    const virtualHosts = egress === undefined || !isHttp ? [] : this.virtualHosts(entry, egress, host, service !== undefined || isAssumed);
    const hidden = service === undefined ? view : undefined;
    return { host, scope, virtualHosts, service, isHttp, hidden, hasListener: this.cluster.derived(httpPorts).has(port), isAssumed };
  }

  /** The full name of a Service, which also has shorter names, and one with a dot at the end. */
  private fullName(written: string, entry: Caller, egress: EgressScope | undefined): string {
    if (written.endsWith('.')) return this.withoutDot(written, entry, egress);
    const { clusterDomain } = this.cluster;
    const parts = written.split('.');
    const longer = [
      ...parts.length === 1 ? [`${written}.${entry.namespace}.svc.${clusterDomain}`] : [],
      ...parts.length === 2 ? [`${written}.svc.${clusterDomain}`] : [],
      ...parts.length === 3 && parts[2] === 'svc' ? [`${written}.${clusterDomain}`] : [],
    ];
    const routed = this.cluster.derived(meshVirtualServices);
    const isKnown = (name: string) => this.services.find(name) !== undefined || (egress !== undefined && routed.has(name));
    return [written, ...longer].find(isKnown) ?? longer.find((name) => this.mayExist(name)) ?? written;
  }

  /** Only full names of Services have a form with a dot at the end. */
  private withoutDot(written: string, entry: Caller, egress: EgressScope | undefined): string {
    const host = written.slice(0, -1);
    const view = this.services.find(host);
    const isService = view?.host === host ? egress !== undefined && forwardingFor(view, entry, egress) !== undefined : this.mayExist(host);
    return isService ? host : written;
  }

  private mayExist(host: string): boolean {
    const name = this.services.nameOf(host);
    return name !== undefined && !this.services.knows(name.namespace);
  }

  private virtualHosts(caller: Caller, egress: EgressScope, host: string, isService: boolean): readonly VirtualHost[] {
    const proxy = { gateway: 'mesh', port: caller.port, labels: caller.labels, namespace: caller.namespace, tls: false };
    const routing = (owners: readonly RouteOwner[]) => owners.filter(({ virtualService }) => hasRoutes(this.cluster, virtualService, proxy));
    for (const pattern of [host, ...widerHosts(host)]) {
      const owners = this.ownersOf(pattern, caller, egress);
      if (owners.length === 0) continue;
      const used = isService ? this.forService(owners, pattern === host, routing) : routing(this.forOtherHosts(owners, pattern, caller, egress));
      if (isService || used.length > 0) return possiblyFirst(used, (owner) => owner).map((owner) => new VirtualHost(this.cluster, pattern, [owner]));
    }
    return [];
  }

  /** Of the VirtualServices with a wildcard only the first is used for a Service, even if it has no rule for the caller. */
  private forService(
    owners: readonly RouteOwner[], isExact: boolean, routing: (owners: readonly RouteOwner[]) => readonly RouteOwner[],
  ): readonly RouteOwner[] {
    return routing(isExact ? owners : possiblyFirst(owners, (owner) => owner));
  }

  /**
   * The VirtualServices for hosts that are no Services. They apply on port 80, and on the ports of Services that the VirtualService has, too.
   * A wildcard with a Service below it applies to Services only.
   */
  private forOtherHosts(owners: readonly RouteOwner[], pattern: string, caller: Caller, egress: EgressScope): readonly RouteOwner[] {
    if (this.servicesOf(pattern, caller, egress).length > 0) return [];
    return owners.filter(({ virtualService }) => caller.port === 80 || hostsOf(this.cluster, virtualService).some((each) => {
      const views = this.servicesOf(each, caller, egress).filter((view) => this.isFor(virtualService, view, caller, egress));
      return views.some((view) => isHttpForwarding(forwardingFor(view, caller, egress)!));
    }));
  }

  /** Whether a VirtualService has the most specific host of those for a Service. */
  private isFor(virtualService: ClusterObject, { host }: ServiceView, caller: Caller, egress: EgressScope): boolean {
    if (hostsOf(this.cluster, virtualService).includes(host)) return true;
    const owners = [host, ...widerHosts(host)].map((pattern) => this.ownersOf(pattern, caller, egress)).find(({ length }) => length > 0) ?? [];
    return possiblyFirst(owners, (owner) => owner).some((owner) => owner.virtualService === virtualService);
  }

  /** The VirtualServices with a host that a caller sees. */
  private ownersOf(pattern: string, { namespace, labels, port }: Caller, egress: EgressScope): readonly RouteOwner[] {
    const proxy = { gateway: 'mesh', port, labels, namespace, tls: false };
    return (this.cluster.derived(meshVirtualServices).get(pattern) ?? []).flatMap((virtualService): RouteOwner[] => {
      const visibility = visibilityIn(virtualService, namespace);
      if (visibility === undefined || !egress.importsRoutes(virtualService.namespace, hostsOf(this.cluster, virtualService))) return [];
      return [{ virtualService, proxy, gateway: undefined, server: 0, visibility }];
    });
  }

  /** The Services that a host or a wildcard matches, and that a caller reaches on its port. */
  private servicesOf(pattern: string, caller: Caller, egress: EgressScope): readonly ServiceView[] {
    return (this.cluster.derived(servicesByPattern).get(pattern) ?? []).filter((view) => forwardingFor(view, caller, egress) !== undefined);
  }
}

/** How requests of a caller are forwarded to a Service; undefined if its sidecar does not know the Service, or not with this port. */
function forwardingFor(view: ServiceView, { namespace, port }: Caller, egress: EgressScope): Forwarding | undefined {
  return isVisibleTo(view, namespace) && egress.imports(view) ? forwardingOn(view, port) : undefined;
}

function servicesByPattern(cluster: Cluster): ReadonlyMap<string, readonly ServiceView[]> {
  const found = new Map<string, ServiceView[]>();
  for (const view of Services.of(cluster).all()) {
    for (const pattern of [view.host, ...widerHosts(view.host)]) computeIfAbsent(found, pattern, () => []).push(view);
  }
  return found;
}

function forwardingOn(view: ServiceView, port: number): Forwarding | undefined {
  const found = view.ports.find(({ number }) => number === port);
  return found === undefined ? undefined : forwardingTo(view, found);
}

function isHttpForwarding(forwarding: Forwarding): boolean {
  return forwarding !== Forwarding.BYTES && forwarding !== Forwarding.NEVER;
}

function meshVirtualServices(cluster: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  const found = new Map<string, ClusterObject[]>();
  for (const object of knownVirtualServices(cluster)) {
    const gateways = stringsOf(object.spec.gateways);
    if (isDelegate(object) || (gateways.length > 0 && !gateways.includes('mesh'))) continue;
    for (const host of new Set(hostsOf(cluster, object))) computeIfAbsent(found, host, () => []).push(object);
  }
  return found;
}

function hostsOf(cluster: Cluster, { spec, namespace }: ClusterObject): readonly string[] {
  return stringsOf(spec.hosts).map((host) => cluster.fullHost(host, namespace));
}

function httpPorts(cluster: Cluster): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const view of Services.of(cluster).all()) {
    for (const port of view.ports) if (isHttpForwarding(forwardingTo(view, port))) ports.add(port.number);
  }
  return ports;
}
