import { SchemaFaults, schemaFaults } from './walk';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';

const KINDS = [
  ClusterKind.GATEWAY, ClusterKind.VIRTUAL_SERVICE, ClusterKind.DESTINATION_RULE, ClusterKind.SERVICE_ENTRY, ClusterKind.SIDECAR,
  ClusterKind.AUTHORIZATION_POLICY, ClusterKind.REQUEST_AUTHENTICATION, ClusterKind.PEER_AUTHENTICATION, ClusterKind.TELEMETRY,
  ClusterKind.MODEL, ClusterKind.PIPELINE, ClusterKind.EXPERIMENT, ClusterKind.SERVER, ClusterKind.SERVER_CONFIG, ClusterKind.SELDON_RUNTIME,
  ClusterKind.SELDON_CONFIG, ClusterKind.SELDON_DEPLOYMENT,
];

/**
 * An object with what does not fit the schema of its kind.
 *
 * @internal
 */
export interface FaultyObject extends SchemaFaults {
  readonly object: ClusterObject;
}

/**
 * The objects that do not fit the schema of their kind.
 *
 * @internal
 */
export function faultyObjects(cluster: Cluster): FaultyObject[] {
  return KINDS.flatMap((kind) => cluster.all(kind).flatMap((object) => {
    if (object.isChecked || isFromCluster(object)) return [];
    const { unknown, invalid } = schemaFaults(object.manifest);
    return unknown.length + invalid.length === 0 ? [] : [{ object, unknown, invalid }];
  }));
}

/** The API server has accepted it, by the schemas of the releases that are in use there. */
function isFromCluster({ metadata }: ClusterObject): boolean {
  return metadata.uid !== undefined || metadata.resourceVersion !== undefined;
}
