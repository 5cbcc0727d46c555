import { isFolder } from './manifest-files';
import { Manifests } from './manifests';
import { CannotRun } from './terminal';
import { nameOfCluster } from './traffic-models';
import { canonical } from '../cluster/canonical';
import { Cluster, ClusterSettings } from '../cluster/cluster';
import { ClusterKind, ClusterObject } from '../cluster/cluster-object';
import { Gateways } from '../cluster/gateways';
import { stringsOf } from '../cluster/json';
import { clustersIn } from '../cluster/partition';
import { gatewayName } from '../cluster/routing/gateway-name';

/**
 * Two states of one cluster.
 *
 * @internal
 */
export interface ClusterPair {
  /** Name of the cluster: its folder or file. */
  readonly name: string;
  /** The earlier state. */
  readonly before: Cluster;
  /** The later state. */
  readonly after: Cluster;
}

/**
 * What was read of two states.
 *
 * @internal
 */
export interface TwoStates {
  /** The working folder. */
  readonly cwd: string;
  /** The folder or the revision of the earlier state. */
  readonly before: string;
  /** The earlier state. */
  readonly earlier: Manifests;
  /** The files and folders of the later state. */
  readonly paths: readonly string[];
  /** The later state. */
  readonly later: Manifests;
  /** Objects of other teams, in both states. */
  readonly context: readonly ClusterObject[];
  /** What the manifests do not contain. */
  readonly settings: ClusterSettings;
}

/**
 * The clusters of two states, paired by their folders.
 *
 * @throws CannotRun if there are no routes, or the states are those of different meshes.
 * @internal
 */
export function pairedClusters(states: TwoStates): readonly ClusterPair[] {
  const { before, earlier, paths, later, context, settings } = states;
  if (later.objects.length === 0) throw new CannotRun([`there are no manifests in ${paths.join(', ')}. Synthesize first, or give another folder`], true);
  const [old, now] = [clustersByName(earlier.objects, context, [before, ...paths]), clustersByName(later.objects, context, paths)];
  const build = (objects: readonly ClusterObject[]) => new Cluster(objects, settings);
  const pairs = old.size === 1 && now.size === 1
    ? [...now].map(([name, objects]) => ({ name, before: build([...old.values()][0]), after: build(objects) }))
    : [...new Set([...now.keys(), ...old.keys()])].sort()
      .map((name) => ({ name, before: build(old.get(name) ?? context), after: build(now.get(name) ?? context) }));
  checkRoutes(pairs, states);
  return pairs;
}

/** Names are those below the folders that were given, which are the same in both states. */
function clustersByName(
  objects: readonly ClusterObject[], context: readonly ClusterObject[], roots: readonly string[],
): ReadonlyMap<string, readonly ClusterObject[]> {
  const folders = roots.map((root) => root.replace(/^\.\/|\/+$/g, ''));
  return new Map(clustersIn([...objects, ...context]).map((cluster) => {
    const name = nameOfCluster(cluster);
    const root = folders.find((folder) => name === folder || name.startsWith(`${folder}/`));
    return [root === undefined ? name : name.slice(root.length + 1) || '.', cluster];
  }));
}

function checkRoutes(pairs: readonly ClusterPair[], { cwd, before, paths }: TwoStates): void {
  const [old, now] = [gatewaysIn(pairs.map((pair) => pair.before)), gatewaysIn(pairs.map((pair) => pair.after))];
  if (old.size === 0 && isFolder(cwd, before)) throw new CannotRun([`there are no routes in ${before}. Give the folder of the earlier state with --before`], true);
  if (old.size === 0 && now.size === 0) throw new CannotRun([`there are no routes in ${paths.join(', ')}, neither before nor after the change`], true);
  const [oldServers, servers] = [serversOf(pairs.map((pair) => pair.before), old), serversOf(pairs.map((pair) => pair.after), now)];
  if (old.size > 0 && now.size > 0 && !haveCommon(old, now) && !haveCommon(oldServers, servers)) {
    throw new CannotRun([`the two states have no Gateway in common, so they are those of different meshes: ${[...old].sort().join(', ')} before, and ${[...now].sort().join(', ')} after`], true);
  }
}

function haveCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((each) => b.has(each));
}

/** The servers of Gateways: their pods, ports and hosts. A Gateway with another name can have the same ones. */
function serversOf(clusters: readonly Cluster[], names: ReadonlySet<string>): ReadonlySet<string> {
  const gateways = clusters.flatMap((cluster) => Gateways.of(cluster).all).filter(({ object: { namespace, name } }) => names.has(`${namespace}/${name}`));
  return new Set(gateways.flatMap(({ object: { namespace }, selector, servers }) => (
    servers.map(({ port, hosts }) => canonical([namespace, selector, port, hosts.map(({ written }) => written).sort()]))
  )));
}

/** The Gateways to which routes refer. */
function gatewaysIn(clusters: readonly Cluster[]): ReadonlySet<string> {
  return new Set(clusters.flatMap((cluster) => cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap(({ namespace, spec }) => (
    stringsOf(spec.gateways).map((name) => gatewayName(name, namespace)).filter((name) => name !== 'mesh')
  ))));
}
