import { GraphEndpointType, LoggerMode } from './enums';
import { GraphParameter } from './graph-parameter';

/** The endpoint of a node. Seldon's operator sets the fields that are left out, and always sets the host and the ports. */
export interface GraphEndpoint {
  /**
   * The protocol of calls, the same for all nodes of a SeldonDeployment and for its `transport`.
   *
   * @default - the `transport` of the deployment
   */
  readonly type?: GraphEndpointType;

  /**
   * Host.
   *
   * @default - the operator's
   */
  readonly serviceHost?: string;

  /**
   * Port of the protocol in use, 1 to 65535. For an explainer, the port of its Service.
   *
   * @default - the operator's: 9000 for an explainer
   */
  readonly servicePort?: number;

  /**
   * Port for REST, 1 to 65535.
   *
   * @default - the operator's
   */
  readonly httpPort?: number;

  /**
   * Port for gRPC, 1 to 65535.
   *
   * @default - the operator's
   */
  readonly grpcPort?: number;
}

/** Logs the payloads of a node. */
export interface GraphLogger {
  /** Which payloads. */
  readonly mode: LoggerMode;

  /**
   * The URL to which they are sent as CloudEvents.
   *
   * @default - the URL in the settings of the operator
   */
  readonly url?: string;
}

/** Properties of every node of a graph. */
export interface GraphNodeOptions {
  /**
   * Name of the node and of its container, unless Seldon provides the server: a maximum of 48 lower-case letters, digits
   * and hyphens, unique in a graph.
   */
  readonly name: string;

  /**
   * Parameters, each name once.
   *
   * @default - none
   */
  readonly parameters?: GraphParameter[];

  /**
   * Its endpoint.
   *
   * @default - set by the operator
   */
  readonly endpoint?: GraphEndpoint;

  /**
   * Logs its payloads.
   *
   * @default - nothing is logged
   */
  readonly logger?: GraphLogger;
}

/** Properties for a node that the orchestrator implements itself. */
export interface BuiltInNodeProps extends GraphNodeOptions {
}
