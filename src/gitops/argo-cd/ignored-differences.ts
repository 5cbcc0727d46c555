import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { objectOf, stringOf } from '../../cluster/json';
import { byText } from '../../plan/text-order';

/**
 * Fields of one object that its controller changes, an entry of `spec.ignoreDifferences` of an Application.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 * @internal
 */
export interface IgnoredDifference {
  /** API group. */
  readonly group: string;
  /** The kind. */
  readonly kind: string;
  /** Name of the object. */
  readonly name: string;
  /** Its namespace; undefined if the manifests do not specify it. */
  readonly namespace?: string;
  /** The fields. */
  readonly jsonPointers: readonly string[];
}

const SCALED_BY_SELDON: readonly ClusterKind[] = [ClusterKind.MODEL, ClusterKind.SERVER];

/**
 * The fields that an autoscaler changes: the replicas of Models and Servers that Seldon scales, and of whatever a
 * HorizontalPodAutoscaler scales.
 *
 * @internal
 */
export function ignoredDifferences(cluster: Cluster): readonly IgnoredDifference[] {
  const bySeldon = SCALED_BY_SELDON.flatMap((kind) => cluster.all(kind))
    .filter(({ spec }) => spec.minReplicas !== undefined || spec.maxReplicas !== undefined)
    .map((object) => difference(object, groupOf(object.manifest.apiVersion), object.kind, object.name));
  const byAutoscaler = cluster.all(ClusterKind.HORIZONTAL_POD_AUTOSCALER).flatMap((object) => {
    const { apiVersion, kind, name } = objectOf(object.spec.scaleTargetRef);
    return typeof kind === 'string' && typeof name === 'string' ? [difference(object, groupOf(apiVersion), kind, name)] : [];
  });
  const found = new Map([...bySeldon, ...byAutoscaler].map((each) => [JSON.stringify([each.group, each.kind, each.namespace, each.name]), each]));
  return [...found].sort(([a], [b]) => byText(a, b)).map(([, each]) => each);
}

/** The namespace as written: Argo CD puts the Application's own into objects without one. */
function difference({ metadata }: ClusterObject, group: string, kind: string, name: string): IgnoredDifference {
  const namespace = stringOf(metadata.namespace);
  return { group, kind, name, ...namespace === undefined ? {} : { namespace }, jsonPointers: ['/spec/replicas'] };
}

function groupOf(apiVersion: unknown): string {
  const [group, version] = (stringOf(apiVersion) ?? '').split('/');
  return version === undefined ? '' : group;
}
