import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { DestinationRules, DestinationRuleView, isVisibleIn } from '../../cluster/destination-rules';
import { allDestinations, RouteDestination } from '../../cluster/destinations';
import { attachedRoutes } from '../../cluster/gateway-references';
import { Gateways } from '../../cluster/gateways';
import { Services, workloadsWith } from '../../cluster/services';
import { groupBy } from '../../plan/groups';

/**
 * What is known of the subset of a destination.
 *
 * @internal
 */
export type SubsetLookup =
  /** It is defined, or it may be. */
  | { readonly kind: 'found' }
  /** No DestinationRule of the host is known. */
  | { readonly kind: 'none' }
  /** The rules that callers get do not define it. */
  | { readonly kind: 'lacking'; readonly rules: readonly DestinationRuleView[]; readonly hidden: readonly DestinationRuleView[] }
  /** The rules that define it are not those that callers get. */
  | { readonly kind: 'unseen'; readonly rules: readonly DestinationRuleView[]; readonly serviceNamespace: string; readonly certain: boolean };

/**
 * A destination with a subset.
 *
 * @internal
 */
export interface SubsetDestination extends RouteDestination {
  /** The subset. */
  readonly subset: string;
}

/**
 * The destinations with a subset, those of mirrors included.
 *
 * @internal
 */
export function subsetDestinations(cluster: Cluster): readonly SubsetDestination[] {
  return allDestinations(cluster).filter((destination): destination is SubsetDestination => destination.subset !== undefined);
}

/** Who sends the requests of a VirtualService. */
interface Callers {
  /** Namespaces of the pods of its gateways, or of the Gateways themselves if the pods are not known. */
  readonly namespaces: readonly string[];
  /** Whether these are the namespaces of all pods. */
  readonly certain: boolean;
  /** Whether callers in any namespace may get its routes. The callers of a delegate are those of another VirtualService. */
  readonly mesh: boolean;
}

/**
 * Finds the subset of a destination in the DestinationRules that its callers get. Istio looks in the namespace of the caller, then in that
 * of the Service, then in the root namespace, and stops at the first one that has a rule for the host.
 *
 * @internal
 */
export function findSubset(cluster: Cluster, { host, subset, route }: RouteDestination): SubsetLookup {
  const rules = DestinationRules.of(cluster).covering(host);
  if (rules.length === 0) return { kind: 'none' };
  const services = Services.of(cluster);
  const namespace = services.nameOf(host)?.namespace ?? services.find(host)?.namespace;
  const defining = rules.filter((rule) => rule.subsets.some(({ name }) => name === subset));
  // It is not known where Istio looks for the rules of a host without a Service, nor which pods a selective rule leaves out.
  if (namespace === undefined || defining.some(({ selective }) => selective)) {
    return defining.length > 0 ? { kind: 'found' } : { kind: 'lacking', rules, hidden: [] };
  }
  const callers = cluster.derived(callersOf).get(route)!;
  const general = rules.filter(({ selective }) => !selective);
  const effective = effectiveRules(general, namespace, cluster.rootNamespace, callers);
  if (effective.some((rule) => defining.includes(rule))) return { kind: 'found' };
  if (effective.length > 0) return { kind: 'lacking', rules: effective, hidden: defining };
  if (defining.length === 0) return { kind: 'none' };
  const certain = !callers.mesh && (callers.certain || defining.every(({ object }) => object.namespace === route.namespace));
  return { kind: 'unseen', rules: defining, serviceNamespace: namespace, certain };
}

/** The rules that the callers get, or may get if not all of them are known. */
function effectiveRules(rules: readonly DestinationRuleView[], service: string, root: string, callers: Callers): readonly DestinationRuleView[] {
  const byNamespace = groupBy(rules, ({ object }) => object.namespace);
  const effectiveIn = (caller: string | undefined) => {
    const visible = (namespace: string) => byNamespace.get(namespace)?.filter((rule) => caller === undefined || isVisibleIn(rule, caller));
    // For callers in the root namespace only the rules that it exports to no other one come first.
    const local = caller === undefined ? undefined : visible(caller)?.filter((rule) => caller !== root || rule.exportedTo?.length === 1);
    return [local, visible(service), visible(root)].find((found) => found !== undefined && found.length > 0) ?? [];
  };
  const effective = callers.namespaces.flatMap(effectiveIn);
  return [...new Set(callers.certain && !callers.mesh ? effective : [...effective, ...effectiveIn(undefined)])];
}

function callersOf(cluster: Cluster): ReadonlyMap<ClusterObject, Callers> {
  const gateways = Gateways.of(cluster);
  return new Map(attachedRoutes(cluster).map((route) => {
    const views = route.gateways.map(({ key }) => gateways.find(key));
    const pods = views.map((view) => (view === undefined ? [] : workloadsWith(cluster, view.selector).map(({ namespace }) => namespace)));
    const namespaces = route.gateways.flatMap(({ namespace }, i) => (pods[i].length > 0 ? pods[i] : [namespace]));
    const callers = {
      namespaces: [...new Set(namespaces)], certain: pods.every(({ length }) => length > 0), mesh: route.mesh || route.hosts.length === 0,
    };
    return [route.object, callers];
  }));
}
