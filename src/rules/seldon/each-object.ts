import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { JsonObject } from '../../cluster/json';
import { Fault } from '../../objects/fault';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** Finds what is wrong with one object. */
type FindFaults = (manifest: JsonObject) => Iterable<Fault>;

const LEVELS = { warning: Level.WARNING, info: Level.INFO } as const;

/**
 * The check of a rule about single objects.
 *
 * @param kinds The kinds of the objects, with what finds their faults.
 * @internal
 */
export function eachObject(...kinds: readonly (readonly [ClusterKind, FindFaults])[]): Rule['check'] {
  return (cluster: Cluster) => kinds.flatMap(([kind, find]) => (
    cluster.all(kind).filter(({ isChecked }) => !isChecked).flatMap((object) => problemsIn(object, find))
  ));
}

/**
 * The faults of an object as problems of a rule.
 *
 * @internal
 */
export function problemsIn(object: ClusterObject, find: FindFaults): Problem[] {
  return [...find(object.manifest)].map(({ field, problem, remedy, level }) => (
    { object, field, problem, remedy, ...level === undefined ? {} : { level: LEVELS[level] } }
  ));
}
