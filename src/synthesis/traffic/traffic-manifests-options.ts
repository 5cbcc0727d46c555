/** Options for `Traffic.fromManifests`: what the manifests do not tell. */
export interface TrafficManifestsOptions {
  /**
   * Files and folders with objects of other teams, such as their Services.
   *
   * @default - none
   */
  readonly context?: string[];

  /**
   * Istio's release, such as `1.27`.
   *
   * @default - not known
   */
  readonly istioVersion?: string;

  /**
   * DNS domain of the cluster.
   *
   * @default "cluster.local"
   */
  readonly clusterDomain?: string;

  /**
   * Istio's root namespace, whose policies apply to the whole mesh.
   *
   * @default "istio-system"
   */
  readonly rootNamespace?: string;

  /**
   * Whether Seldon Core 1's operator creates Istio objects.
   *
   * @default - not known
   */
  readonly operatorIstio?: boolean;

  /**
   * Namespace of objects without one.
   *
   * @default "default"
   */
  readonly defaultNamespace?: string;
}
