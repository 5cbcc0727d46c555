import { ShortKeys } from './short-keys';
import { AccessPolicies } from '../../answers/access/access-policies';
import { podsAt } from '../../answers/arrival/pods-at';
import { wantedBy } from '../../answers/delivery/arm';
import { Destination, Destinations } from '../../answers/destinations/destinations';
import { Route } from '../../answers/routes/route';
import { Core1Predictors } from '../../answers/seldon/core1-predictors';
import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { JsonObject, listOf, objectOf } from '../../cluster/json';
import { ProxyFilters, ProxyPart } from '../../cluster/proxy-filters';
import { Services } from '../../cluster/services';
import { CORE2_SERVICE } from '../../plan/core2-service';
import { computeIfAbsent } from '../../plan/groups';

/**
 * Keys of what rules do. Rules with the same key, in two states of a cluster, do the same with all requests.
 *
 * @internal
 */
export class ActionKeys {
  private readonly destinations: Destinations;
  private readonly reached = new Map<Destination, string>();
  private readonly podPolicies = new Map<Destination, string>();
  private readonly core2 = new Map<string, string>();

  /**
   * Prepares keys.
   *
   * @param filters The filters of proxies.
   * @param hasPolicies Whether there is any policy about callers, or any filter.
   * @param keys Short keys, which both sides of a comparison share. A destination has a long one, with all models behind it.
   */
  constructor(
    private readonly cluster: Cluster, private readonly policies: AccessPolicies, private readonly filters: ProxyFilters,
    private readonly hasPolicies: boolean, private readonly keys: ShortKeys,
  ) {
    this.destinations = new Destinations(cluster);
  }

  /** The key of a route. */
  public of(route: Route): string {
    const { rule } = route.written;
    return `${this.keys.ofWritten(rule, writtenKey)} ${destinationsIn(rule).map((destination) => this.placeOf(destination, route)).join(' ')}${this.podPoliciesOf(route)}`;
  }

  /** The destinations of a rule and of its mirrors. */
  public destinationsOf(route: Route): readonly Destination[] {
    return destinationsIn(route.written.rule).flatMap((destination) => this.find(destination, route) ?? []);
  }

  /** A key of the policies and filters at the pods to which a rule sends requests. */
  public podPoliciesOf(route: Route): string {
    if (!this.hasPolicies) return '';
    const keys = this.destinationsOf(route).map((destination) => (
      computeIfAbsent(this.podPolicies, destination, () => this.readPolicies(destination))
    ));
    return keys.every((key) => key === '') ? '' : canonical(keys);
  }

  /** The filters at the pods to which a rule sends requests. */
  public podFiltersOf(route: Route): readonly ClusterObject[] {
    const pods = this.destinationsOf(route).flatMap((destination) => podsAt(this.cluster, destination));
    return pods.flatMap((each) => this.filters.at(each, ProxyPart.INBOUND));
  }

  private readPolicies(destination: Destination): string {
    const { responder, service } = destination;
    if (responder.kind !== 'service') return '';
    const specs = podsAt(this.cluster, destination).map((each) => {
      const { authorization, authentication } = this.policies.policiesAtWorkload(each.namespace, each.labels);
      const filters = this.filters.at(each, ProxyPart.INBOUND);
      return [...[...authorization, ...authentication].map(({ object }) => object), ...filters].map(specOf).sort();
    });
    const mtls = this.cluster.all(ClusterKind.PEER_AUTHENTICATION).map((object) => [specOf(object), object.created ?? null]);
    const ports = service?.ports.filter(({ number }) => number === responder.port).map(({ targetPort }) => targetPort ?? null);
    return specs.every((each) => each.length === 0) && mtls.length === 0 ? '' : canonical([specs, mtls, ports ?? null]);
  }

  private placeOf(destination: unknown, route: Route): string {
    const found = this.find(destination, route);
    return found === undefined ? '' : this.reachedKey(found);
  }

  private find(destination: unknown, { written: { object }, owner }: Route): Destination | undefined {
    const { port, gateway, labels, namespace } = owner.proxy;
    const wanted = wantedBy(this.cluster, object.namespace, destination);
    if (wanted === undefined) return undefined;
    const withPort = gateway === 'mesh' ? { ...wanted, port: wanted.port ?? port } : wanted;
    return this.destinations.find(withPort, port, { namespace, labels });
  }

  private reachedKey(destination: Destination): string {
    return computeIfAbsent(this.reached, destination, () => this.keys.of(this.read(destination)));
  }

  /** Names of subsets and of workloads make no difference. */
  private read({ responder }: Destination): string {
    if (responder.kind !== 'service') return canonical({ ...responder, place: undefined });
    const { host, port, subset } = responder;
    const name = Services.of(this.cluster).nameOf(host);
    const predictor = Core1Predictors.of(this.cluster).find(host);
    const models = name?.name === CORE2_SERVICE && port === 80 ? this.modelsOf(name.namespace) : '';
    return canonical([host, port, subset?.labels ?? null, predictor ?? null, models]);
  }

  private modelsOf(namespace: string): string {
    return computeIfAbsent(this.core2, namespace, () => canonical([ClusterKind.MODEL, ClusterKind.PIPELINE, ClusterKind.EXPERIMENT].map((kind) => (
      this.cluster.all(kind).filter((object) => object.namespace === namespace)
        .map(({ name, spec, created }) => (kind === ClusterKind.EXPERIMENT ? [name, spec, created ?? null] : name))
    ))));
  }
}

function specOf({ namespace, type, spec }: ClusterObject): string {
  return canonical([namespace, type, spec]);
}

function destinationsIn({ route, mirror, mirrors }: JsonObject): readonly unknown[] {
  return [...listOf(route).map((arm) => objectOf(arm).destination), mirror, ...listOf(mirrors).map((each) => objectOf(each).destination)];
}

/** Without the name of a rule and without its matches. */
function writtenKey(rule: JsonObject): string {
  const { name: _name, match: _match, route, mirror, mirrors, ...rest } = rule;
  const arms = listOf(route).map((arm) => ({ ...objectOf(arm), destination: undefined }));
  const copies = listOf(mirrors).map((each) => ({ ...objectOf(each), destination: undefined }));
  return canonical([rest, arms, mirror !== undefined, copies]);
}
