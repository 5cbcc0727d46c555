/** The parts that Seldon Core 2 runs in each namespace with a SeldonRuntime. */
export enum SeldonComponent {
  /** Decides which Server loads which Model. */
  SCHEDULER = 'seldon-scheduler',
  /** The Envoy behind the Service `seldon-mesh`, which all requests pass. */
  ENVOY = 'seldon-envoy',
  /** Moves data between the steps of Pipelines. */
  DATAFLOW_ENGINE = 'seldon-dataflow-engine',
  /** Tells Seldon how many Models and Servers there are. */
  HODOMETER = 'hodometer',
  /** Asks Models what arrives in Kafka. */
  MODEL_GATEWAY = 'seldon-modelgateway',
  /** Takes requests for Pipelines. */
  PIPELINE_GATEWAY = 'seldon-pipelinegateway',
}

/** Who can reach a Service of Seldon Core 2. */
export enum SeldonServiceType {
  /** The cluster only; from outside, callers come through a gateway. */
  CLUSTER_IP = 'ClusterIP',
  /** Whoever reaches a node. */
  NODE_PORT = 'NodePort',
  /** Whoever reaches the load balancer. */
  LOAD_BALANCER = 'LoadBalancer',
}
