/** The components that Seldon Core 2 runs in each namespace with a SeldonRuntime. */
export enum SeldonComponent {
  /** Decides which Server loads which Model. */
  SCHEDULER = 'seldon-scheduler',
  /** The Envoy behind the Service `seldon-mesh`, which proxies all requests. */
  ENVOY = 'seldon-envoy',
  /** Moves data between the steps of Pipelines. */
  DATAFLOW_ENGINE = 'seldon-dataflow-engine',
  /** Reports usage metrics, such as the number of Models and Servers, to Seldon. */
  HODOMETER = 'hodometer',
  /** Sends requests that arrive in Kafka to Models. */
  MODEL_GATEWAY = 'seldon-modelgateway',
  /** Accepts requests for Pipelines. */
  PIPELINE_GATEWAY = 'seldon-pipelinegateway',
}

/** Types of the Services of Seldon Core 2. */
export enum SeldonServiceType {
  /** Reachable in the cluster only. Callers from outside need a gateway. */
  CLUSTER_IP = 'ClusterIP',
  /** Reachable for everyone who can reach a node. */
  NODE_PORT = 'NodePort',
  /** Reachable for everyone who can reach the load balancer. */
  LOAD_BALANCER = 'LoadBalancer',
}
