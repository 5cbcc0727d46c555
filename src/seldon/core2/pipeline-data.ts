import { IConstruct } from 'constructs';
import { checkCore2Name } from './names';
import { IBackend } from '../../plan/backend';
import { invalid, show } from '../../plan/checks/errors';
import { checkText } from '../../plan/checks/type-checks';

/** A Pipeline of Seldon Core 2: one of this app, or an existing one. */
export interface IPipeline extends IBackend {
  /** The Pipeline's `metadata.name`. */
  readonly pipelineName: string;

  /** The namespace of the Pipeline; undefined if it is not specified. */
  readonly pipelineNamespace?: string;

  /**
   * The input of the Pipeline, for its own steps or for other Pipelines.
   *
   * @param tensor One tensor of it; all of them if not set.
   */
  input(tensor?: string): PipelineData;

  /**
   * The output of the Pipeline, for other Pipelines.
   *
   * @param tensor One tensor of it; all of them if not set.
   */
  output(tensor?: string): PipelineData;

  /**
   * A step by its name, which is that of its Model. It may be added later, which a cycle needs.
   *
   * @param name Name of the step.
   */
  step(name: string): IPipelineStep;
}

/** A step of a Pipeline. */
export interface IPipelineStep {
  /** Name of the step, which is that of its Model. */
  readonly stepName: string;

  /**
   * The input of the step.
   *
   * @param tensor One tensor of it; all of them if not set.
   */
  input(tensor?: string): PipelineData;

  /**
   * The output of the step.
   *
   * @param tensor One tensor of it; all of them if not set.
   */
  output(tensor?: string): PipelineData;
}

/**
 * Data that flows between steps and Pipelines: the input or the output of one of them, all tensors or a single one. Methods such as
 * `step.output('OUTPUT0')` and `pipeline.input('x')` return it.
 */
export class PipelineData {
  /** @internal */
  public static _of(at: IConstruct, pipeline: IPipeline, side: 'inputs' | 'outputs', tensor: string | undefined, step?: string): PipelineData {
    if (tensor !== undefined) checkTensor(at, `tensor of ${step === undefined ? 'Pipeline' : `step ${show(step)} of Pipeline`} ${pipeline.pipelineName}`, tensor);
    return new PipelineData(pipeline, step, side, tensor);
  }

  private constructor(
    /** @internal */
    public readonly _pipeline: IPipeline,
    /** @internal */
    public readonly _step: string | undefined,
    /** @internal */
    public readonly _side: 'inputs' | 'outputs',
    /** @internal */
    public readonly _tensor: string | undefined,
  ) {}

  /** The reference to the data in other Pipelines of the namespace, such as `pipeline.step.model.outputs.OUTPUT0`. */
  public toString(): string {
    const { pipelineName } = this._pipeline;
    return this.written(this._step === undefined ? pipelineName : `${pipelineName}.step.${this._step}`);
  }

  /**
   * The reference to the data in its own Pipeline, such as `model.outputs.OUTPUT0`.
   *
   * @internal
   */
  public _local(): string {
    return this.written(this._step ?? this._pipeline.pipelineName);
  }

  /**
   * The input or output that a tensor is a part of.
   *
   * @internal
   */
  public _whole(): PipelineData {
    return new PipelineData(this._pipeline, this._step, this._side, undefined);
  }

  private written(owner: string): string {
    return [owner, this._side, ...(this._tensor === undefined ? [] : [this._tensor])].join('.');
  }
}

/**
 * A reference to a step by its name.
 *
 * @internal
 */
export class NamedStep implements IPipelineStep {
  constructor(private readonly at: IConstruct, private readonly pipeline: IPipeline, public readonly stepName: string) {
    checkCore2Name(at, 'name of a step', stepName);
  }

  public input(tensor?: string): PipelineData {
    return PipelineData._of(this.at, this.pipeline, 'inputs', tensor, this.stepName);
  }

  public output(tensor?: string): PipelineData {
    return PipelineData._of(this.at, this.pipeline, 'outputs', tensor, this.stepName);
  }
}

/**
 * Checks the name of a tensor: dots separate the parts of a reference.
 *
 * @internal
 */
export function checkTensor(at: IConstruct, what: string, name: string): void {
  checkText(at, what, name);
  if (name === '' || /[.\s]/.test(name)) throw invalid(at, `${what} ${show(name)}`, 'expected a name without dots and spaces');
}
