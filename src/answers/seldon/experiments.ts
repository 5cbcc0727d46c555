import { Core2Kind, Core2Row, Core2Target } from './core2-row';
import { ClusterObject } from '../../cluster/cluster-object';
import { numberOf } from '../../cluster/json';
import { readExperiment } from '../../objects/core2/experiment';
import { experimentFaults } from '../../objects/core2/experiment-faults';

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
  /** Whether the scheduler rejects it. */
  readonly isRejected: boolean;
}

/**
 * Experiments, as Seldon's scheduler reads them. One that it rejects, or that is younger than another one with the same default, takes over
 * nothing.
 *
 * @internal
 */
export function plannedExperiments(objects: readonly ClusterObject[]): readonly PlannedExperiment[] {
  const planned = objects.map((object) => {
    const { kind: written, defaultCandidate } = readExperiment(object.manifest);
    const kind: Core2Kind = written === 'Pipeline' ? 'pipeline' : 'model';
    const isRejected = [...experimentFaults(object.manifest)].some(({ level }) => level !== 'warning');
    return { object, kind, isRejected, ...isRejected || defaultCandidate === undefined ? {} : { takesOver: { kind, name: defaultCandidate } } };
  });
  const oldest = new Map<string, number>();
  for (const { object, takesOver } of planned) {
    if (takesOver === undefined || object.created === undefined) continue;
    const key = keyOf(takesOver);
    oldest.set(key, Math.min(oldest.get(key) ?? object.created, object.created));
  }
  return planned.map((each) => {
    const { takesOver, object } = each;
    const isYounger = takesOver !== undefined && object.created !== undefined && object.created > oldest.get(keyOf(takesOver))!;
    return isYounger ? { object, kind: each.kind, isRejected: true } : each;
  });
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
