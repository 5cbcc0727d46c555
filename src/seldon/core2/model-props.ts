import { Size } from 'cdk8s';
import { ManifestProps } from '../../mesh/manifest-props';

/** Settings of an explainer. Seldon schedules it on a Server with the capability `alibi-explain`, which need not be in the requirements. */
export interface ModelExplainer {
  /** Type of the explainer, such as `anchor_tabular`. */
  readonly type: string;

  /**
   * Name of the Model that it explains. A black-box explainer needs this or `pipelineRef`.
   *
   * @default - none
   */
  readonly modelRef?: string;

  /**
   * Name of the Pipeline that it explains. A black-box explainer needs this or `modelRef`.
   *
   * @default - none
   */
  readonly pipelineRef?: string;
}

/** The backend of a Model that wraps a large language model: exactly one of the two. */
export interface ModelLlm {
  /**
   * Name of a Model.
   *
   * @default - none; then `pipelineRef` must be set
   */
  readonly modelRef?: string;

  /**
   * Name of a Pipeline.
   *
   * @default - none; then `modelRef` must be set
   */
  readonly pipelineRef?: string;
}

/** Settings of payload logging. */
export interface ModelLogger {
  /**
   * Percentage of the payloads to log, 0 to 100. Seldon's operator ignores it and logs everything. Setting it is a warning.
   *
   * @default - none
   */
  readonly percent?: number;
}

/** A parameter that the model gets when it is loaded. */
export interface ModelParameter {
  /** Name, not empty. */
  readonly name: string;

  /** Value. */
  readonly value: string;
}

/**
 * Properties for `Model`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/models
 */
export interface ModelProps extends ManifestProps {
  /** Location of the model's files in the form of rclone, such as `gs://seldon-models/mlserver/iris`. */
  readonly storageUri: string;

  /**
   * Version of the model: a folder of that number below `storageUri`, 0 to 2147483647.
   *
   * @default - the highest one, or the folder itself
   */
  readonly artifactVersion?: number;

  /**
   * Name of the Secret with the rclone configuration for `storageUri`, in the namespace of the Model.
   *
   * @default - none: the files are public, or the Server is configured for them
   */
  readonly secretName?: string;

  /**
   * Capabilities that the Server must have, such as `sklearn`, or `alibi-detect` for a detector of drift or outliers.
   *
   * @default - none
   */
  readonly requirements?: string[];

  /**
   * Type of the model, which is an additional requirement.
   *
   * @default - none
   */
  readonly modelType?: string;

  /**
   * Memory that the model needs, in whole bytes. Seldon schedules it on a replica with that much free memory.
   *
   * @default - not considered
   */
  readonly memory?: Size;

  /**
   * Number of Server replicas that load the model, 0 to 2147483647, within `minReplicas` and `maxReplicas`. For 0 set
   * `minReplicas: 0` as well, since some releases of Seldon read 0 alone as 1.
   *
   * @default - Seldon's default: `minReplicas` if set, otherwise 1
   */
  readonly replicas?: number;

  /**
   * Minimum number of replicas, 0 to 2147483647. Above 0 Seldon scales the model natively.
   *
   * @default - Seldon's default: 0
   */
  readonly minReplicas?: number;

  /**
   * Maximum number of replicas, 0 to 2147483647; 0 means no limit.
   *
   * @default - no limit
   */
  readonly maxReplicas?: number;

  /**
   * Name of the Server that must load the model.
   *
   * @default - any Server that satisfies the requirements
   */
  readonly server?: string;

  /**
   * Parameters of the model, each name once.
   *
   * @default - none
   */
  readonly parameters?: ModelParameter[];

  /**
   * Payload logging. Setting it enables logging of requests and responses.
   *
   * @default - nothing is logged
   */
  readonly logger?: ModelLogger;

  /**
   * Makes it an explainer of another Model or Pipeline. Excludes `llm`.
   *
   * @default - not an explainer
   */
  readonly explainer?: ModelExplainer;

  /**
   * Makes it a wrapper of a large language model. Excludes `explainer`. Needs Seldon Core 2.9.0 or later.
   *
   * @default - not a wrapper
   */
  readonly llm?: ModelLlm;

  /**
   * Whether the Kafka topics of the model are deleted with it. Needs Seldon Core 2.10.0 or later.
   *
   * @default false
   */
  readonly cleanTopicsOnDelete?: boolean;

  /**
   * Whether the model is already loaded on the Server. Seldon's operator ignores it. Setting it is a warning.
   *
   * @default false
   */
  readonly preloaded?: boolean;

  /**
   * Whether the Server runs this model only. Seldon's operator ignores it. Setting it is a warning.
   *
   * @default false
   */
  readonly dedicated?: boolean;

  /**
   * Location of the schema of the model. Seldon's operator ignores it. Setting it is a warning.
   *
   * @default - none
   */
  readonly schemaUri?: string;
}
