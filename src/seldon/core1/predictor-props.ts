import type { k8s } from 'cdk8s-plus-27';
import { ComponentSpec } from './component-spec';
import { ExplainerType } from './enums';
import { GraphNode } from './graph-node';
import { GraphEndpoint } from './graph-node-props';

/**
 * Explains the predictions of a predictor, with its own Service.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/analytics/explainers.html
 */
export interface PredictorExplainer {
  /** Type of the explainer. */
  readonly type: ExplainerType;

  /**
   * Location of its files.
   *
   * @default - none
   */
  readonly modelUri?: string;

  /**
   * Service account for the download and the pods.
   *
   * @default - none
   */
  readonly serviceAccountName?: string;

  /**
   * Secret with the settings for the download.
   *
   * @default - none
   */
  readonly envSecretRefName?: string;

  /**
   * Image that downloads the files.
   *
   * @default - the operator's
   */
  readonly storageInitializerImage?: string;

  /**
   * Its container, where it differs from the operator's. A port named `http` changes the port on which it listens, but not the
   * port of the Service, which `endpoint.servicePort` sets.
   *
   * @default - the operator's
   */
  readonly containerSpec?: k8s.Container;

  /**
   * Arguments of the explainer.
   *
   * @default - none
   */
  readonly config?: { [name: string]: string };

  /**
   * Port of its Service, and protocol of its calls to the predictor.
   *
   * @default - port 9000, and the `transport` of the deployment
   */
  readonly endpoint?: GraphEndpoint;

  /**
   * Number of pods, 0 to 2147483647.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Parameters of an explainer of the protocol v2, as JSON.
   *
   * @default - none
   */
  readonly initParameters?: string;
}

/** The orchestrator of one predictor. */
export interface SvcOrchSpec {
  /**
   * Resource requests and limits.
   *
   * @default - the operator's: half a CPU and 512Mi
   */
  readonly resources?: k8s.ResourceRequirements;

  /**
   * Environment variables; a Kafka server needs `KAFKA_BROKER`, `KAFKA_INPUT_TOPIC` and `KAFKA_OUTPUT_TOPIC` here.
   *
   * @default - none
   */
  readonly env?: k8s.EnvVar[];

  /**
   * Number of pods where it runs in separate pods, 0 to 2147483647.
   *
   * @default - that of the predictor
   */
  readonly replicas?: number;
}

/**
 * TLS between clients and a predictor.
 *
 * Istio needs the same setting. For routes of this library, create a `DestinationRule` for the Service, whose
 * `trafficPolicy.tls` has mode `SIMPLE` and sets how the certificate is verified: by `caCertificates`, by `credentialName` at a
 * gateway, or, with `insecureSkipVerify`, not at all. Where the operator creates Istio objects, its DestinationRule has the mode
 * of the operator's setting `istio.tlsMode`, none by default, and cannot reference certificates.
 */
export interface PredictorSsl {
  /** Secret with the certificate, in the namespace of the deployment. */
  readonly certSecretName: string;
}

/**
 * Properties for a predictor: one version of a graph, with its own pods and Service.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/reference/seldon-deployment.html
 */
export interface PredictorProps {
  /** Name: a maximum of 63 lower-case letters, digits and hyphens, unique in a deployment. */
  readonly name: string;

  /** The root of the graph. */
  readonly graph: GraphNode;

  /**
   * Pods of the graph's nodes. The orchestrator runs in those of the first component, which must contain a node of the graph.
   *
   * @default - none: all nodes run on prepackaged servers
   */
  readonly componentSpecs?: ComponentSpec[];

  /**
   * Number of pods, 0 to 2147483647.
   *
   * @default - that of the deployment
   */
  readonly replicas?: number;

  /**
   * Percentage of the requests that Seldon's operator routes to it, 0 to 100 and 100 in total, or mirrors to it if it is a shadow, 1 to 100.
   * Leave it out where a rollout sets it.
   *
   * @default - with several predictors 100 for the first and 0 for the others
   */
  readonly traffic?: number;

  /**
   * Whether it is a shadow, which gets only mirrored requests. Without `traffic`, the operator mirrors all requests. Leave it out
   * where a rollout sets it.
   *
   * @default false
   */
  readonly shadow?: boolean;

  /**
   * Labels of the pods. Routes identify predictors by `version`.
   *
   * @default - `version` is the name of the predictor
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of the pods and Services.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * Whether the predictor has no orchestrator: requests go to the only container of the graph.
   *
   * @default false
   */
  readonly noEngine?: boolean;

  /**
   * Name of the Service.
   *
   * @default - names of the deployment and the predictor, joined by a hyphen and hashed if too long
   */
  readonly serviceName?: string;

  /**
   * Explains its predictions.
   *
   * @default - none
   */
  readonly explainer?: PredictorExplainer;

  /**
   * The orchestrator.
   *
   * @default - that of the operator
   */
  readonly svcOrchSpec?: SvcOrchSpec;

  /**
   * Resource requests and limits of the orchestrator, for older operators; newer ones read `svcOrchSpec.resources`.
   *
   * @default - none
   */
  readonly engineResources?: k8s.ResourceRequirements;

  /**
   * TLS between clients and the predictor.
   *
   * @default - none
   */
  readonly ssl?: PredictorSsl;

  /**
   * Seconds after which Kubernetes reports a rolling update without progress as failed, 1 to 2147483647.
   *
   * @default - Kubernetes' own: 600
   */
  readonly progressDeadlineSeconds?: number;
}
