import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { DestinationRules, DestinationRuleView, isVisibleIn, SubsetView } from '../../cluster/destination-rules';
import { widerHosts } from '../../plan/hosts';
import { PodSelector, selectorWithin } from '../../plan/pod-selectors';
import { SidecarScope } from '../mesh/sidecar-scope';

/**
 * The pods of a proxy that sends requests.
 *
 * @internal
 */
export interface Client {
  /** Their namespace. */
  readonly namespace: string;
  /** Their labels, as far as they are known. */
  readonly labels: PodSelector;
  /** What the sidecar knows; undefined for gateways, which know everything. */
  readonly scope?: SidecarScope;
}

/**
 * A subset, and the DestinationRule that defines it.
 *
 * @internal
 */
export interface FoundSubset {
  /** The DestinationRule. */
  readonly rule: ClusterObject;
  /** The subset. */
  readonly subset: SubsetView;
}

/**
 * Finds a subset as a client sees it. Istio looks in the namespace of the client, then in that of the Service, then in the root namespace,
 * and uses the rules with the most specific host of the first one that has any.
 *
 * @internal
 */
export function findSubset(cluster: Cluster, host: string, namespace: string, subset: string, client: Client): FoundSubset | undefined {
  for (const { object, subsets } of rulesFor(cluster, host, namespace, client)) {
    const found = subsets.find(({ name }) => name === subset);
    if (found !== undefined) return { rule: object, subset: found };
  }
  return undefined;
}

function rulesFor(cluster: Cluster, host: string, service: string, client: Client): readonly DestinationRuleView[] {
  const { rootNamespace } = cluster;
  const own = mostSpecific(cluster, host, client.namespace, (rule) => (
    client.namespace === rootNamespace ? rule.exportedTo?.length === 1 && isVisibleIn(rule, client.namespace) : isSeenAtHome(rule, client)
  ));
  if (own.length > 0) return own;
  const isSeen = (rule: DestinationRuleView) => !rule.selective && isVisibleIn(rule, client.namespace);
  const exported = mostSpecific(cluster, host, service, isSeen);
  return exported.length > 0 ? exported : mostSpecific(cluster, host, rootNamespace, isSeen);
}

/** A rule for some pods of its namespace applies to clients that are among them. */
function isSeenAtHome({ selective, object }: DestinationRuleView, { labels }: Client): boolean {
  return !selective || selectorWithin(podLabels(object), labels);
}

function podLabels({ spec }: ClusterObject): PodSelector {
  const { matchLabels } = (spec.workloadSelector ?? {}) as { readonly matchLabels?: PodSelector };
  return matchLabels ?? {};
}

function mostSpecific(
  cluster: Cluster, host: string, namespace: string, isSeen: (rule: DestinationRuleView) => boolean,
): readonly DestinationRuleView[] {
  const rules = DestinationRules.of(cluster);
  for (const pattern of [host, ...widerHosts(host)]) {
    const found = rules.forHost(pattern).filter((rule) => rule.object.namespace === namespace && isSeen(rule));
    if (found.length > 0) return found;
  }
  return [];
}
