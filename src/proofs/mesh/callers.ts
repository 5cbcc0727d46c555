import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { labelsOf } from '../../cluster/gateways';
import { isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { httpRules } from '../../cluster/routing/delegates';
import { Services } from '../../cluster/services';
import { hostCovers } from '../../plan/hosts';
import { PodSelector, podsKey } from '../../plan/pod-selectors';

/**
 * A workload in the mesh, and the port that it connects to.
 *
 * @internal
 */
export interface Caller {
  readonly namespace: string;
  readonly labels: PodSelector;
  readonly port: number;
}

/** So many sets of labels are combined. */
const MAX_SELECTORS = 6;

/** More callers are not looked at. */
const MAX_CALLERS = 2_000;

const HTTP = 80;

/**
 * Callers of which each satisfies other conditions of VirtualServices and DestinationRules about callers and ports.
 *
 * @param clusters The states of a cluster.
 * @param owners The VirtualServices of a host, in all states.
 * @returns undefined if there are too many.
 * @internal
 */
export function callersFor(clusters: readonly Cluster[], owners: readonly (readonly [Cluster, ClusterObject])[]): readonly Caller[] | undefined {
  const matches = owners.flatMap(([cluster, owner]) => httpRules(cluster, owner).flatMap(({ rule }) => listOf(rule.match).filter(isObject)));
  const namespaces = namespacesIn(clusters, matches);
  const rules = clusters.flatMap((cluster) => cluster.all(ClusterKind.DESTINATION_RULE));
  const labels = labelSets([
    ...matches.map(({ sourceLabels }) => labelsOf(sourceLabels)),
    ...rules.map(({ spec }) => labelsOf(objectOf(spec.workloadSelector).matchLabels)),
  ]);
  const ports = portsOf(owners, matches);
  if (labels === undefined || namespaces.length * labels.length * ports.length > MAX_CALLERS) return undefined;
  return ports.flatMap((port) => namespaces.flatMap((namespace) => labels.map((each): Caller => ({ namespace, labels: each, port }))));
}

/** Those that any object or visibility names, and one that none does. */
function namespacesIn(clusters: readonly Cluster[], matches: readonly JsonObject[]): readonly string[] {
  const objects = clusters.flatMap((cluster) => [ClusterKind.VIRTUAL_SERVICE, ClusterKind.DESTINATION_RULE].flatMap((kind) => cluster.all(kind)));
  const named = [
    ...objects.flatMap(({ namespace, spec }) => [namespace, ...stringsOf(spec.exportTo).filter((each) => !['.', '*', '~'].includes(each))]),
    ...matches.flatMap(({ sourceNamespace }) => stringOf(sourceNamespace) ?? []),
  ];
  const known = [...new Set(named)].sort();
  return [...known, ['other', 'another', 'any-other'].find((name) => !known.includes(name)) ?? 'one-more'];
}

/** All combinations of selectors that some labels satisfy. */
function labelSets(selectors: readonly PodSelector[]): readonly PodSelector[] | undefined {
  const distinct = [...new Map(selectors.filter((each) => Object.keys(each).length > 0).map((each) => [podsKey(each), each])).values()];
  if (distinct.length > MAX_SELECTORS) return undefined;
  const sets = distinct.reduce<readonly PodSelector[]>((known, selector) => [
    ...known,
    ...known.filter((labels) => Object.entries(selector).every(([name, value]) => (labels[name] ?? value) === value))
      .map((labels) => ({ ...labels, ...selector })),
  ], [{}]);
  return [...new Map(sets.map((each) => [podsKey(each), each])).values()];
}

function portsOf(owners: readonly (readonly [Cluster, ClusterObject])[], matches: readonly JsonObject[]): readonly number[] {
  const ofServices = owners.flatMap(([cluster, { namespace, spec }]) => {
    const hosts = stringsOf(spec.hosts).map((host) => cluster.fullHost(host, namespace));
    return [...Services.of(cluster).all()].filter(({ host }) => hosts.some((each) => hostCovers(each, host)))
      .flatMap(({ ports }) => ports.map(({ number }) => number));
  });
  return [...new Set([HTTP, ...ofServices, ...matches.flatMap(({ port }) => numberOf(port) ?? [])])].sort((a, b) => a - b);
}
