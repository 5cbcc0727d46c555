import { IConstruct } from 'constructs';
import { checkCore2Name } from './names';
import { IBackend } from '../../plan/backend';
import { invalid, show } from '../../plan/checks/errors';
import { checkText } from '../../plan/checks/type-checks';

/** A Pipeline of Seldon Core 2: one of this app, or one that lives elsewhere. */
export interface IPipeline extends IBackend {
  /** The Pipeline's `metadata.name`. */
  readonly pipelineName: string;

  /** The namespace of the Pipeline; undefined when nobody said it. */
  readonly pipelineNamespace?: string;

  /**
   * What comes into the Pipeline: for its own steps, or for other Pipelines that read along.
   *
   * @param tensor One tensor of it; all when left out.
   */
  input(tensor?: string): PipelineData;

  /**
   * What the Pipeline answers, for other Pipelines.
   *
   * @param tensor One tensor of it; all when left out.
   */
  output(tensor?: string): PipelineData;

  /**
   * A step by its name, which is that of its Model. It may be one that is added later, as a cycle needs it.
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
   * What goes into the step.
   *
   * @param tensor One tensor of it; all when left out.
   */
  input(tensor?: string): PipelineData;

  /**
   * What the step puts out.
   *
   * @param tensor One tensor of it; all when left out.
   */
  output(tensor?: string): PipelineData;
}

/**
 * What flows between steps and Pipelines: what goes into one of them or comes out of it, as a whole or one tensor of it. It
 * comes from `step.output('OUTPUT0')`, `pipeline.input('x')` and the like.
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

  /** The data as other Pipelines of the namespace name it, such as `pipeline.step.model.outputs.OUTPUT0`. */
  public toString(): string {
    const { pipelineName } = this._pipeline;
    return this.written(this._step === undefined ? pipelineName : `${pipelineName}.step.${this._step}`);
  }

  /**
   * The data as its own Pipeline names it, such as `model.outputs.OUTPUT0`.
   *
   * @internal
   */
  public _local(): string {
    return this.written(this._step ?? this._pipeline.pipelineName);
  }

  /**
   * All that a tensor is a part of.
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
 * A step that is known by its name.
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
