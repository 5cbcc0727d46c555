import { ClusterObject } from '../../cluster/cluster-object';
import { showPath } from '../../cluster/json';
import { Fault } from '../../objects/fault';
import { Problem } from '../rule';

/**
 * The faults of an object because of which Istio's webhook rejects it, as problems.
 *
 * @param object The object.
 * @param faults Its faults.
 * @param found Problems of the object that are known already. Faults of the same fields are left out.
 * @internal
 */
export function rejectionsOf(object: ClusterObject, faults: readonly Fault[], found: readonly Problem[] = []): Problem[] {
  const known = new Set(found.map(({ field = [] }) => showPath(field)));
  return faults.filter(({ field }) => !known.has(showPath(field))).map(({ field, problem, remedy }) => ({ object, field, problem: `${showPath(field)} ${problem}, so Istio rejects ${object}`, remedy }));
}
