import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf } from '../json';

/**
 * A candidate or the mirror of an Experiment.
 *
 * @internal
 */
export interface WrittenArm {
  /** Name of a Model or a Pipeline. */
  readonly name: string;
  /** Its field. */
  readonly field: FieldPath;
  /** The whole arm. */
  readonly json: JsonObject;
}

/**
 * An Experiment. Arms without a name, which the API server rejects, are left out.
 *
 * @internal
 */
export interface WrittenExperiment {
  /** Its candidates. */
  readonly candidates: readonly WrittenArm[];
  /** Its mirror, if any. */
  readonly mirror: WrittenArm | undefined;
  /** The candidate whose requests it takes over, if any. */
  readonly defaultCandidate: string | undefined;
  /** Kind of the candidates and the mirror. */
  readonly kind: 'Model' | 'Pipeline';
  /** Its `spec`. */
  readonly spec: JsonObject;
}

/**
 * Reads an Experiment. Seldon reads every `resourceType` other than `pipeline` as `model`.
 *
 * @internal
 */
export function readExperiment(manifest: JsonObject): WrittenExperiment {
  const spec = objectOf(manifest.spec);
  return {
    candidates: listOf(spec.candidates).flatMap((arm, i) => armOf(arm, ['spec', 'candidates', i])),
    mirror: armOf(spec.mirror, ['spec', 'mirror'])[0],
    defaultCandidate: stringOf(spec.default),
    kind: spec.resourceType === 'pipeline' ? 'Pipeline' : 'Model',
    spec,
  };
}

function armOf(json: unknown, field: FieldPath): WrittenArm[] {
  const name = isObject(json) ? stringOf(json.name) : undefined;
  return isObject(json) && name !== undefined ? [{ name, field, json }] : [];
}
