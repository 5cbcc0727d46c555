import { Duration } from 'cdk8s';
import { PipelineData } from './pipeline-data';
import { ManifestProps } from '../../mesh/manifest-props';

/** How messages from several sources are joined. */
export enum PipelineJoin {
  /** Joins one message of each source, if all of them arrive within the join window. */
  INNER = 'inner',
  /** Joins the messages that have arrived at the end of the join window. */
  OUTER = 'outer',
  /** Forwards each message as it arrives, regardless of the source. */
  ANY = 'any',
}

/** Renames a tensor. */
export interface TensorMapping {
  /** The tensor to rename, such as `step.output('OUTPUT0')`, which must be part of the data that is read. */
  readonly from: PipelineData;

  /** The new name, without dots and spaces. */
  readonly to: string;
}

/** Batches requests of a step. */
export interface PipelineBatch {
  /**
   * Number of requests in a batch, 1 to 2147483647.
   *
   * @default - not limited
   */
  readonly size?: number;

  /**
   * Maximum time to collect a batch, in whole milliseconds.
   *
   * @default - not limited
   */
  readonly window?: Duration;

  /**
   * Whether batches overlap. Seldon's operator ignores it. Setting it is a warning.
   *
   * @default false
   */
  readonly rolling?: boolean;
}

/** Properties for a step of a `Pipeline`. */
export interface PipelineStepProps {
  /**
   * Data that the step reads: of the Pipeline and of its steps.
   *
   * @default - the input of the Pipeline
   */
  readonly inputs?: PipelineData[];

  /**
   * How several inputs are joined.
   *
   * @default - Seldon's default: PipelineJoin.INNER
   */
  readonly inputsJoin?: PipelineJoin;

  /**
   * Data that must arrive before the step runs. Its content is not read.
   *
   * @default - none: the step runs when its inputs have arrived
   */
  readonly triggers?: PipelineData[];

  /**
   * How several triggers are joined.
   *
   * @default - Seldon's default: PipelineJoin.INNER
   */
  readonly triggersJoin?: PipelineJoin;

  /**
   * Join window: how long to wait for the data to join, in whole milliseconds, 0 to 2147483647. In a cycle, 1 ms separates the
   * messages of one iteration from those of the next.
   *
   * @default - Seldon's default
   */
  readonly joinWindow?: Duration;

  /**
   * Renames tensors for a Model that expects other names.
   *
   * @default - tensors keep their names
   */
  readonly tensorMap?: TensorMapping[];

  /**
   * Batches requests, which drift detectors need.
   *
   * @default - no batching
   */
  readonly batch?: PipelineBatch;
}

/** Input of a Pipeline from other Pipelines. */
export interface PipelineInput {
  /** Data of other Pipelines of the namespace or of their steps. */
  readonly inputs: PipelineData[];

  /**
   * How several inputs are joined.
   *
   * @default - Seldon's default: PipelineJoin.INNER
   */
  readonly inputsJoin?: PipelineJoin;

  /**
   * Data of other Pipelines that must arrive before the Pipeline runs. Its content is not read.
   *
   * @default - none
   */
  readonly triggers?: PipelineData[];

  /**
   * How several triggers are joined.
   *
   * @default - Seldon's default: PipelineJoin.INNER
   */
  readonly triggersJoin?: PipelineJoin;

  /**
   * Join window: how long to wait for the data to join, in whole milliseconds, 0 to 2147483647.
   *
   * @default - Seldon's default
   */
  readonly joinWindow?: Duration;

  /**
   * Renames tensors.
   *
   * @default - tensors keep their names
   */
  readonly tensorMap?: TensorMapping[];
}

/** Output of a Pipeline. */
export interface PipelineOutput {
  /** Data of its steps, at least one. */
  readonly steps: PipelineData[];

  /**
   * How data of several steps is joined.
   *
   * @default - Seldon's default: PipelineJoin.INNER
   */
  readonly stepsJoin?: PipelineJoin;

  /**
   * Join window: how long to wait for the data to join, in whole milliseconds, 0 to 2147483647.
   *
   * @default - Seldon's default
   */
  readonly joinWindow?: Duration;

  /**
   * Renames tensors.
   *
   * @default - tensors keep their names
   */
  readonly tensorMap?: TensorMapping[];
}

/**
 * Properties for `Pipeline`. Its steps and its output are added by methods.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/pipelines
 */
export interface PipelineProps extends ManifestProps {
  /**
   * Input from other Pipelines, in addition to that of callers.
   *
   * @default - none
   */
  readonly input?: PipelineInput;

  /**
   * Whether steps may form a cycle. Needs Seldon Core 2.10.0 or later.
   *
   * @default false
   */
  readonly allowCycles?: boolean;

  /**
   * How often a request may return to a step, 0 to 2147483647. It fails if it returns more often. A Pipeline with a cycle
   * needs at least 1. Needs Seldon Core 2.10.0 or later.
   *
   * @default 0
   */
  readonly maxStepRevisits?: number;

  /**
   * Whether the Kafka topics of the Pipeline are deleted with it. Needs Seldon Core 2.10.0 or later.
   *
   * @default false
   */
  readonly cleanTopicsOnDelete?: boolean;
}
