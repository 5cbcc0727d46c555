import { Cluster } from './cluster';
import { ClusterKind, ClusterObject } from './cluster-object';
import { labelsOf } from './gateways';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from './json';
import { latestObjects } from './latest-objects';
import { groupBy } from '../plan/groups';
import { PodSelector } from '../plan/pod-selectors';

/**
 * A subset of a DestinationRule.
 *
 * @internal
 */
export interface SubsetView {
  /** Its name. */
  readonly name: string;
  /** Labels of its pods. */
  readonly labels: PodSelector;
  /** Its field in the rule. */
  readonly field: FieldPath;
  /** Its manifest. */
  readonly json: JsonObject;
}

/**
 * A DestinationRule.
 *
 * @internal
 */
export interface DestinationRuleView {
  /** The object. */
  readonly object: ClusterObject;
  /** The host in full, in lower case. */
  readonly host: string;
  /** Its subsets that have a name. */
  readonly subsets: readonly SubsetView[];
  /** Whether it applies to some pods of its namespace only. */
  readonly selective: boolean;
  /** The namespaces that see it; undefined if all do. */
  readonly exportedTo?: readonly string[];
}

/**
 * The DestinationRules of a cluster by host.
 *
 * @internal
 */
export class DestinationRules {
  /** Those of a cluster, read once. */
  public static of(cluster: Cluster): DestinationRules {
    return cluster.derived(readRules);
  }

  private readonly hosts: ReadonlyMap<string, readonly DestinationRuleView[]>;

  constructor(public readonly all: readonly DestinationRuleView[]) {
    this.hosts = groupBy(all, ({ host }) => host);
  }

  /** The rules for exactly a host. */
  public forHost(host: string): readonly DestinationRuleView[] {
    return this.hosts.get(host) ?? [];
  }

  /** The hosts that have rules. */
  public get byHost(): ReadonlyMap<string, readonly DestinationRuleView[]> {
    return this.hosts;
  }

  /**
   * The rules that apply to a host: in each namespace those with the most specific host. Rules of the same host and namespace are merged.
   *
   * @param host The host in full.
   */
  public covering(host: string): readonly DestinationRuleView[] {
    const found = new Map<string, readonly DestinationRuleView[]>();
    for (const pattern of [host, ...wildcardsOver(host)]) {
      for (const [namespace, rules] of groupBy(this.forHost(pattern), ({ object }) => object.namespace)) {
        if (!found.has(namespace)) found.set(namespace, rules);
      }
    }
    return [...found.values()].flat();
  }
}

/** In the hosts of DestinationRules, wildcards replace whole labels. */
function wildcardsOver(host: string): string[] {
  const labels = host.split('.');
  return [...labels.slice(1).map((_label, i) => `*.${labels.slice(i + 1).join('.')}`), '*'].filter((pattern) => pattern !== host);
}

/**
 * Whether a namespace sees a rule.
 *
 * @internal
 */
export function isVisibleIn({ exportedTo }: DestinationRuleView, namespace: string): boolean {
  return exportedTo === undefined || exportedTo.includes(namespace);
}

function readRules(cluster: Cluster): DestinationRules {
  return new DestinationRules(latestObjects(cluster.all(ClusterKind.DESTINATION_RULE)).flatMap((object) => {
    const { host, subsets, workloadSelector, exportTo } = object.spec;
    const written = stringOf(host);
    if (written === undefined) return [];
    return [{
      object,
      host: cluster.fullHost(written, object.namespace),
      subsets: listOf(subsets).flatMap(readSubset),
      selective: isObject(workloadSelector),
      exportedTo: namespacesOf(stringsOf(exportTo), object.namespace),
    }];
  }));
}

function namespacesOf(exportTo: readonly string[], own: string): readonly string[] | undefined {
  return exportTo.length === 0 || exportTo.includes('*') ? undefined : exportTo.map((entry) => (entry === '.' ? own : entry));
}

function readSubset(json: unknown, index: number): SubsetView[] {
  const { name, labels } = objectOf(json);
  const text = stringOf(name);
  return text === undefined ? [] : [{ name: text, labels: labelsOf(labels), field: ['spec', 'subsets', index], json: objectOf(json) }];
}
