import { GraphEndpointType, LoggerMode } from './enums';
import { GraphParameter } from './graph-parameter';

/** How the orchestrator reaches a node. Seldon's operator fills in whatever is left out, and host and ports in any case. */
export interface GraphEndpoint {
  /**
   * How it is called; all nodes of a SeldonDeployment are called in one way, and not otherwise than its `transport` says.
   *
   * @default - as the deployment's `transport` says
   */
  readonly type?: GraphEndpointType;

  /**
   * Host.
   *
   * @default - the operator's
   */
  readonly serviceHost?: string;

  /**
   * Port of the one protocol in use, 1 to 65535. For an explainer it is the port of its Service.
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

/** Whether what goes in and comes out of a node is logged. */
export interface GraphLogger {
  /** Which payloads. */
  readonly mode: LoggerMode;

  /**
   * Where they are sent as CloudEvents.
   *
   * @default - the operator's own address
   */
  readonly url?: string;
}

/** What every node of a graph takes. */
export interface GraphNodeOptions {
  /**
   * Name: that of the container which does the work, unless Seldon brings the server. At most 48 lower-case letters, digits
   * and hyphens, each name once in a graph.
   */
  readonly name: string;

  /**
   * Settings, each name once.
   *
   * @default - none
   */
  readonly parameters?: GraphParameter[];

  /**
   * How it is reached.
   *
   * @default - as the operator says
   */
  readonly endpoint?: GraphEndpoint;

  /**
   * Logs its payloads.
   *
   * @default - nothing is logged
   */
  readonly logger?: GraphLogger;
}

/** A node whose work the orchestrator does itself. */
export interface BuiltInNodeProps extends GraphNodeOptions {
}
