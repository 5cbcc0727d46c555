import { Core2Table } from '../../answers/seldon/core2-table';
import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { computeIfAbsent } from '../../plan/groups';

/** Kinds that a value of `seldon-model` can name, with the suffix of their names. */
const KINDS: readonly (readonly [kind: ClusterKind, suffix: string])[] = [
  [ClusterKind.MODEL, ''], [ClusterKind.PIPELINE, '.pipeline'], [ClusterKind.EXPERIMENT, '.experiment'],
];

/**
 * Values of `seldon-model` that Seldon Core 2's Envoy may treat differently.
 *
 * @internal
 */
export interface ModelNames {
  /** The values of which each has routes of its own, or routes that differ. */
  readonly names: readonly string[];
  /** Further values, in groups of which one is enough. All others name nothing. */
  readonly alike: readonly (readonly string[])[];
  /** Values of `x-seldon-route` that name their arms. */
  routesOf(name: string): readonly string[];
}

/**
 * The values of `seldon-model` whose routes differ between runtimes, and those that are the same, without and with several arms.
 *
 * @param hasAll Whether all values are given.
 * @param runtimes Clusters with the namespaces of the runtimes that requests reach.
 * @internal
 */
export function modelNames(runtimes: readonly (readonly [cluster: Cluster, namespace: string])[], hasAll: boolean): ModelNames {
  const [[first]] = runtimes;
  const key = runtimes.map(([cluster, namespace]) => `${cluster === first} ${namespace}`).join(' ');
  const others = new Set(runtimes.map(([cluster]) => cluster).filter((cluster) => cluster !== first));
  // Two states are compared, so there is at most one other cluster.
  const known = computeIfAbsent(first.derived(noModelNames), [...others][0] ?? first, () => new Map<string, ModelNames>());
  return computeIfAbsent(known, `${key} ${hasAll}`, () => findModelNames(runtimes, hasAll));
}

function findModelNames(runtimes: readonly (readonly [cluster: Cluster, namespace: string])[], hasAll: boolean): ModelNames {
  const tables = runtimes.map(([cluster, namespace]) => ({ table: Core2Table.of(cluster, namespace), names: namesIn(cluster, namespace) }));
  const all = new Set(tables.flatMap(({ names }) => names));
  const rowsOf = (name: string) => tables.map(({ table }) => canonical(table.find(name).map(({ condition, row }) => (
    [condition ?? null, row?.arms ?? null, row?.mirror ?? null, row?.isSticky ?? null]
  ))));
  const different: string[] = [];
  const same = new Map<boolean, string[]>();
  for (const name of all) {
    const [first, ...others] = rowsOf(name);
    if (hasAll || others.some((row) => row !== first)) different.push(name);
    else computeIfAbsent(same, isShared(tables[0].table, name), () => []).push(name);
  }
  // Models that are not among the objects may exist.
  const unknown = all.size === 0 ? [['model', 'another-model']] : [];
  return {
    names: different,
    alike: [...same.values(), ...unknown],
    routesOf: (name) => [...new Set(tables.flatMap(({ table }) => table.find(name).flatMap(({ row }) => (row?.isSticky === true ? row.arms : []))
      .map(({ target }) => (target.kind === 'pipeline' ? `:${target.name}.pipeline:` : `:${target.name}_1:`))))],
  };
}

function isShared(table: Core2Table, name: string): boolean {
  return table.find(name).some(({ row }) => row?.isSticky === true);
}

function namesIn(cluster: Cluster, namespace: string): readonly string[] {
  const names = computeIfAbsent(cluster.derived(noNames), namespace, () => (
    KINDS.flatMap(([kind, suffix]) => cluster.all(kind).filter((object) => object.namespace === namespace).map(({ name }) => name + suffix))
  ));
  return names;
}

function noModelNames(): Map<Cluster, Map<string, ModelNames>> {
  return new Map();
}

function noNames(): Map<string, readonly string[]> {
  return new Map();
}
