import { isVisibleTo } from './service-visibility';
import { Client, findSubset, FoundSubset } from './subsets';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { isObject, numberOf, objectOf, stringOf } from '../../cluster/json';
import { ServicePort, Services, ServiceView, Workload, workloadsWith } from '../../cluster/services';
import { CORE2_SERVICE } from '../../plan/core2-service';
import { computeIfAbsent } from '../../plan/groups';
import { PodSelector, podsKey, selectorWithin } from '../../plan/pod-selectors';
import { ExternalResponder, ProxyResponder, ServiceResponder } from '../answer';

/**
 * A destination as a rule names it.
 *
 * @internal
 */
export interface WantedDestination {
  /** The host in full, in lower case. */
  readonly host: string;
  /** The port, if specified. */
  readonly port: number | undefined;
  /** The subset, if specified. */
  readonly subset: string | undefined;
}

/**
 * Where a request arrives.
 *
 * @internal
 */
export interface Destination {
  /** Who answers: pods, an external host, or the proxy itself if there is no such destination. */
  readonly responder: ServiceResponder | ExternalResponder | ProxyResponder;
  /** A key that destinations share if the same pods answer. */
  readonly key: string;
  /** The Service or the ServiceEntry; undefined if it is not among the objects. */
  readonly service?: ServiceView;
  /** The workloads behind it that are among the objects. */
  readonly workloads: readonly Workload[];
  /** Labels that all pods behind it have. */
  readonly labels: PodSelector;
  /** The DestinationRule that defines the subset. */
  readonly subset?: FoundSubset;
  /** Whether the Service is not among the objects, and may be created by others. */
  readonly isAssumed: boolean;
}

/**
 * The destinations of a cluster as clients reach them.
 *
 * @internal
 */
export class Destinations {
  private readonly services: Services;
  private readonly known = new Map<string, Destination>();

  constructor(private readonly cluster: Cluster) {
    this.services = Services.of(cluster);
  }

  /**
   * Finds a destination.
   *
   * @param wanted The destination.
   * @param listenerPort The port of the listener, which Istio uses for a Service with several ports if the rule names none.
   * @param client The proxy that sends the request.
   */
  public find(wanted: WantedDestination, listenerPort: number, client: Client): Destination {
    const { host, port, subset } = wanted;
    const isSame = subset === undefined && client.scope?.object === undefined;
    const caller = isSame ? client.namespace : `${client.namespace} ${podsKey(client.labels)} ${client.scope !== undefined}`;
    return computeIfAbsent(this.known, JSON.stringify([host, port ?? `listener ${listenerPort}`, subset, caller]), () => this.read(wanted, listenerPort, client));
  }

  private read({ host, port, subset }: WantedDestination, listenerPort: number, client: Client): Destination {
    const service = this.exactly(host);
    if (service === undefined && !this.mayExist(host)) return unavailable(`there is no Service or ServiceEntry for host ${host}`);
    if (service !== undefined && !isVisibleTo(service, client.namespace)) return unavailable(`${nameOf(service)} is not exported to namespace ${client.namespace}`);
    const number = port ?? (service?.ports.length === 1 ? service.ports[0].number : listenerPort);
    if (service !== undefined && !service.ports.some((each) => each.number === number && isForTcp(each))) {
      return unavailable(`${nameOf(service)} has no port ${number}`);
    }
    if (service !== undefined && client.scope?.reaches(service, number) === false) {
      return unavailable(`${client.scope.object!.toString()} does not import port ${number} of ${nameOf(service)}`);
    }
    const found = subset === undefined ? undefined : findSubset(this.cluster, host, service?.namespace ?? this.services.nameOf(host)?.namespace ?? '', subset, client);
    if (subset !== undefined && found === undefined) return unavailable(`no DestinationRule that the proxy sees defines subset "${subset}" of host ${host}`);
    return service !== undefined && isExternal(service) ? external(service, number, found) : this.inMesh(host, number, service, found);
  }

