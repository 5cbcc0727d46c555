import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkTensor, IPipeline, PipelineData } from './pipeline-data';
import { PipelineBatch, PipelineInput, PipelineJoin, PipelineOutput, PipelineStepProps, TensorMapping } from './pipeline-props';
import { checkInteger } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';

const MAX_INT32 = 2147483647;

/**
 * Checks the props of a step, except whether the other steps exist.
 *
 * @internal
 */
export function checkStep(at: IConstruct, pipeline: IPipeline, name: string, props: PipelineStepProps): void {
  const of = (what: string) => `${what} of step ${show(name)}`;
  for (const [what, data] of [['inputs', props.inputs], ['triggers', props.triggers]] as const) {
    if (data === undefined) continue;
    checkData(at, of(what), data);
    for (const each of data) {
      if (!isSame(each._pipeline, pipeline)) {
        throw invalid(at, `${each} of another Pipeline in ${of(what)}`, 'steps read only data of their own Pipeline. Add it to the `input` of the Pipeline');
      }
    }
  }
  checkWindow(at, of('joinWindow'), props.joinWindow, 0);
  checkTensorMap(at, of('tensorMap'), props.tensorMap, props.inputs ?? [pipeline.input()], props.inputsJoin);
  if (props.batch !== undefined) checkBatch(at, of('batch'), props.batch);
}

/**
 * Checks the input of a Pipeline from other Pipelines.
 *
 * @internal
 */
export function checkInput(at: IConstruct, pipeline: IPipeline, input: PipelineInput): void {
  for (const [what, data] of [['inputs of input', input.inputs], ['triggers of input', input.triggers ?? []]] as const) {
    checkData(at, what, data);
    for (const each of data) checkExternal(at, pipeline, what, each);
  }
  if (input.inputs.length === 0) throw invalid(at, 'an input without inputs', 'list data of other Pipelines, or leave it out');
  checkWindow(at, 'joinWindow of input', input.joinWindow, 0);
  checkTensorMap(at, 'tensorMap of input', input.tensorMap, input.inputs, input.inputsJoin);
}

/**
 * Checks the output of a Pipeline, except whether the steps exist.
 *
 * @internal
 */
export function checkOutput(at: IConstruct, pipeline: IPipeline, output: PipelineOutput): void {
  checkData(at, 'steps of output', output.steps);
  if (output.steps.length === 0) throw invalid(at, 'an output without steps', 'list the data that the Pipeline returns');
  for (const each of output.steps) {
    if (isSame(each._pipeline, pipeline) && each._step !== undefined) continue;
    throw invalid(at, `${each} in steps of output is not data of a step`, 'a Pipeline returns only data of its own steps. Use data of a step');
  }
  checkWindow(at, 'joinWindow of output', output.joinWindow, 0);
  checkTensorMap(at, 'tensorMap of output', output.tensorMap, output.steps, output.stepsJoin);
}

/** Seldon compares names, regardless of the constructs. */
function isSame(a: IPipeline, b: IPipeline): boolean {
  return a.pipelineName === b.pipelineName && a.pipelineNamespace === b.pipelineNamespace;
}

function checkExternal(at: IConstruct, pipeline: IPipeline, what: string, data: PipelineData): void {
  const other = data._pipeline;
  if (isSame(other, pipeline)) {
    throw invalid(at, `${data} of the Pipeline itself in ${what}`, 'its steps can read it anyway. List data of other Pipelines');
  }
  if (other.pipelineNamespace !== undefined && pipeline.pipelineNamespace !== undefined && other.pipelineNamespace !== pipeline.pipelineNamespace) {
    throw invalid(at, `${data} of namespace ${show(other.pipelineNamespace)} in ${what}`,
      `a Pipeline reads only Pipelines of its namespace, ${show(pipeline.pipelineNamespace)}`);
  }
}

function checkWindow(at: IConstruct, what: string, window: Duration | undefined, min: number): void {
  if (window === undefined) return;
  const ms = window.toMilliseconds({ integral: false });
  if (!Number.isInteger(ms) || ms < min || ms > MAX_INT32) {
    throw invalid(at, `${what} of ${ms} ms`, `expected ${min} to ${MAX_INT32} ms, in whole milliseconds`);
  }
}

function checkBatch(at: IConstruct, what: string, { size, window }: PipelineBatch): void {
  if (size !== undefined) checkInteger(at, `size of ${what}`, size, 1, MAX_INT32);
  checkWindow(at, `window of ${what}`, window, 1);
}

/** Seldon silently ignores a mapping of a tensor that is not read. */
function checkTensorMap(
  at: IConstruct, what: string, map: readonly TensorMapping[] | undefined, read: readonly PipelineData[], join: PipelineJoin | undefined,
): void {
  if (map === undefined) return;
  checkData(at, what, map.map(({ from }) => from));
  const sources = new Set(read.map(String));
  const named = new Map<string, PipelineData>();
  for (const { from, to } of map) {
    checkTensor(at, `name for ${from} in ${what}`, to);
    if (from._tensor === undefined) throw invalid(at, `${from} in ${what}`, `use one tensor of it, such as ${from}.${to}`);
    if (!sources.has(String(from)) && !sources.has(String(from._whole()))) {
      throw invalid(at, `${from} in ${what} is not read`, `expected a tensor of ${read.join(', ')}`);
    }
    const other = named.get(to);
    if (other !== undefined && (join !== PipelineJoin.ANY || String(other._whole()) === String(from._whole()))) {
      throw invalid(at, `${other} and ${from} are both ${show(to)} in ${what}`, 'one of them would be lost. Give each a unique name');
    }
    named.set(to, from);
  }
}

/** Checks that data is listed once. */
function checkData(at: IConstruct, what: string, data: readonly PipelineData[]): void {
  const seen = new Set<string>();
  for (const name of data.map(String)) {
    if (seen.has(name)) throw invalid(at, `${name} twice in ${what}`, 'list it once');
    seen.add(name);
  }
}
