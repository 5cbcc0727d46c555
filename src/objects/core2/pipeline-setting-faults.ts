import { readPipeline } from './pipeline';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { FieldPath, JsonObject, objectOf } from '../json';

const JOINS = ['inner', 'outer', 'any'];

/**
 * Finds join types and numbers of a Pipeline that Seldon cannot read.
 *
 * @internal
 */
export function* pipelineSettingFaults(manifest: JsonObject): Iterable<Fault> {
  const { steps, spec } = readPipeline(manifest);
  for (const { json, field } of steps) {
    yield* joinFaults(json, field, ['inputsJoinType', 'triggersJoinType']);
    yield* numberFaults(json, field, ['joinWindowMs']);
    yield* numberFaults(objectOf(json.batch), [...field, 'batch'], ['size', 'windowMs']);
  }
  yield* joinFaults(objectOf(spec.input), ['spec', 'input'], ['joinType', 'triggersJoinType']);
  yield* numberFaults(objectOf(spec.input), ['spec', 'input'], ['joinWindowMs']);
  yield* joinFaults(objectOf(spec.output), ['spec', 'output'], ['stepsJoin']);
  yield* numberFaults(objectOf(spec.output), ['spec', 'output'], ['joinWindowMs']);
  yield* numberFaults(spec, ['spec'], ['maxStepRevisits']);
}

function* joinFaults(json: JsonObject, field: FieldPath, names: readonly string[]): Iterable<Fault> {
  for (const name of names) {
    const join = json[name];
    if (typeof join !== 'string' || join === '' || JOINS.includes(join)) continue;
    const near = JOINS.find((each) => each === join.toLowerCase());
    yield {
      field: [...field, name],
      problem: `${name} is ${show(join)}, which Seldon reads as "inner"`,
      remedy: near === undefined ? `expected one of ${JOINS.map(show).join(', ')}` : `did you mean ${show(near)}?`,
      level: 'warning',
    };
  }
}

/** The API server accepts negative numbers, which the operator cannot read. */
function* numberFaults(json: JsonObject, field: FieldPath, names: readonly string[]): Iterable<Fault> {
  for (const name of names) {
    const value = json[name];
    if (typeof value !== 'number' || value >= 0) continue;
    yield { field: [...field, name], problem: `${name} is ${value}, and Seldon's operator cannot read negative numbers`, remedy: 'use 0 or more' };
  }
}
