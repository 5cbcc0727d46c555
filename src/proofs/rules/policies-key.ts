import { canonical } from './canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';

const { AUTHORIZATION_POLICY, PEER_AUTHENTICATION, REQUEST_AUTHENTICATION } = ClusterKind;

/**
 * A key of all policies about callers. Their names make no difference.
 *
 * @internal
 */
export function policiesKey(cluster: Cluster): string {
  const kinds = [AUTHORIZATION_POLICY, PEER_AUTHENTICATION, REQUEST_AUTHENTICATION];
  const keyOf = ({ namespace, spec, annotations }: ClusterObject) => canonical([namespace, spec, annotations]);
  return canonical(kinds.map((kind) => cluster.all(kind).map(keyOf).sort()));
}
