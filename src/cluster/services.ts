import { Cluster } from './cluster';
import { ClusterKind, ClusterObject } from './cluster-object';
import { labelsOf } from './gateways';
import { isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from './json';
import { workloadMetadata } from './workload-labels';
import { CORE2_SERVICE, STATS_PORT } from '../plan/core2-service';
import { computeIfAbsent, groupBy, groupByEach } from '../plan/groups';
import { widerHosts } from '../plan/hosts';
import { PodSelector, selectorWithin } from '../plan/pod-selectors';

/**
 * A port of a Service or a ServiceEntry.
 *
 * @internal
 */
export interface ServicePort {
  /** Its number. */
  readonly number: number;
  /** Its name; undefined if it has none or it is not known. */
  readonly name?: string;
  /** The transport of a Service's port, or the protocol of a ServiceEntry's port. */
  readonly protocol?: string;
  /** The application protocol, which takes precedence over the name. */
  readonly appProtocol?: string;
  /** The port of the pods, as a number or a name. */
  readonly targetPort?: number | string;
  /** Whether the name is not certain, or not known. */
  readonly uncertain?: boolean;
}

/**
 * What is known of a host that requests can be sent to.
 *
 * @internal
 */
export interface ServiceView {
  /** The host in full, in lower case. A ServiceEntry may have a wildcard. */
  readonly host: string;
  /** The kind of its objects. */
  readonly kind: 'Service' | 'ServiceEntry';
  /** The objects: one Service, or all ServiceEntries with the host. There is none for a Service that Seldon's operator creates. */
  readonly objects: readonly ClusterObject[];
  /** Its namespace. */
  readonly namespace: string;
  /** Its ports. */
  readonly ports: readonly ServicePort[];
  /** Labels of its pods; undefined if it has no selector. */
  readonly selector?: PodSelector;
}

/** The name of the service and its namespace in a host of the cluster's domain. @internal */
export interface ServiceName {
  /** Name of the Service. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
}

/**
 * The Services and ServiceEntries of a cluster by host.
 *
 * @internal
 */
export class Services {
  /** Those of a cluster, read once. */
  public static of(cluster: Cluster): Services {
    return cluster.derived(readServices);
  }

  private readonly derived = new Map<string, ServiceView>();

  constructor(
    private readonly cluster: Cluster,
    private readonly views: ReadonlyMap<string, ServiceView>,
    private readonly namespaces: ReadonlySet<string>,
  ) {}

  /** The Service or ServiceEntry for a host in full. `seldon-mesh` is known in any namespace, since Seldon's operator creates it. */
  public find(host: string): ServiceView | undefined {
    const known = this.views.get(host) ?? this.core2(host);
    if (known !== undefined || this.nameOf(host) !== undefined) return known;
    for (const wider of widerHosts(host)) {
      const entry = this.views.get(wider);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** Those of all Services and ServiceEntries among the objects. */
  public all(): Iterable<ServiceView> {
    return this.views.values();
  }

  /** Whether Services of a namespace are known, other than those that Seldon's operator creates. */
  public knows(namespace: string): boolean {
    return this.namespaces.has(namespace);
  }

  /** Name and namespace in the host of a Service; undefined for other hosts. */
  public nameOf(host: string): ServiceName | undefined {
    const end = `.svc.${this.cluster.clusterDomain.toLowerCase()}`;
    if (!host.endsWith(end)) return undefined;
    const [name, namespace, ...more] = host.slice(0, -end.length).split('.');
    return namespace === undefined || more.length > 0 || name === '*' ? undefined : { name, namespace };
  }

  /** Labels of the pods of a Service, one for each workload or pod that it selects. */
  public podsOf({ namespace, selector }: ServiceView): readonly PodSelector[] {
    if (selector === undefined || Object.keys(selector).length === 0) return [];
    return workloadsWith(this.cluster, selector).filter((workload) => workload.namespace === namespace).map(({ labels }) => labels);
  }

  private core2(host: string): ServiceView | undefined {
    const service = this.nameOf(host);
    if (service?.name !== CORE2_SERVICE) return undefined;
    const { namespace } = service;
    return computeIfAbsent(this.derived, host, () => ({
      host, kind: 'Service', objects: [], namespace, ports: [core2Port(this.cluster, namespace), { number: STATS_PORT, name: 'stats' }],
    }));
  }
}

/** The labels of a workload's pods. @internal */
export interface Workload {
  /** The workload or pod. */
  readonly object: ClusterObject;
  /** Its namespace. */
  readonly namespace: string;
  /** The labels of its pods. */
  readonly labels: PodSelector;
}

/**
 * The workloads and pods that a selector with at least one label selects, in all namespaces.
 *
 * @internal
 */
export function workloadsWith(cluster: Cluster, selector: PodSelector): readonly Workload[] {
  const index = cluster.derived(workloadsByLabel);
  const candidates = Object.entries(selector).map((label) => index.get(label.join('=')) ?? []);
  const fewest = candidates.reduce((a, b) => (b.length < a.length ? b : a), candidates[0] ?? []);
  return fewest.filter(({ labels }) => selectorWithin(selector, labels));
}

function workloadsByLabel(cluster: Cluster): ReadonlyMap<string, readonly Workload[]> {
  return groupByEach(readWorkloads(cluster), ({ labels }) => Object.entries(labels).map((label) => label.join('=')));
}

function readWorkloads(cluster: Cluster): readonly Workload[] {
  return workloadMetadata(cluster).map(({ object, labels }) => ({ object, namespace: object.namespace, labels: labelsOf(labels) }));
}

function readServices(cluster: Cluster): Services {
  const services = cluster.all(ClusterKind.SERVICE);
  const views = new Map<string, ServiceView>();
  for (const [host, entries] of groupBy(entriesOf(cluster), (entry) => entry.host)) {
    const objects = entries.map(({ object }) => object);
    views.set(host, { host, kind: 'ServiceEntry', objects, namespace: objects[0].namespace, ports: objects.flatMap(entryPorts) });
  }
  for (const object of services) {
    const { name, namespace, spec } = object;
    const host = cluster.fullHost(name, namespace);
    const ports = listOf(spec.ports).flatMap(readPort);
    const selector = isObject(spec.selector) ? labelsOf(spec.selector) : undefined;
    views.set(host, { host, kind: 'Service', objects: [object], namespace, ports, selector });
  }
  return new Services(cluster, views, new Set(services.filter(({ origin }) => origin.operated !== true).map(({ namespace }) => namespace)));
}

function entriesOf(cluster: Cluster): { readonly host: string; readonly object: ClusterObject }[] {
  const entries = cluster.all(ClusterKind.SERVICE_ENTRY);
  return entries.flatMap((object) => stringsOf(object.spec.hosts).map((host) => ({ host: host.toLowerCase(), object })));
}

function entryPorts({ spec }: ClusterObject): ServicePort[] {
  return listOf(spec.ports).flatMap((port) => {
    const { number, name, protocol, targetPort } = objectOf(port);
    const value = numberOf(number);
    return value === undefined ? [] : [{ number: value, name: stringOf(name), protocol: stringOf(protocol), targetPort: numberOf(targetPort) }];
  });
}

function readPort(json: unknown): ServicePort[] {
  const { port, name, protocol, appProtocol, targetPort } = objectOf(json);
  const number = numberOf(port);
  if (number === undefined) return [];
  return [{
    number,
    name: stringOf(name),
    protocol: stringOf(protocol),
    appProtocol: stringOf(appProtocol),
    targetPort: numberOf(targetPort) ?? stringOf(targetPort),
  }];
}

/** Seldon's operator names the port `data`, with a prefix that the runtime or its SeldonConfig sets. */
function core2Port(cluster: Cluster, namespace: string): ServicePort {
  const runtime = cluster.derived(runtimesByNamespace).get(namespace);
  if (runtime === undefined) return { number: 80, uncertain: true };
  const own = prefixOf(runtime.spec);
  if (own !== undefined) return { number: 80, name: `${own}data` };
  const config = cluster.all(ClusterKind.SELDON_CONFIG).find(({ name }) => name === runtime.spec.seldonConfig);
  return { number: 80, name: `${config === undefined ? '' : prefixOf(config.spec) ?? ''}data`, uncertain: config === undefined };
}

function runtimesByNamespace(cluster: Cluster): ReadonlyMap<string, ClusterObject> {
  return new Map(cluster.all(ClusterKind.SELDON_RUNTIME).map((object) => [object.namespace, object]));
}

function prefixOf(spec: JsonObject): string | undefined {
  return stringOf(objectOf(objectOf(spec.config).serviceConfig).grpcServicePrefix);
}
