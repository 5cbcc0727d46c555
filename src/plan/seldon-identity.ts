/** The kinds of Seldon Core 2 objects that an Experiment can choose between. */
export enum ResourceType {
  /** A `Model`. */
  MODEL = 'model',
  /** A `Pipeline`. */
  PIPELINE = 'pipeline',
}

/** Names a Model or Pipeline of Seldon Core 2, which Seldon's own Envoy can select. */
export interface Core2Resource {
  /** The object's `metadata.name`. */
  readonly name: string;

  /** Its kind. */
  readonly type: ResourceType;
}

/** Names an Experiment of Seldon Core 2, and describes what it chooses between. An Experiment cannot choose another one. */
export interface Core2Experiment {
  /** The Experiment's `metadata.name`. */
  readonly name: string;

  /**
   * Kind of its candidates.
   *
   * @default - not known
   */
  readonly resourceType?: ResourceType;

  /**
   * Number of its candidates.
   *
   * @default - not known
   */
  readonly candidates?: number;
}

/** Names a predictor of Seldon Core 1, between which Seldon's operator can share requests too. */
export interface Core1Predictor {
  /** The SeldonDeployment's `metadata.name`. */
  readonly deployment: string;

  /** Name of the predictor. */
  readonly predictor: string;

  /**
   * Whether the predictor has Seldon's orchestrator, which counts its requests.
   *
   * @default true
   */
  readonly orchestrator?: boolean;
}

/**
 * Identifies a backend as one object of Seldon, so that Seldon's own routing can select it and its metrics can be found.
 */
export class SeldonIdentity {
  /**
   * Identifies a predictor of Seldon Core 1.
   *
   * @param deployment The SeldonDeployment's `metadata.name`.
   * @param predictor Name of the predictor.
   * @param orchestrator Whether it has Seldon's orchestrator.
   */
  public static ofPredictor(deployment: string, predictor: string, orchestrator: boolean = true): SeldonIdentity {
    return new SeldonIdentity(orchestrator ? { deployment, predictor } : { deployment, predictor, orchestrator });
  }

  /**
   * Identifies a Model or a Pipeline of Seldon Core 2.
   *
   * @param type Its kind.
   * @param name The object's `metadata.name`.
   */
  public static ofResource(type: ResourceType, name: string): SeldonIdentity {
    return new SeldonIdentity(undefined, { name, type });
  }

  /**
   * Identifies an Experiment of Seldon Core 2.
   *
   * @param name The Experiment's `metadata.name`.
   * @param resourceType Kind of its candidates, if known.
   * @param candidates Number of its candidates, if known.
   */
  public static ofExperiment(name: string, resourceType?: ResourceType, candidates?: number): SeldonIdentity {
    return new SeldonIdentity(undefined, undefined, { name, resourceType, candidates });
  }

  private constructor(
    /** The predictor of Seldon Core 1, if the backend is one. */
    public readonly core1?: Core1Predictor,
    /** The Model or Pipeline of Seldon Core 2, if the backend is one. */
    public readonly core2?: Core2Resource,
    /** The Experiment of Seldon Core 2, if the backend is one. */
    public readonly experiment?: Core2Experiment,
  ) {}
}
