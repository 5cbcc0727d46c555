import { Cluster } from './cluster';
import { ClusterKind, ClusterObject } from './cluster-object';
import { JsonObject, objectOf } from './json';

/**
 * The metadata of the pods, or of the machines outside of the cluster, that an object stands for or creates.
 *
 * @internal
 */
export interface WorkloadMetadata {
  /** The object. */
  readonly object: ClusterObject;
  /** Labels of its pods or machines. */
  readonly labels: JsonObject;
  /** Their annotations. */
  readonly annotations: JsonObject;
}

const TEMPLATED = [ClusterKind.DEPLOYMENT, ClusterKind.STATEFUL_SET, ClusterKind.DAEMON_SET];

/**
 * The workloads of a cluster, without those that operators create. Services and policies select WorkloadEntries as they select pods.
 *
 * @internal
 */
export function workloadMetadata(cluster: Cluster): readonly WorkloadMetadata[] {
  const read = (kind: ClusterKind, metadataOf: (object: ClusterObject) => JsonObject) => cluster.all(kind).map((object) => {
    const { labels, annotations } = metadataOf(object);
    return { object, labels: objectOf(labels), annotations: objectOf(annotations) };
  });
  return [
    ...TEMPLATED.flatMap((kind) => read(kind, ({ spec }) => objectOf(objectOf(spec.template).metadata))),
    ...read(ClusterKind.POD, ({ metadata }) => metadata),
    ...read(ClusterKind.WORKLOAD_ENTRY, ({ spec, metadata }) => ({
      ...metadata, labels: { ...objectOf(spec.labels), ...objectOf(metadata.labels) },
    })),
    ...read(ClusterKind.WORKLOAD_GROUP, ({ spec }) => objectOf(spec.metadata)),
  ];
}
