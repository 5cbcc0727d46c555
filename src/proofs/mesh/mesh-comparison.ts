import { compareMeshHost, MeshResult, MeshSide } from './mesh-host';
import { meshOwners, meshRules } from './mesh-rules';
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
 * What changes for requests of workloads inside the mesh. Where the rules for a host are different, the answers are compared. It is not decided
 * what different Sidecars and policies do.
 *
 * @param steps The limit of work for a host.
 * @internal
 */
export function compareMesh([before, after]: readonly [Side, Side], steps: number): MeshResult {
  const sides = [before, after].map((side) => new MeshSide(side, meshOwners(side.resolver.cluster))) as [MeshSide, MeshSide];
  const [old, now] = sides.map(({ side, owners }) => meshRules(side, owners));
  const hosts = [...new Set([...old.keys(), ...now.keys()])].filter((host) => old.get(host) !== now.get(host)).sort();
  const results = hosts.map((host) => compareMeshHost(host, sides, steps));
  const limiting = hosts.length === 0 ? [] : limitingObjects([before.cluster, after.cluster]);
  const changed = changedObjects(before.cluster, after.cluster);
  return {
    changes: results.flatMap(({ changes }) => changes),
    repeated: results.flatMap(({ repeated }) => repeated),
    undecided: [
      ...limiting.slice(0, 1).flatMap((object) => hosts.map((host): Undecided => (
        { requests: { host }, reason: `rules for workloads inside the mesh are different, and ${object.toString()} can matter for them` }
      ))),
      ...results.flatMap(({ undecided }) => undecided),
      ...changed.length === 0 ? [] : [{ requests: {}, reason: changedText(changed) }],
    ],
  };
}

function changedText([first, ...others]: readonly string[]): string {
  const subject = `${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return `${subject}, which can matter for workloads inside the mesh, ${others.length === 0 ? 'is' : 'are'} different`;
}

/** What makes rules for one host matter for others, and what changes requests in a way that manifests do not tell. */
const LIMITING = [ClusterKind.SIDECAR, ClusterKind.ENVOY_FILTER, ClusterKind.WASM_PLUGIN, ClusterKind.TRAFFIC_EXTENSION];

function limitingObjects(clusters: readonly Cluster[]): readonly ClusterObject[] {
  return clusters.flatMap((cluster) => LIMITING.flatMap((kind) => cluster.all(kind)).filter((object) => !isForGateways(cluster, object)));
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
