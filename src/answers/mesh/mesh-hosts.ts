import { CalledName, calledNames } from './called-names';
import { EgressScope, SidecarScope, sidecarScope } from './sidecar-scope';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { stringsOf } from '../../cluster/json';
import { Forwarding, forwardingTo } from '../../cluster/port-forwarding';
import { isDelegate } from '../../cluster/routing/delegates';
import { knownVirtualServices } from '../../cluster/routing/operator-virtual-services';
import { Services, ServiceView } from '../../cluster/services';
import { computeIfAbsent, groupByEach } from '../../plan/groups';
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
  /** Whether the sidecar reads requests to the host and port as HTTP, as far as it is known. */
  readonly isHttp: boolean;
  /** Whether a Service of the mesh has the host, that the sidecar does not know, or not with this port. */
  readonly hidden: ServiceView | undefined;
  /** Whether requests to unknown hosts of this port reach a filter of HTTP. */
  readonly hasListener: boolean;
  /** Whether the Service is not among the objects and is assumed to exist. */
  readonly isAssumed: boolean;
  /** When this is so, as a clause; undefined if always. */
  readonly condition?: string;
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
  private readonly listeners = new Map<string, boolean>();
  private readonly targets = new Map<string, readonly MeshTarget[]>();

  constructor(private readonly cluster: Cluster) {
    this.services = Services.of(cluster);
  }

  /**
   * Finds what the sidecar of a workload does with requests to a host. There are several possibilities, each with its condition, if a Service
   * that is not among the objects may have the host.
   *
   * @param host The host of the authority in lower case, without its port.
   */
  public find({ namespace, labels, port }: WorkloadEntry, host: string): readonly MeshTarget[] {
    return computeIfAbsent(this.targets, `${namespace} ${port} ${host} ${podsKey(labels)}`, () => this.read({ namespace, labels, port }, host));
  }

  private read(caller: Caller, written: string): readonly MeshTarget[] {
    const scope = sidecarScope(this.cluster, caller.namespace, caller.labels);
    const egress = scope.listenerFor(caller.port);
    const isReachable = ({ host, assumed }: CalledName) => assumed === undefined || egress?.imports({ host, namespace: assumed.namespace }) === true;
    const names = calledNames(this.cluster, written, caller.namespace).filter(isReachable);
    return names.map((name) => {
      const target = this.target(name, written, caller, scope, egress);
      return names.length === 1 ? target : { ...target, condition: conditionOf(name, names[0], caller.port) };
    });
  }

  private target(
    { host: full, assumed }: CalledName, written: string, caller: Caller, scope: SidecarScope, egress: EgressScope | undefined,
  ): MeshTarget {
    const view = assumed === undefined ? this.services.find(full) : undefined;
    const forwarding = view === undefined || egress === undefined ? undefined : forwardingFor(view, caller, egress);
    const service = forwarding === undefined ? undefined : view;
    const isAssumed = assumed !== undefined;
    // Only Services that the sidecar knows have other names than the full one.
    const host = service === undefined && !isAssumed ? written : full;
    const hasListener = this.hasListener(caller, scope);
    const isHttp = forwarding === undefined ? hasListener || isAssumed || egress?.importsUnknown() === true : isHttpForwarding(forwarding);
    const virtualHosts = egress === undefined || !isHttp ? [] : this.virtualHosts(caller, egress, host, isAssumed ? host : service?.host);
    const hidden = service === undefined ? view : undefined;
    return { host, scope, virtualHosts, service, isHttp, hidden, hasListener, isAssumed };
  }

  /**
   * The rules for a host.
   *
   * @param service The host of its Service or ServiceEntry, which may have a wildcard. More specific hosts of VirtualServices are not for that one.
   */
  private virtualHosts(caller: Caller, egress: EgressScope, host: string, service: string | undefined): readonly VirtualHost[] {
    const proxy = { gateway: 'mesh', port: caller.port, labels: caller.labels, namespace: caller.namespace, tls: false };
    const routing = (owners: readonly RouteOwner[]) => owners.filter(({ virtualService }) => hasRoutes(this.cluster, virtualService, proxy));
    let isService = false;
    for (const pattern of [host, ...widerHosts(host)]) {
      isService ||= pattern === service;
      // A wildcard below that of a ServiceEntry is for nothing.
      if (!isService && service !== undefined && pattern.startsWith('*')) continue;
      const owners = this.ownersOf(pattern, caller, egress);
      if (owners.length === 0) continue;
      const used = isService ? this.forService(owners, pattern === service, routing) : routing(this.forOtherHosts(owners, pattern, caller, egress));
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

  /** Whether the caller knows a Service with this port, so that its sidecar has a listener of HTTP there. */
  private hasListener(caller: Caller, scope: SidecarScope): boolean {
    const { namespace, labels, port } = caller;
    return computeIfAbsent(this.listeners, `${namespace} ${port} ${podsKey(labels)}`, () => (
      (this.cluster.derived(servicesByPort).get(port) ?? []).some((view) => scope.listenersFor(port).some((egress) => {
        const forwarding = forwardingFor(view, caller, egress);
        return forwarding !== undefined && isHttpForwarding(forwarding);
      }))
    ));
  }

  /** The Services that a host or a wildcard matches, and that a caller reaches on its port. */
  private servicesOf(pattern: string, caller: Caller, egress: EgressScope): readonly ServiceView[] {
    return (this.cluster.derived(servicesByPattern).get(pattern) ?? []).filter((view) => forwardingFor(view, caller, egress) !== undefined);
  }
}

/** When a host is that of a Service, or is not. */
function conditionOf({ assumed }: CalledName, first: CalledName, port: number): string {
  const { name, namespace } = first.assumed!;
  return assumed === undefined ? `there is no Service ${namespace}/${name} with port ${port}` : `there is a Service ${namespace}/${name} with port ${port}`;
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

function servicesByPort(cluster: Cluster): ReadonlyMap<number, readonly ServiceView[]> {
  return groupByEach([...Services.of(cluster).all()], ({ ports }) => [...new Set(ports.map(({ number }) => number))]);
}
