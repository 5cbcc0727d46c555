import { Duration } from 'cdk8s';
import { PipelineData } from './pipeline-data';
import { ManifestProps } from '../../mesh/manifest-props';

/** Which of several messages are put together. */
export enum PipelineJoin {
  /** One from each source, or none: waits until every source has sent its part, within the join window. */
  INNER = 'inner',
  /** What has come from any of the sources at the end of the join window. */
  OUTER = 'outer',
  /** Each message as it comes, from whichever source. */
  ANY = 'any',
}

/** Another name for a tensor on its way. */
export interface TensorMapping {
  /** The tensor, such as `step.output('OUTPUT0')`: one that is read, or a part of what is read. */
  readonly from: PipelineData;

  /** What it is called where it goes, without dots and spaces. */
  readonly to: string;
}

/** Collects requests before a step gets them together. */
export interface PipelineBatch {
  /**
   * How many requests are collected, 1 to 2147483647.
   *
   * @default - requests are not counted
   */
  readonly size?: number;

  /**
   * How long requests are collected, in whole milliseconds.
   *
   * @default - as long as it takes
   */
  readonly window?: Duration;

  /**
   * Whether batches overlap. Seldon's operator ignores it; saying it gives a warning at synthesis.
   *
   * @default false
   */
  readonly rolling?: boolean;
}

/** What a step reads, and when. */
export interface PipelineStepProps {
  /**
   * What the step reads: data of the Pipeline and of its steps.
   *
   * @default - all that comes into the Pipeline
   */
  readonly inputs?: PipelineData[];

  /**
   * How several inputs are put together.
   *
   * @default - Seldon's: PipelineJoin.INNER
   */
  readonly inputsJoin?: PipelineJoin;

  /**
   * What must be there before the step runs. Its content is not read.
   *
   * @default - nothing: the step runs when its inputs are there
   */
  readonly triggers?: PipelineData[];

  /**
   * How several triggers are put together.
   *
   * @default - Seldon's: PipelineJoin.INNER
   */
  readonly triggersJoin?: PipelineJoin;

  /**
   * How long to wait for what is put together, in whole milliseconds, 0 to 2147483647. In a cycle 1 ms keeps messages of one
   * round from those of the next.
   *
   * @default - Seldon's
   */
  readonly joinWindow?: Duration;

  /**
   * Other names for tensors, where the Model expects other ones than it gets.
   *
   * @default - tensors keep their names
   */
  readonly tensorMap?: TensorMapping[];

  /**
   * Collects requests before the step gets them together, as drift detectors want it.
   *
   * @default - each request by itself
   */
  readonly batch?: PipelineBatch;
}

/** What a Pipeline reads from others. */
export interface PipelineInput {
  /** What comes in from other Pipelines of the namespace: theirs, or of their steps. */
  readonly inputs: PipelineData[];

  /**
   * How several inputs are put together.
   *
   * @default - Seldon's: PipelineJoin.INNER
   */
  readonly inputsJoin?: PipelineJoin;

  /**
   * What other Pipelines must have sent before anything comes in. Its content is not read.
   *
   * @default - nothing
   */
  readonly triggers?: PipelineData[];

  /**
   * How several triggers are put together.
   *
   * @default - Seldon's: PipelineJoin.INNER
   */
  readonly triggersJoin?: PipelineJoin;

  /**
   * How long to wait for what is put together, in whole milliseconds, 0 to 2147483647.
   *
   * @default - Seldon's
   */
  readonly joinWindow?: Duration;

  /**
   * Other names for tensors.
   *
   * @default - tensors keep their names
   */
  readonly tensorMap?: TensorMapping[];
}

/** What a Pipeline answers. */
export interface PipelineOutput {
  /** Data of its steps, at least one. */
  readonly steps: PipelineData[];

  /**
   * How data of several steps are put together.
   *
   * @default - Seldon's: PipelineJoin.INNER
   */
  readonly stepsJoin?: PipelineJoin;

  /**
   * How long to wait for what is put together, in whole milliseconds, 0 to 2147483647.
   *
   * @default - Seldon's
   */
  readonly joinWindow?: Duration;

  /**
   * Other names for tensors.
   *
   * @default - tensors keep their names
   */
  readonly tensorMap?: TensorMapping[];
}

/**
 * What a Pipeline takes; its steps and its output are added to it.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/pipelines
 */
export interface PipelineProps extends ManifestProps {
  /**
   * What comes in from other Pipelines, beside what callers send.
   *
   * @default - nothing
   */
  readonly input?: PipelineInput;

  /**
   * Whether steps may read in a circle. Seldon Core 2.10.0 or later.
   *
   * @default false
   */
  readonly allowCycles?: boolean;

  /**
   * How often one request may come back to a step, 0 to 2147483647; what comes back more often fails. A Pipeline with a cycle
   * needs at least 1. Seldon Core 2.10.0 or later.
   *
   * @default 0
   */
  readonly maxStepRevisits?: number;

  /**
   * Whether the Kafka topics of the Pipeline go when it does. Seldon Core 2.10.0 or later.
   *
   * @default false
   */
  readonly cleanTopicsOnDelete?: boolean;
}
