/**
 * Data that flows between steps and Pipelines.
 *
 * @internal
 */
export interface DataReference {
  /** The Pipeline, if the reference is to data of another one. */
  readonly pipeline?: string;
  /** The step; undefined for the data of the Pipeline itself. */
  readonly step?: string;
  /** Whether it is what the step or the Pipeline gets, or what it returns. */
  readonly side: 'inputs' | 'outputs';
  /** One tensor; all of them if undefined. */
  readonly tensor?: string;
}

/**
 * Reads a reference to data of the same Pipeline: `step`, `step.outputs` or `step.outputs.tensor`. Seldon completes a name alone: a step
 * stands for its outputs, and the Pipeline for its inputs.
 *
 * @param text The reference.
 * @param pipeline Name of the Pipeline.
 * @returns undefined if Seldon rejects it.
 * @internal
 */
export function readReference(text: string, pipeline: string): DataReference | undefined {
  const [name, side, tensor, ...rest] = text.split('.');
  if (name === '' || rest.length > 0) return undefined;
  const step = name === pipeline ? undefined : name;
  if (side === undefined) return { step, side: step === undefined ? 'inputs' : 'outputs' };
  return isSide(side) ? { step, side, tensor } : undefined;
}

/**
 * Reads a reference to data of another Pipeline: `pipeline.outputs.tensor` or `pipeline.step.name.outputs.tensor`, each without the tensor
 * or without the side as well.
 *
 * @param text The reference.
 * @returns undefined if Seldon rejects it.
 * @internal
 */
export function readExternalReference(text: string): Required<Pick<DataReference, 'pipeline' | 'side'>> & DataReference | undefined {
  const [pipeline, ...parts] = text.split('.');
  if (pipeline === '') return undefined;
  if (parts[0] !== 'step') return withSide({ pipeline }, parts);
  const [, step, ...rest] = parts;
  return step === undefined || step === '' ? undefined : withSide({ pipeline, step }, rest);
}

function withSide<T>(owner: T, [side = 'outputs', tensor, ...rest]: readonly string[]): (T & { side: 'inputs' | 'outputs'; tensor?: string }) | undefined {
  return rest.length === 0 && isSide(side) ? { ...owner, side, tensor } : undefined;
}

function isSide(text: string): text is 'inputs' | 'outputs' {
  return text === 'inputs' || text === 'outputs';
}
