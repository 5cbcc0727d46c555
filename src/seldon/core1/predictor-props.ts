import type { k8s } from 'cdk8s-plus-27';
import { ComponentSpec } from './component-spec';
import { ExplainerType } from './enums';
import { GraphNode } from './graph-node';
import { GraphEndpoint } from './graph-node-props';

/**
 * Explains the answers of a predictor, at a Service of its own.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/analytics/explainers.html
 */
export interface PredictorExplainer {
  /** Which explainer. */
  readonly type: ExplainerType;

  /**
   * Where its files are.
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
   * Its container, where it differs from the operator's. A port of its own named `http` changes where it listens and not the
   * port of the Service: say that as `endpoint.servicePort`.
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
   * Port of its Service and how it calls the predictor.
   *
   * @default - port 9000, as the deployment's `transport` says
   */
  readonly endpoint?: GraphEndpoint;

  /**
   * How many pods run, 0 to 2147483647.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Settings of an explainer of the protocol v2, as JSON.
   *
   * @default - none
   */
  readonly initParameters?: string;
}

/** How the orchestrator of one predictor runs. */
export interface SvcOrchSpec {
  /**
   * What it needs and may take.
   *
   * @default - the operator's: half a CPU and 512Mi
   */
  readonly resources?: k8s.ResourceRequirements;

  /**
   * Its environment; a Kafka server needs `KAFKA_BROKER`, `KAFKA_INPUT_TOPIC` and `KAFKA_OUTPUT_TOPIC` here.
   *
   * @default - none
   */
  readonly env?: k8s.EnvVar[];

  /**
   * How many run where it has pods of its own, 0 to 2147483647.
   *
   * @default - as the predictor says
   */
  readonly replicas?: number;
}

/**
 * TLS between callers and a predictor.
 *
 * Istio must be told as well. Where routes are this library's, make a `DestinationRule` for the Service before them, whose
 * `trafficPolicy.tls` has mode `SIMPLE` and says how the certificate is verified: by `caCertificates`, by `credentialName` at a
 * gateway, or not at all by `insecureSkipVerify`. Where the operator writes Istio objects, its own DestinationRule has the mode
 * of its setting `istio.tlsMode`, none by default, and can name no certificates.
 */
export interface PredictorSsl {
  /** Secret with the certificate, in the namespace of the deployment. */
  readonly certSecretName: string;
}

/**
 * One version of a graph, with pods and a Service of its own.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/reference/seldon-deployment.html
 */
export interface PredictorProps {
  /** Name: at most 63 lower-case letters, digits and hyphens, each once in a deployment. */
  readonly name: string;

  /** The root of the graph. */
  readonly graph: GraphNode;

  /**
   * Pods of the graph's nodes. The first has the orchestrator in it, so a node of the graph must be there.
   *
   * @default - none: Seldon brings all servers
   */
  readonly componentSpecs?: ComponentSpec[];

  /**
   * How many pods run, 0 to 2147483647.
   *
   * @default - as the deployment says
   */
  readonly replicas?: number;

  /**
   * Percentage of the requests that Seldon's operator sends here, 0 to 100 and 100 in all, or copies here if it is a shadow, 1 to 100.
   * Leave it to the routers where a rollout says it.
   *
   * @default - with several predictors 100 for the first and 0 for the others
   */
  readonly traffic?: number;

  /**
   * Whether Seldon's operator sends copies of requests here and no requests. Without `traffic` it copies all of them. Leave it
   * to the routers where a rollout says it.
   *
   * @default false
   */
  readonly shadow?: boolean;

  /**
   * Labels of the pods. Routes tell predictors apart by `version`.
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
   * Whether there is no orchestrator: requests go to the one container of the graph.
   *
   * @default false
   */
  readonly noEngine?: boolean;

  /**
   * Name of the Service.
   *
   * @default - names of the deployment and the predictor with a hyphen between, hashed when that is too long
   */
  readonly serviceName?: string;

  /**
   * Explains its answers.
   *
   * @default - none
   */
  readonly explainer?: PredictorExplainer;

  /**
   * How the orchestrator runs.
   *
   * @default - as the operator says
   */
  readonly svcOrchSpec?: SvcOrchSpec;

  /**
   * What the orchestrator needs and may take, for older operators; newer ones read `svcOrchSpec.resources`.
   *
   * @default - none
   */
  readonly engineResources?: k8s.ResourceRequirements;

  /**
   * TLS between callers and the predictor.
   *
   * @default - none
   */
  readonly ssl?: PredictorSsl;

  /**
   * Seconds that a rolling update may take before Kubernetes calls it failed, 1 to 2147483647.
   *
   * @default - Kubernetes' own: 600
   */
  readonly progressDeadlineSeconds?: number;
}
