import { Core2Kind, Core2Row, Core2Target } from './core2-row';
import { ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, numberOf } from '../../cluster/json';
import { readExperiment } from '../../objects/core2/experiment';
import { experimentFaults } from '../../objects/core2/experiment-faults';
import { Place } from '../answer';

/**
 * Why Seldon's scheduler rejects an Experiment.
 *
 * @internal
 */
export interface Rejection {
  /** The reason, as a clause. */
  readonly reason: string;
  /** What decides it. */
  readonly place: Place;
}

/**
 * An Experiment, as Seldon's scheduler reads it.
 *
 * @internal
 */
export interface PlannedExperiment {
  /** The object. */
  readonly object: ClusterObject;
  /** Kind of its candidates. */
  readonly kind: Core2Kind;
  /** The candidate whose requests it takes over. */
  readonly takesOver?: Core2Target;
  /** The candidate whose requests it would take over if it were not rejected. */
  readonly failsToTakeOver?: Core2Target;
  /** Why the scheduler rejects it; undefined if it does not. */
  readonly rejection?: Rejection;
}

/**
 * Experiments, as Seldon's scheduler reads them. One that it rejects, or that is younger than another one with the same default, takes over
 * nothing.
 *
 * @internal
 */
export function plannedExperiments(objects: readonly ClusterObject[]): readonly PlannedExperiment[] {
  const planned = objects.map(plannedOf);
  const oldest = new Map<string, ClusterObject>();
  for (const { object, takesOver } of planned) {
    if (takesOver === undefined || object.created === undefined) continue;
    const known = oldest.get(keyOf(takesOver));
    if (known === undefined || object.created < known.created!) oldest.set(keyOf(takesOver), object);
  }
  return planned.map((each) => {
    const { object, takesOver } = each;
    const older = takesOver === undefined ? undefined : oldest.get(keyOf(takesOver));
    if (older === undefined || object.created === undefined || object.created <= older.created!) return each;
    return rejected(each, `${older}, which is older, has the same default`, ['spec', 'default']);
  });
}

function plannedOf(object: ClusterObject): PlannedExperiment {
  const { kind: written, defaultCandidate } = readExperiment(object.manifest);
  const kind: Core2Kind = written === 'Pipeline' ? 'pipeline' : 'model';
  const planned = { object, kind, ...defaultCandidate === undefined ? {} : { takesOver: { kind, name: defaultCandidate } } };
  const fault = [...experimentFaults(object.manifest)].find(({ level }) => level !== 'warning');
  return fault === undefined ? planned : rejected(planned, fault.problem, fault.field);
}

function rejected({ object, kind, takesOver }: PlannedExperiment, why: string, field: FieldPath): PlannedExperiment {
  const rejection = { reason: `Seldon rejects ${object}, since ${why}`, place: { object, field } };
  return { object, kind, ...takesOver === undefined ? {} : { failsToTakeOver: takesOver }, rejection };
}

function keyOf({ kind, name }: Core2Target): string {
  return `${kind} ${name}`;
}

/**
 * The route of an Experiment, under its own name or under that of its default.
 *
 * @internal
 */
export function experimentRow({ object, kind }: PlannedExperiment, name: string): Core2Row {
  const { candidates, mirror } = readExperiment(object.manifest);
  const arms = candidates.map((candidate) => ({ target: { kind, name: candidate.name }, weight: numberOf(candidate.json.weight) ?? 0 }));
  return {
    name,
    object,
    arms,
    ...mirror === undefined ? {} : { mirror: { target: { kind, name: mirror.name }, percent: Math.min(numberOf(mirror.json.percent) ?? 0, 100) } },
    experiment: object,
    isSticky: arms.length > 1,
  };
}
