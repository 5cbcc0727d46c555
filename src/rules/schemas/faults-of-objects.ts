import { SchemaFaults } from './faults';
import { schemaFaults } from './walk';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { meantType } from '../../cluster/meant-type';

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
 * The objects that do not fit the schema of their kind, or whose kind does not exist.
 *
 * @internal
 */
export function faultyObjects(cluster: Cluster): FaultyObject[] {
  const misspelled = cluster.objects.filter(({ type }) => meantType(type) !== undefined);
  return [...KINDS.flatMap((kind) => cluster.all(kind)), ...misspelled].flatMap((object) => {
    if (object.isChecked || isFromCluster(object)) return [];
    const { unknown, invalid } = schemaFaults(object.manifest);
    return unknown.length + invalid.length === 0 ? [] : [{ object, unknown, invalid }];
  });
}

/** The API server has accepted it, by the schemas of the releases that are in use there. */
function isFromCluster({ metadata }: ClusterObject): boolean {
  return metadata.uid !== undefined || metadata.resourceVersion !== undefined;
}
