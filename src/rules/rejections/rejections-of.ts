import { ClusterObject } from '../../cluster/cluster-object';
import { showPath } from '../../cluster/json';
import { Fault } from '../../objects/fault';
import { Problem } from '../rule';

/**
 * The faults of an object because of which Istio's webhook rejects it, as problems.
 *
 * @internal
 */
export function rejectionsOf(object: ClusterObject, faults: readonly Fault[]): Problem[] {
  return faults.map(({ field, problem, remedy }) => ({ object, field, problem: `${showPath(field)} ${problem}, so Istio rejects ${object}`, remedy }));
}
