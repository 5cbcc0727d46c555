/** Pods that Seldon's operator creates. */
export interface OperatorPods {
  /** Name of their Deployment. */
  readonly deployment: string;

  /** Labels of the pods that Services and subsets can select. */
  readonly labels: { [name: string]: string };

  /** Named ports of the containers. */
  readonly containers: { [container: string]: { [port: string]: number } };
}

/** The objects that Seldon's operator creates for a SeldonDeployment once all its pods are ready. Each list is ordered by name. */
export interface OperatorObjects {
  /** VirtualServices: that of the deployment, and one for each explainer. */
  readonly virtualServices: { [field: string]: unknown }[];

  /** DestinationRules: one for each predictor and each explainer. */
  readonly destinationRules: { [field: string]: unknown }[];

  /** Services: one for each predictor, each container of a graph and each explainer. */
  readonly services: { [field: string]: unknown }[];

  /** Pods behind the Services. */
  readonly pods: OperatorPods[];
}
