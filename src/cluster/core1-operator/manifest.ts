/* The fields of a SeldonDeployment that determine the objects of its operator. */

/** A SeldonDeployment. @internal */
export interface SeldonDeploymentManifest {
  /** Names and annotations of the object. */
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: { readonly [name: string]: string };
  };
  /** Predictors, their protocol, and annotations of all pods. */
  readonly spec: {
    readonly protocol?: string;
    readonly predictors: readonly PredictorManifest[];
    readonly annotations?: { readonly [name: string]: string };
  };
}

/** A SeldonDeployment that may be incomplete, whichever tool writes it. @internal */
export type WrittenDeployment = Pick<SeldonDeploymentManifest, 'metadata'> & { readonly spec?: Partial<SeldonDeploymentManifest['spec']> };

/** A predictor. @internal */
export interface PredictorManifest {
  /** Name. */
  readonly name: string;
  /** The root of its graph. */
  readonly graph: UnitManifest;
  /** Its pods. */
  readonly componentSpecs?: readonly ComponentManifest[];
  /** Annotations of its pods and Services. */
  readonly annotations?: { readonly [name: string]: string };
  /** Labels of its pods. */
  readonly labels?: { readonly [name: string]: string };
  /** Percentage of the requests, or of the mirrored requests of a shadow. */
  readonly traffic?: number;
  /** Whether it gets mirrored requests. */
  readonly shadow?: boolean;
  /** Its explainer. */
  readonly explainer?: ExplainerManifest;
}

/** A node of a graph. @internal */
export interface UnitManifest {
  /** Name. */
  readonly name: string;
  /** The prepackaged server, or a function of the orchestrator. */
  readonly implementation?: string;
  /** Location of its model. */
  readonly modelUri?: string;
  /** Its children. */
  readonly children?: readonly UnitManifest[];
}

/** Pods of a predictor. @internal */
export interface ComponentManifest {
  /** Name and labels. */
  readonly metadata?: { readonly name?: string; readonly labels?: { readonly [name: string]: string } };
  /** The pods. */
  readonly spec?: {
    readonly containers?: readonly ContainerManifest[];
    readonly initContainers?: readonly ContainerManifest[];
    readonly volumes?: readonly { readonly name: string }[];
  };
}

/** A container. @internal */
export interface ContainerManifest {
  /** Name. */
  readonly name: string;
  /** Its ports in the manifest. */
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
}

/** An explainer. @internal */
export interface ExplainerManifest {
  /** Type; the operator ignores an explainer without one. */
  readonly type?: string;
  /** Port of its Service. */
  readonly endpoint?: { readonly service_port?: number };
  /** Its container. */
  readonly containerSpec?: ContainerManifest;
}