  private inMesh(host: string, port: number, service: ServiceView | undefined, subset: FoundSubset | undefined): Destination {
    const subsetLabels = subset?.subset.labels;
    const labels = { ...service?.selector, ...subsetLabels };
    const behind = service === undefined ? [] : this.workloadsOf(service);
    const workloads = behind.filter((workload) => subsetLabels === undefined || selectorWithin(subsetLabels, workload.labels));
    const running = workloads.filter(({ object }) => objectOf(object.manifest.spec).replicas !== 0);
    if (behind.length > 0 && running.length === 0) {
      return unavailable(workloads.length > 0 ? `all workloads behind host ${host} have 0 replicas` : `no workload has the labels of subset "${subset!.subset.name}" of host ${host}`);
    }
    const responder: ServiceResponder = {
      kind: 'service', host, port, workloads: running.map(({ object }) => object.toString()), ...subset === undefined ? {} : { subset: { name: subset.subset.name, labels: subsetLabels! } },
    };
    const key = JSON.stringify([host, port, subsetLabels === undefined ? null : podsKey(subsetLabels)]);
    return { responder, key, service, workloads: running, labels, subset, isAssumed: service === undefined };
  }

  /** Envoy's clusters have the hosts of Services and ServiceEntries, so that one with a wildcard is no destination for a host below it. */
  private exactly(host: string): ServiceView | undefined {
    const found = this.services.find(host);
    return found?.host === host ? found : undefined;
  }

  /** Whether a Service that is not among the objects may exist: other charts and operators create Services too. */
  private mayExist(host: string): boolean {
    const name = this.services.nameOf(host);
    return name !== undefined && (!this.services.knows(name.namespace) || name.name.startsWith('seldon-') || this.cluster.derived(operatedNamespaces).has(name.namespace));
  }

  private workloadsOf({ namespace, selector, objects, kind }: ServiceView): readonly Workload[] {
    const selectors = kind === 'Service' ? [selector] : objects.map(({ spec }) => objectOf(spec.workloadSelector).labels as PodSelector | undefined);
    return selectors.flatMap((each) => (
      !isObject(each) || Object.keys(each).length === 0 ? []
        : workloadsWith(this.cluster, each as PodSelector).filter((workload) => workload.namespace === namespace)
    ));
  }
}

function operatedNamespaces(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.all(ClusterKind.SERVER).map(({ namespace }) => namespace));
}

function isForTcp({ protocol }: ServicePort): boolean {
  return protocol?.toUpperCase() !== 'UDP' && protocol?.toUpperCase() !== 'SCTP';
}

function isExternal({ kind, objects }: ServiceView): boolean {
  if (kind === 'Service') return externalName(objects[0]?.spec) !== undefined;
  return objects.every(({ spec }) => spec.location !== 'MESH_INTERNAL' && !isObject(spec.workloadSelector));
}

function externalName(spec: { readonly [field: string]: unknown } | undefined): string | undefined {
  return spec?.type === 'ExternalName' ? stringOf(spec.externalName) : undefined;
}

function external(service: ServiceView, port: number, subset: FoundSubset | undefined): Destination {
  const host = externalName(service.objects[0]?.spec) ?? service.host;
  const target = service.ports.find(({ number }) => number === port)?.targetPort;
  const responder: ExternalResponder = { kind: 'external', host, port: numberOf(target) ?? port };
  return { responder, key: JSON.stringify(['external', host, responder.port, subset?.subset.name]), service, workloads: [], labels: {}, subset, isAssumed: false };
}

function nameOf({ kind, namespace, host, objects }: ServiceView): string {
  return objects.length === 0 ? `Service ${namespace}/${CORE2_SERVICE}` : kind === 'Service' ? objects[0].toString() : `ServiceEntry for host ${host}`;
}

function unavailable(reason: string): Destination {
  return { responder: { kind: 'unavailable', status: 503, reason }, key: JSON.stringify(['unavailable', reason]), workloads: [], labels: {}, isAssumed: false };
}
