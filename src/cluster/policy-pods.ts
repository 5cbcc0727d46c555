import { Cluster } from './cluster';
import { ClusterKind, ClusterObject, nameIn } from './cluster-object';
import { JsonObject, objectOf } from './json';
import { AuthorizationPolicyView, enforcedPolicies, PolicyTarget } from './policies';
import { workloadMetadata } from './workload-labels';
import { groupBy, groupByEach } from '../plan/groups';
import { PodSelector, selectorWithin } from '../plan/pod-selectors';

/**
 * Pods with the same labels.
 *
 * @internal
 */
export interface Pods {
  /** Their labels, as far as they are known. */
  readonly labels: PodSelector;
  /** Their namespace; undefined if it is not known. */
  readonly namespace: string | undefined;
}

/**
 * Pods that an object among those of the cluster creates.
 *
 * @internal
 */
export interface Workload extends Pods {
  /** The object, such as a Deployment. */
  readonly object: ClusterObject;
  /** Their namespace. */
  readonly namespace: string;
  /** Annotations of the pods. */
  readonly annotations: JsonObject;
}

/**
 * The workloads of a cluster, without those that operators create.
 *
 * @internal
 */
export function workloads(cluster: Cluster): readonly Workload[] {
  return workloadMetadata(cluster).map(({ object, labels, annotations }) => (
    { object, namespace: object.namespace, labels: stringMap(labels), annotations }
  ));
}

function stringMap(value: unknown): PodSelector {
  return Object.fromEntries(Object.entries(objectOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/**
 * The workloads that a selector with at least one label selects, in all namespaces.
 *
 * @internal
 */
export function selectedWorkloads(cluster: Cluster, selector: PodSelector): readonly Workload[] {
  const index = cluster.derived(workloadsByLabel);
  const lists = Object.entries(selector).map((label) => index.get(label.join('=')) ?? []);
  if (lists.length === 0) return [];
  return lists.reduce((a, b) => (b.length < a.length ? b : a)).filter(({ labels }) => selectorWithin(selector, labels));
}

function workloadsByLabel(cluster: Cluster): ReadonlyMap<string, readonly Workload[]> {
  return groupByEach(cluster.derived(workloads), ({ labels }) => Object.entries(labels).map((label) => label.join('=')));
}

/**
 * Policies by the pods that they select.
 *
 * @internal
 */
export class PoliciesByPods<T extends { readonly target: PolicyTarget }> {
  private readonly byLabel: ReadonlyMap<string, readonly T[]>;
  private readonly ofNamespace: ReadonlyMap<string, readonly T[]>;

  /** Indexes policies. Those with references to objects select no pods here, since the references are to gateways of the Gateway API and to waypoints. */
  constructor(policies: readonly T[], private readonly rootNamespace: string) {
    const selecting = policies.filter(({ target }) => target.refs.length === 0);
    const [some, all] = [selecting.filter(({ target }) => hasLabels(target)), selecting.filter(({ target }) => !hasLabels(target))];
    this.byLabel = groupBy(some, ({ target }) => Object.entries(target.labels)[0].join('='));
    this.ofNamespace = groupBy(all, ({ target }) => target.namespace);
  }

  /** Those for pods. If the namespace is not known, a policy with labels of the pods is assumed to be in the right one. */
  public find({ labels, namespace }: Pods): T[] {
    const selected = Object.entries(labels).flatMap((label) => this.byLabel.get(label.join('=')) ?? [])
      .filter(({ target }) => selectorWithin(target.labels, labels) && this.isFor(target, namespace));
    const namespaces = namespace === undefined || namespace === this.rootNamespace ? [this.rootNamespace] : [namespace, this.rootNamespace];
    return [...selected, ...namespaces.flatMap((each) => this.ofNamespace.get(each) ?? [])];
  }

  private isFor(target: PolicyTarget, namespace: string | undefined): boolean {
    return namespace === undefined || target.namespace === namespace || target.namespace === this.rootNamespace;
  }
}

/**
 * Whether a policy is for pods with certain labels only.
 *
 * @internal
 */
export function hasLabels({ labels }: PolicyTarget): boolean {
  return Object.keys(labels).length > 0;
}

/** The pods of the gateway that Istio's own installation profiles create. */
const DEFAULT_GATEWAY: PodSelector = { istio: 'ingressgateway', app: 'istio-ingressgateway' };

/**
 * The pods of a Gateway: those of workloads among the objects, otherwise pods with its labels. None if it has no selector.
 *
 * @internal
 */
export function gatewayPods(cluster: Cluster, gateway: ClusterObject): readonly Pods[] {
  const selector = stringMap(gateway.spec.selector);
  if (Object.keys(selector).length === 0) return [];
  const known = selectedWorkloads(cluster, selector);
  if (known.length > 0) return known;
  return [{ labels: selectorWithin(selector, DEFAULT_GATEWAY) ? DEFAULT_GATEWAY : selector, namespace: undefined }];
}

/**
 * The enforced policies at each Gateway, by its namespace and name. If its pods differ in their policies, only common ones are counted.
 *
 * @internal
 */
export function policiesAtGateways(cluster: Cluster): ReadonlyMap<string, readonly AuthorizationPolicyView[]> {
  const index = cluster.derived(policiesByPods);
  return new Map(cluster.all(ClusterKind.GATEWAY).map((gateway) => {
    const [first = [], ...others] = gatewayPods(cluster, gateway).map((pods) => index.find(pods));
    return [nameIn(gateway.namespace, gateway.name), first.filter((policy) => others.every((list) => list.includes(policy)))];
  }));
}

/**
 * The enforced policies by the pods that they select.
 *
 * @internal
 */
export function policiesByPods(cluster: Cluster): PoliciesByPods<AuthorizationPolicyView> {
  return new PoliciesByPods(cluster.derived(enforcedPolicies), cluster.rootNamespace);
}

/**
 * The Gateways whose pods a policy selects, by the object of the policy.
 *
 * @internal
 */
export function gatewaysOfPolicies(cluster: Cluster): ReadonlyMap<ClusterObject, readonly ClusterObject[]> {
  const pairs = [...cluster.derived(policiesAtGateways)].flatMap(([name, policies]) => {
    const slash = name.indexOf('/');
    const gateway = cluster.find(ClusterKind.GATEWAY, name.slice(0, slash), name.slice(slash + 1));
    return gateway === undefined ? [] : policies.map(({ object }) => ({ object, gateway }));
  });
  return new Map([...groupBy(pairs, ({ object }) => object)].map(([object, list]) => [object, list.map(({ gateway }) => gateway)]));
}
