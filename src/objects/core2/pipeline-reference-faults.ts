import { readPipeline, WrittenReference } from './pipeline';
import { readExternalReference, readReference } from './pipeline-reference';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { JsonObject } from '../json';

/**
 * Finds references of a Pipeline that Seldon's scheduler cannot read.
 *
 * @internal
 */
export function* pipelineReferenceFaults(manifest: JsonObject): Iterable<Fault> {
  const { name, steps, output, external } = readPipeline(manifest);
  const own = (references: readonly WrittenReference[], of: string) => references.filter(({ text }) => readReference(text, name) === undefined)
    .map(({ text, field }) => fault({ text, field }, of, 'expected a step or a part of its data, such as "step.outputs" or "step.outputs.tensor"'));
  for (const step of steps) {
    yield* own(step.inputs, `an input of step ${show(step.name)}`);
    yield* own(step.triggers, `a trigger of step ${show(step.name)}`);
  }
  yield* own(output ?? [], 'a step of the output');
  if (external === undefined) return;
  for (const [references, of] of [[external.inputs, 'an external input'], [external.triggers, 'an external trigger']] as const) {
    for (const reference of references) yield* externalFaults(reference, of, name);
  }
  if (external.inputs.length === 0) {
    yield { field: ['spec', 'input'], problem: 'the input has no externalInputs', remedy: 'list data of other Pipelines, or remove the input' };
  }
}

function* externalFaults(reference: WrittenReference, of: string, pipeline: string): Iterable<Fault> {
  const read = readExternalReference(reference.text);
  if (read === undefined) {
    yield fault(reference, of, 'expected data of another Pipeline, such as "pipeline.outputs", "pipeline.outputs.tensor" or "pipeline.step.name.outputs"');
  } else if (read.pipeline === pipeline) {
    yield {
      field: reference.field,
      problem: `${show(reference.text)}, ${of}, is data of the Pipeline itself`,
      remedy: 'its steps can read it anyway. List data of other Pipelines',
      level: 'warning',
    };
  }
}

function fault({ text, field }: WrittenReference, of: string, remedy: string): Fault {
  return { field, problem: `${text === '' ? 'an empty string' : show(text)} is not valid as ${of}`, remedy };
}
