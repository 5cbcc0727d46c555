import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { GatewayView } from '../../cluster/gateway-view';
import { Gateways } from '../../cluster/gateways';
import { Workload, workloads } from '../../cluster/policy-pods';
import { computeIfAbsent } from '../../plan/groups';
import { PodSelector, PodSelectors, podsKey, selectorWithin } from '../../plan/pod-selectors';

/**
 * Pods of gateways with the same labels. Istio merges all Gateways that select them.
 *
 * @internal
 */
export interface GatewayPods {
  /** The labels, as far as they are known. */
  readonly labels: PodSelector;
  /** The namespace of the pods; that of the first Gateway if they are not among the objects. */
  readonly namespace: string;
  /** The Gateways that select them. */
  readonly gateways: readonly GatewayView[];
}

/**
 * The pods of all Gateways. Those that are not among the objects are assumed to have the labels of the most precise selectors.
 *
 * @internal
 */
export function gatewayPodGroups(cluster: Cluster): readonly GatewayPods[] {
  const { all } = Gateways.of(cluster);
  const groups = new Map<string, { labels: PodSelector; namespace: string; gateways: GatewayView[] }>();
  const selectors = new PodSelectors();
  const keys = new Map(all.map((view) => [view, selectors.add(view.selector)]));
  const bySelector = new Map(all.map((view) => [keys.get(view)!, view]));
  const known = workloadsBySelector(cluster, all);
  for (const view of all) {
    for (const { labels, namespace } of known.get(view) ?? []) {
      computeIfAbsent(groups, `${namespace} ${podsKey(labels)}`, () => ({ labels, namespace, gateways: [] })).gateways.push(view);
    }
    if (known.has(view)) continue;
    for (const key of selectors.mostPrecise(keys.get(view)!)) {
      const { selector, object } = bySelector.get(key)!;
      computeIfAbsent(groups, key, () => ({ labels: selector, namespace: object.namespace, gateways: [] })).gateways.push(view);
    }
  }
  return [...groups.values()];
}

/** The workloads that each Gateway selects, if there are any. A Gateway without a selector selects those of all other Gateways. */
function workloadsBySelector(cluster: Cluster, all: readonly GatewayView[]): ReadonlyMap<GatewayView, readonly Workload[]> {
  const candidates = cluster.derived(workloads);
  const index = new Map<string, Workload[]>();
  for (const workload of candidates) {
    for (const label of Object.entries(workload.labels)) computeIfAbsent(index, label.join('='), () => []).push(workload);
  }
  const selected = new Map<GatewayView, readonly Workload[]>();
  const gateways = new Set<Workload>();
  for (const view of all) {
    const [first] = Object.entries(view.selector);
    const found = first === undefined ? [] : (index.get(first.join('=')) ?? []).filter(({ labels }) => selectorWithin(view.selector, labels));
    if (found.length > 0) selected.set(view, found);
    found.forEach((workload) => gateways.add(workload));
  }
  for (const view of all) {
    if (Object.keys(view.selector).length === 0 && gateways.size > 0) selected.set(view, [...gateways]);
  }
  return selected;
}

/**
 * The Gateway with a name of the form `namespace/name`.
 *
 * @internal
 */
export function findGateway(cluster: Cluster, key: string): ClusterObject | undefined {
  const slash = key.indexOf('/');
  return cluster.find(ClusterKind.GATEWAY, key.slice(0, slash), key.slice(slash + 1));
}
