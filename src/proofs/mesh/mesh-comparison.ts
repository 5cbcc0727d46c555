import { meshRules } from './mesh-rules';
import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { Gateways, labelsOf } from '../../cluster/gateways';
import { objectOf } from '../../cluster/json';
import { selectorWithin } from '../../plan/pod-selectors';
import { Undecided } from '../change';
import { Side } from '../rules/side';

/** What sidecars read apart from routes. */
const KINDS = [
  ClusterKind.SIDECAR, ClusterKind.AUTHORIZATION_POLICY, ClusterKind.REQUEST_AUTHENTICATION, ClusterKind.PEER_AUTHENTICATION,
  ClusterKind.ENVOY_FILTER, ClusterKind.WASM_PLUGIN, ClusterKind.TRAFFIC_EXTENSION,
];

/**
 * What may change for requests of workloads inside the mesh. These are not divided into classes: what is different for them is not decided.
 *
 * @internal
 */
export function compareMesh([before, after]: readonly [Side, Side]): readonly Undecided[] {
  const [old, now] = [meshRules(before), meshRules(after)];
  const hosts = [...new Set([...old.keys(), ...now.keys()])].filter((host) => old.get(host) !== now.get(host)).sort();
  const names = changedObjects(before.cluster, after.cluster);
  const [first, ...others] = names;
  const subject = `${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return [
    ...hosts.map((host): Undecided => ({ requests: { host }, reason: 'rules for workloads inside the mesh are different' })),
    ...first === undefined ? [] : [{ requests: {}, reason: `${subject}, which can matter for workloads inside the mesh, ${others.length === 0 ? 'is' : 'are'} different` }],
  ];
}

/** The objects that are in one state only, without those for the pods of gateways. */
function changedObjects(before: Cluster, after: Cluster): readonly string[] {
  const [old, now] = [keyedObjects(before), keyedObjects(after)];
  const only = (some: ReadonlyMap<string, ClusterObject>, others: ReadonlyMap<string, ClusterObject>) => (
    [...some].flatMap(([key, object]) => (others.has(key) ? [] : [object.toString()]))
  );
  return [...new Set([...only(now, old), ...only(old, now)])];
}

function keyedObjects(cluster: Cluster): ReadonlyMap<string, ClusterObject> {
  const objects = KINDS.flatMap((kind) => cluster.all(kind)).filter((object) => !isForGateways(cluster, object));
  return new Map(objects.map((object) => [canonical([object.type, object.namespace, object.spec]), object]));
}

/** Whether a policy selects the pods of a Gateway by their labels. */
function isForGateways(cluster: Cluster, { spec }: ClusterObject): boolean {
  const selector = { ...labelsOf(objectOf(spec.selector).matchLabels), ...labelsOf(objectOf(spec.workloadSelector).labels) };
  if (Object.keys(selector).length === 0) return false;
  return Gateways.of(cluster).all.some((gateway) => Object.keys(gateway.selector).length > 0 && selectorWithin(selector, gateway.selector));
}
