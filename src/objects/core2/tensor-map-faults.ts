import { readPipeline, WrittenReference } from './pipeline';
import { DataReference, readExternalReference, readReference } from './pipeline-reference';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { FieldPath, JsonObject, objectOf } from '../json';

type Read = (text: string) => DataReference | undefined;

/**
 * Finds entries of tensor maps that have no effect, or lose a tensor.
 *
 * @internal
 */
export function* tensorMapFaults(manifest: JsonObject): Iterable<Fault> {
  const { name, steps, output, external, spec } = readPipeline(manifest);
  const own: Read = (text) => readReference(text, name);
  for (const { name: step, field, json, inputs } of steps) {
    const read = inputs.length === 0 ? [{ text: name, field }] : inputs;
    yield* mapFaults(json.tensorMap, [...field, 'tensorMap'], read, own, json.inputsJoinType, `step ${show(step)}`);
  }
  if (output !== undefined) {
    const json = objectOf(spec.output);
    yield* mapFaults(json.tensorMap, ['spec', 'output', 'tensorMap'], output, own, json.stepsJoin, 'the output');
  }
  if (external !== undefined) {
    const json = objectOf(spec.input);
    yield* mapFaults(json.tensorMap, ['spec', 'input', 'tensorMap'], external.inputs, readExternalReference, json.joinType, 'the input');
  }
}

function* mapFaults(
  map: unknown, field: FieldPath, read: readonly WrittenReference[], parse: Read, join: unknown, reader: string,
): Iterable<Fault> {
  const sources = new Set(read.flatMap(({ text }) => keyOf(parse(text))));
  const names = new Map<string, string>();
  for (const [from, to] of Object.entries(objectOf(map))) {
    const place = [...field, from];
    const data = parse(from);
    if (data === undefined || data.tensor === undefined) {
      yield {
        field: place,
        problem: `${show(from)} in the tensorMap of ${reader} does not name a tensor, so Seldon ignores it`,
        remedy: `expected a reference such as ${show('step.outputs.tensor')}`,
        level: 'warning',
      };
    } else if (!keyOf(data).some((key) => sources.has(key)) && !keyOf({ ...data, tensor: undefined }).some((key) => sources.has(key))) {
      yield {
        field: place,
        problem: `${reader} does not read ${show(from)}, so Seldon ignores it in the tensorMap`,
        remedy: `expected a tensor of ${[...read].map(({ text }) => show(text)).join(', ') || 'its inputs'}`,
        level: 'warning',
      };
    } else if (typeof to === 'string' && join !== 'any') {
      const other = names.get(to);
      if (other !== undefined) {
        yield {
          field: place,
          problem: `${show(other)} and ${show(from)} are both renamed to ${show(to)} for ${reader}`,
          remedy: 'one of them would be lost. Give each its own name',
          level: 'warning',
        };
      }
      names.set(to, from);
    }
  }
}

function keyOf(data: DataReference | undefined): string[] {
  return data === undefined ? [] : [JSON.stringify([data.pipeline ?? '', data.step ?? '', data.side, data.tensor ?? ''])];
}
