import { Size } from 'cdk8s';
import { ManifestProps } from '../../mesh/manifest-props';

/** What a Model explains. Seldon puts it on a Server that can `alibi-explain`, without a requirement that says so. */
export interface ModelExplainer {
  /** Type of the explainer, such as `anchor_tabular`. */
  readonly type: string;

  /**
   * Name of the Model that it asks; give this or `pipelineRef` for an explainer that looks at answers only.
   *
   * @default - none
   */
  readonly modelRef?: string;

  /**
   * Name of the Pipeline that it asks; give this or `modelRef` for an explainer that looks at answers only.
   *
   * @default - none
   */
  readonly pipelineRef?: string;
}

/** What a Model around a large language model asks: exactly one of the two. */
export interface ModelLlm {
  /**
   * Name of a Model.
   *
   * @default - none; give `pipelineRef` then
   */
  readonly modelRef?: string;

  /**
   * Name of a Pipeline.
   *
   * @default - none; give `modelRef` then
   */
  readonly pipelineRef?: string;
}

/** Whether what goes in and comes out of a Model is logged. */
export interface ModelLogger {
  /**
   * Share of the payloads, 0 to 100. Seldon's operator ignores it and logs everything; saying it gives a warning at synthesis.
   *
   * @default - none
   */
  readonly percent?: number;
}

/** A setting that is handed to the model when it is loaded. */
export interface ModelParameter {
  /** Name, not empty. */
  readonly name: string;

  /** Value. */
  readonly value: string;
}

/**
 * What a Model takes.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/models
 */
export interface ModelProps extends ManifestProps {
  /** Where the model's files are, as rclone reads it, such as `gs://seldon-models/mlserver/iris`. */
  readonly storageUri: string;

  /**
   * Version of the model: a folder of that number below `storageUri`, 0 to 2147483647.
   *
   * @default - the highest one, or the folder itself
   */
  readonly artifactVersion?: number;

  /**
   * Name of the secret with the rclone settings for `storageUri`, in the namespace of the Model.
   *
   * @default - none: the files are public, or the server knows how to get them
   */
  readonly secretName?: string;

  /**
   * What the server must be able to do, such as `sklearn`, or `alibi-detect` for a detector of drift or outliers.
   *
   * @default - nothing
   */
  readonly requirements?: string[];

  /**
   * Type of the model, which is one more requirement.
   *
   * @default - none
   */
  readonly modelType?: string;

  /**
   * Memory that the model needs, in whole bytes. Seldon places it where so much is left.
   *
   * @default - not counted
   */
  readonly memory?: Size;

  /**
   * How many servers load the model, 0 to 2147483647, and not outside `minReplicas` and `maxReplicas`; for none, say
   * `minReplicas: 0` as well, since releases of Seldon take 0 alone for 1.
   *
   * @default - Seldon's: `minReplicas` if given, else 1
   */
  readonly replicas?: number;

  /**
   * Fewest replicas, 0 to 2147483647. Above 0 Seldon scales the model by itself.
   *
   * @default - Seldon's: 0
   */
  readonly minReplicas?: number;

  /**
   * Most replicas, 0 to 2147483647; 0 means no limit.
   *
   * @default - no limit
   */
  readonly maxReplicas?: number;

  /**
   * Name of the one Server to load the model on.
   *
   * @default - any Server that meets the requirements
   */
  readonly server?: string;

  /**
   * Settings that are handed to the model, each name once.
   *
   * @default - none
   */
  readonly parameters?: ModelParameter[];

  /**
   * Logs what goes in and comes out; giving it turns logging on.
   *
   * @default - nothing is logged
   */
  readonly logger?: ModelLogger;

  /**
   * Makes it an explainer of another Model or Pipeline; excludes `llm`.
   *
   * @default - it explains nothing
   */
  readonly explainer?: ModelExplainer;

  /**
   * Makes it a wrapper of a large language model; excludes `explainer`. Seldon Core 2.9.0 or later.
   *
   * @default - it wraps nothing
   */
  readonly llm?: ModelLlm;

  /**
   * Whether the Kafka topics of the model go when it does. Seldon Core 2.10.0 or later.
   *
   * @default false
   */
  readonly cleanTopicsOnDelete?: boolean;

  /**
   * Whether the server has the model already. Seldon's operator ignores it; saying it gives a warning at
   * synthesis.
   *
   * @default false
   */
  readonly preloaded?: boolean;

  /**
   * Whether the server is for this model only. Seldon's operator ignores it; saying it gives a warning at
   * synthesis.
   *
   * @default false
   */
  readonly dedicated?: boolean;

  /**
   * Where the schema of the model is. Seldon's operator ignores it; saying it gives a warning at
   * synthesis.
   *
   * @default - none
   */
  readonly schemaUri?: string;
}
