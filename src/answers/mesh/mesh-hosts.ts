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
    const host = this.fullName(written, namespace, egress);
    const view = this.services.find(host);
    const isKnown = view !== undefined && egress !== undefined && isVisible(view, namespace) && egress.imports(view);
    const forwarding = isKnown ? forwardingOn(view, port) : undefined;
    const service = forwarding === undefined ? undefined : view;
    const isAssumed = view === undefined && egress !== undefined && this.mayExist(host);
    const isHttp = forwarding === undefined || isHttpForwarding(forwarding);
    const virtualHosts = egress === undefined || !isHttp ? [] : this.virtualHosts(entry, egress, host, service !== undefined || isAssumed);
    const hidden = service === undefined ? view : undefined;
    return { host, scope, virtualHosts, service, isHttp, hidden, hasListener: this.cluster.derived(httpPorts).has(port), isAssumed };
  }

  /** The full name of a Service, which also has shorter names, and one with a dot at the end. */
  private fullName(written: string, namespace: string, egress: EgressScope | undefined): string {
    const host = written.endsWith('.') ? written.slice(0, -1) : written;
    const { clusterDomain } = this.cluster;
    const parts = host.split('.');
    const longer = [
      ...parts.length === 1 ? [`${host}.${namespace}.svc.${clusterDomain}`] : [],
      ...parts.length === 2 ? [`${host}.svc.${clusterDomain}`] : [],
      ...parts.length === 3 && parts[2] === 'svc' ? [`${host}.${clusterDomain}`] : [],
    ];
    const routed = this.cluster.derived(meshVirtualServices);
    const isKnown = (name: string) => this.services.find(name) !== undefined || (egress !== undefined && routed.has(name));
    return [host, ...longer].find(isKnown) ?? longer.find((name) => this.mayExist(name)) ?? host;
  }

  private mayExist(host: string): boolean {
    const name = this.services.nameOf(host);
    return name !== undefined && !this.services.knows(name.namespace);
  }

  private virtualHosts(
    { namespace, labels, port }: Caller, egress: EgressScope, host: string, isService: boolean,
  ): readonly VirtualHost[] {
    const routed = this.cluster.derived(meshVirtualServices);
    const proxy = { gateway: 'mesh', port, labels, namespace, tls: false };
    for (const pattern of [host, ...widerHosts(host)]) {
      const seen = (routed.get(pattern) ?? []).flatMap((virtualService): RouteOwner[] => {
        const visibility = visibilityIn(virtualService, namespace);
        const hosts = hostsOf(this.cluster, virtualService);
        if (visibility === undefined || !egress.importsRoutes(virtualService.namespace, hosts)) return [];
        if (!isService && port !== 80 && !hosts.some((each) => this.hasPort(each, port))) return [];
        return [{ virtualService, proxy, gateway: undefined, server: 0, visibility }];
      });
      if (seen.length === 0) continue;
      const routing = (owners: readonly RouteOwner[]) => owners.filter(({ virtualService }) => hasRoutes(this.cluster, virtualService, proxy));
      // Of wildcards only the oldest VirtualService is used, even if it has no rule for the caller.
      const first = possiblyFirst(pattern === host ? routing(seen) : seen, (owner) => owner);
      return routing(first).map((owner) => new VirtualHost(this.cluster, pattern, [owner]));
    }
    return [];
  }

  private hasPort(host: string, port: number): boolean {
    const view = this.services.find(host);
    const forwarding = view === undefined ? undefined : forwardingOn(view, port);
    return forwarding !== undefined && isHttpForwarding(forwarding);
  }

}

function forwardingOn(view: ServiceView, port: number): Forwarding | undefined {
  const found = view.ports.find(({ number }) => number === port);
  return found === undefined ? undefined : forwardingTo(view, found);
}

function isHttpForwarding(forwarding: Forwarding): boolean {
  return forwarding !== Forwarding.BYTES && forwarding !== Forwarding.NEVER;
}

function isVisible({ objects, kind }: ServiceView, viewer: string): boolean {
  return objects.length === 0 || objects.some(({ spec, annotations, namespace }) => {
    const annotation = annotations['networking.istio.io/exportTo'];
    const written = kind === 'ServiceEntry' ? stringsOf(spec.exportTo) : typeof annotation === 'string' ? annotation.split(',').map((entry) => entry.trim()) : [];
    return written.length === 0 || written.some((entry) => entry === '*' || (entry === '.' ? namespace : entry) === viewer);
  });
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
