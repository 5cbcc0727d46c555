import { RULES } from './all';
import { Level } from './level';
import { NO_PROOFS } from './proofs';
import { Cluster } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';

/**
 * An object that is not applied as it is written.
 *
 * @internal
 */
export interface RejectedObject {
  readonly object: ClusterObject;
  /** Why, as a clause. */
  readonly problem: string;
}

/**
 * The objects that Istio, the API server or its clients reject, each with the first reason.
 *
 * @internal
 */
export function rejectedObjects(cluster: Cluster): readonly RejectedObject[] {
  const found = new Map<ClusterObject, string>();
  for (const rule of RULES) {
    if (rule.rejects === undefined) continue;
    for (const { object, problem, level = rule.level } of rule.check(cluster, [], NO_PROOFS)) {
      if (level === Level.ERROR && !found.has(object)) found.set(object, problem);
    }
  }
  return [...found].map(([object, problem]) => ({ object, problem }));
}
