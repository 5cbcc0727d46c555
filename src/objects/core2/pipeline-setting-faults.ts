import { readPipeline } from './pipeline';
import { Fault } from '../fault';
import { FieldPath, JsonObject, objectOf } from '../json';

/**
 * Finds numbers of a Pipeline that Seldon cannot read. The API server rejects unknown join types by the schema.
 *
 * @internal
 */
export function* pipelineSettingFaults(manifest: JsonObject): Iterable<Fault> {
  const { steps, spec } = readPipeline(manifest);
  for (const { json, field } of steps) {
    yield* numberFaults(json, field, ['joinWindowMs']);
    yield* numberFaults(objectOf(json.batch), [...field, 'batch'], ['size', 'windowMs']);
  }
  yield* numberFaults(objectOf(spec.input), ['spec', 'input'], ['joinWindowMs']);
  yield* numberFaults(objectOf(spec.output), ['spec', 'output'], ['joinWindowMs']);
  yield* numberFaults(spec, ['spec'], ['maxStepRevisits']);
}

/** The API server accepts negative numbers, which the operator cannot read. */
function* numberFaults(json: JsonObject, field: FieldPath, names: readonly string[]): Iterable<Fault> {
  for (const name of names) {
    const value = json[name];
    if (typeof value !== 'number' || value >= 0) continue;
    yield { field: [...field, name], problem: `${name} is ${value}, and Seldon's operator cannot read negative numbers`, remedy: 'use 0 or more' };
  }
}
