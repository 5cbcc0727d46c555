import { ClusterObject } from './cluster-object';
import { FieldPath, JsonObject } from './json';
import { PodSelector } from '../plan/pod-selectors';

/**
 * A host of a server.
 *
 * @internal
 */
export interface ServerHost {
  /** As written, with its namespace prefix. */
  readonly written: string;
  /** The host without the prefix, as written. Istio intersects it with the hosts of routes case-sensitively. */
  readonly host: string;
  /** The namespace whose routes may use it; undefined if those of all namespaces may. */
  readonly namespace?: string;
}

/**
 * A server of a Gateway.
 *
 * @internal
 */
export interface GatewayServer {
  /** The Gateway. */
  readonly gateway: ClusterObject;
  /** Its field in the Gateway. */
  readonly field: FieldPath;
  /** Its manifest. */
  readonly json: JsonObject;
  /** Name of its port; its position if the port has no name. */
  readonly name: string;
  /** Number of its port; 0 for a Unix socket. */
  readonly port: number;
  /** Istio's name of the protocol, in upper case. */
  readonly protocol: string;
  /** Its bind address, if specified. */
  readonly bind?: string;
  /** Its hosts. */
  readonly hosts: readonly ServerHost[];
  /** Mode of TLS; undefined if connections do not use TLS. */
  readonly tlsMode?: string;
  /** Whether HTTP routes apply to its requests. */
  readonly http: boolean;
  /** Whether it accepts HTTP without TLS. */
  readonly plainHttp: boolean;
  /** Whether it redirects all requests to https. */
  readonly redirects: boolean;
  /** Whether callers need a client certificate. */
  readonly clientCertificates: boolean;
}

/**
 * A Gateway, and its servers that Istio can read.
 *
 * @internal
 */
export interface GatewayView {
  /** The Gateway. */
  readonly object: ClusterObject;
  /** Labels of its pods. */
  readonly selector: PodSelector;
  /** Its servers. */
  readonly servers: readonly GatewayServer[];
}
