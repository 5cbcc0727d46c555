import { isFolder } from './manifest-files';
import { Manifests } from './manifests';
import { CannotRun } from './terminal';
import { nameOfCluster } from './traffic-models';
import { canonical } from '../cluster/canonical';
import { Cluster, ClusterSettings } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import { Gateways } from '../cluster/gateways';
import { stringsOf } from '../cluster/json';
import { dividedStates } from '../cluster/partition';
import { gatewayName } from '../cluster/routing/gateway-name';
import { knownVirtualServices } from '../cluster/routing/operator-virtual-services';
import { byText } from '../plan/text-order';

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
  const { cwd, before, earlier, paths, later, context, settings } = states;
  if (later.objects.length === 0) throw new CannotRun([`there are no manifests in ${paths.join(', ')}. Synthesize first, or give another folder`], true);
  const below = (roots: readonly string[]) => fileBelow(roots, cwd);
  const [old, now] = [[before, ...paths], paths].map(below);
  const pairs = dividedStates([{ objects: [...earlier.objects, ...context], fileOf: old }, { objects: [...later.objects, ...context], fileOf: now }])
    .map(([was, is]): ClusterPair => ({
      name: ownFiles(is).length > 0 ? nameOfCluster(is, now) : nameOfCluster(was, old),
      before: new Cluster(was, settings),
      after: new Cluster(is, settings),
    }))
    .sort((a, b) => byText(a.name, b.name));
  checkRoutes(pairs, states);
  return pairs;
}

/** Names are those below the folders that were given, which are the same in both states. */
function fileBelow(roots: readonly string[], cwd: string): (object: ClusterObject) => string {
  const folders = roots.filter((root) => isFolder(cwd, root)).map((root) => root.replace(/^\.\/|\/+$/g, ''));
  return ({ origin }) => {
    const file = origin.file!;
    const root = folders.find((folder) => file.startsWith(`${folder}/`));
    return root === undefined ? file : file.slice(root.length + 1);
  };
}

function ownFiles(objects: readonly ClusterObject[]): readonly ClusterObject[] {
  return objects.filter(({ origin }) => origin.context !== true && origin.file !== undefined);
}

function checkRoutes(pairs: readonly ClusterPair[], { cwd, before, paths }: TwoStates): void {
  const [wasRouted, isRouted] = [pairs.some((pair) => hasRoutes(pair.before)), pairs.some((pair) => hasRoutes(pair.after))];
  if (!wasRouted && isFolder(cwd, before)) throw new CannotRun([`there are no routes in ${before}. Give the folder of the earlier state with --before`], true);
  if (!wasRouted && !isRouted) throw new CannotRun([`there are no routes in ${paths.join(', ')}, neither before nor after the change`], true);
  const [old, now] = [gatewaysIn(pairs.map((pair) => pair.before)), gatewaysIn(pairs.map((pair) => pair.after))];
  const [oldServers, servers] = [serversOf(pairs.map((pair) => pair.before), old), serversOf(pairs.map((pair) => pair.after), now)];
  if (old.size > 0 && now.size > 0 && !haveCommon(old, now) && !haveCommon(oldServers, servers)) {
    throw new CannotRun([`the two states have no Gateway in common, so they are those of different meshes: ${[...old].sort().join(', ')} before, and ${[...now].sort().join(', ')} after`], true);
  }
}

/** Those that Seldon's operator creates are routes, too. */
function hasRoutes(cluster: Cluster): boolean {
  return knownVirtualServices(cluster).length > 0;
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
  return new Set(clusters.flatMap((cluster) => knownVirtualServices(cluster).flatMap(({ namespace, spec }) => (
    stringsOf(spec.gateways).map((name) => gatewayName(name, namespace)).filter((name) => name !== 'mesh')
  ))));
}
