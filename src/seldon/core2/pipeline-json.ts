import { Duration } from 'cdk8s';
import { PipelineData } from './pipeline-data';
import { PipelineInput, PipelineOutput, PipelineProps, PipelineStepProps, TensorMapping } from './pipeline-props';
import { PipelineSpecInput, PipelineSpecOutput, PipelineSpecSteps, toJson_PipelineSpec } from '../../../imports/mlops.seldon.io';

/** @internal */
export type StepJson = PipelineSpecSteps;

/** @internal */
export type OutputJson = PipelineSpecOutput;

/**
 * The spec of a Pipeline. All references are written in their full form, to which Seldon would complete short ones.
 *
 * @internal
 */
export function pipelineSpec(
  { allowCycles, maxStepRevisits, cleanTopicsOnDelete }: PipelineProps, steps: StepJson[], input?: PipelineSpecInput, output?: OutputJson,
): unknown {
  return {
    ...toJson_PipelineSpec({ steps, input, output }),
    // Newer than the generated types.
    allowCycles,
    maxStepRevisits,
    dataflow: cleanTopicsOnDelete === undefined ? undefined : { cleanTopicsOnDelete },
  };
}

/** @internal */
export function stepJson(name: string, { inputs, inputsJoin, triggers, triggersJoin, joinWindow, tensorMap, batch }: PipelineStepProps): StepJson {
  return {
    name,
    inputs: inputs?.map(own),
    inputsJoinType: inputsJoin,
    triggers: triggers?.map(own),
    triggersJoinType: triggersJoin,
    joinWindowMs: millis(joinWindow),
    tensorMap: mapped(tensorMap, own),
    batch: batch === undefined ? undefined : { size: batch.size, windowMs: millis(batch.window), rolling: batch.rolling },
  };
}

/** @internal */
export function inputJson({ inputs, inputsJoin, triggers, triggersJoin, joinWindow, tensorMap }: PipelineInput): PipelineSpecInput {
  return {
    externalInputs: inputs.map(String),
    joinType: inputsJoin,
    externalTriggers: triggers?.map(String),
    triggersJoinType: triggersJoin,
    joinWindowMs: millis(joinWindow),
    tensorMap: mapped(tensorMap, String),
  };
}

/** @internal */
export function outputJson({ steps, stepsJoin, joinWindow, tensorMap }: PipelineOutput): OutputJson {
  return { steps: steps.map(own), stepsJoin, joinWindowMs: millis(joinWindow), tensorMap: mapped(tensorMap, own) };
}

function own(data: PipelineData): string {
  return data._local();
}

function millis(duration: Duration | undefined): number | undefined {
  return duration?.toMilliseconds();
}

function mapped(map: readonly TensorMapping[] | undefined, name: (data: PipelineData) => string): { [from: string]: string } | undefined {
  return map === undefined ? undefined : Object.fromEntries(map.map(({ from, to }) => [name(from), to]));
}
