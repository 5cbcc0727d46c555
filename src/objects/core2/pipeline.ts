import { FieldPath, JsonObject, isObject, listOf, objectOf, stringOf } from '../json';

/**
 * A reference to data in a list of a Pipeline, as it is written.
 *
 * @internal
 */
export interface WrittenReference {
  /** The text. */
  readonly text: string;
  /** Its field. */
  readonly field: FieldPath;
}

/**
 * A step of a Pipeline.
 *
 * @internal
 */
export interface WrittenStep {
  /** Its name, which is that of its Model. */
  readonly name: string;
  /** Its field. */
  readonly field: FieldPath;
  /** The data that it reads. Without any, it reads the input of the Pipeline. */
  readonly inputs: readonly WrittenReference[];
  /** The data that it waits for. */
  readonly triggers: readonly WrittenReference[];
  /** The whole step. */
  readonly json: JsonObject;
}

/**
 * A Pipeline. Steps without a name, which the API server rejects, are left out.
 *
 * @internal
 */
export interface WrittenPipeline {
  /** Its name. */
  readonly name: string;
  /** Its steps, in the order of the manifest. */
  readonly steps: readonly WrittenStep[];
  /** The data that it returns; undefined if it has no output. */
  readonly output: readonly WrittenReference[] | undefined;
  /** The data that it reads of other Pipelines; undefined if it has no `input`. */
  readonly external: { readonly inputs: readonly WrittenReference[]; readonly triggers: readonly WrittenReference[] } | undefined;
  /** Its `spec`. */
  readonly spec: JsonObject;
}

/**
 * Reads a Pipeline.
 *
 * @internal
 */
export function readPipeline(manifest: JsonObject): WrittenPipeline {
  const spec = objectOf(manifest.spec);
  const { input, output } = spec;
  return {
    name: stringOf(objectOf(manifest.metadata).name) ?? '',
    steps: listOf(spec.steps).flatMap((step, i) => {
      const name = isObject(step) ? stringOf(step.name) : undefined;
      if (!isObject(step) || name === undefined) return [];
      const field = ['spec', 'steps', i];
      return [{ name, field, json: step, inputs: references(step.inputs, [...field, 'inputs']), triggers: references(step.triggers, [...field, 'triggers']) }];
    }),
    output: isObject(output) ? references(output.steps, ['spec', 'output', 'steps']) : undefined,
    external: isObject(input) ? {
      inputs: references(input.externalInputs, ['spec', 'input', 'externalInputs']),
      triggers: references(input.externalTriggers, ['spec', 'input', 'externalTriggers']),
    } : undefined,
    spec,
  };
}

function references(list: unknown, field: FieldPath): WrittenReference[] {
  return listOf(list).flatMap((text, i) => (typeof text === 'string' ? [{ text, field: [...field, i] }] : []));
}
