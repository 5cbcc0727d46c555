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
  /** By what it is rejected. Unknown names of fields are rejected by clients only, and ignored otherwise. */
  readonly by: 'by name' | 'by schema' | 'by meaning';
}

/**
 * The objects that Istio, the API server or its clients reject, each with the first reason.
 *
 * @internal
 */
export function rejectedObjects(cluster: Cluster): readonly RejectedObject[] {
  const found = new Map<ClusterObject, RejectedObject>();
  for (const rule of RULES) {
    const by = rule.rejects;
    if (by === undefined) continue;
    for (const { object, problem, level = rule.level } of rule.check(cluster, [], NO_PROOFS)) {
      if (level === Level.ERROR && !found.has(object)) found.set(object, { object, problem, by });
    }
  }
  return [...found.values()];
}
