import { ClusterObject } from '../../cluster/cluster-object';
import { FieldPath } from '../../cluster/json';
import { MatchConditions } from '../../cluster/routing/request-match';

/**
 * A match of a rule for a host, at a gateway or in the mesh; or a rule for TLS or TCP at a gateway, or a server that redirects all requests.
 *
 * @internal
 */
export interface Endpoint {
  /** What it is if it is no match of an HTTP rule: TLS that is passed through, TCP, or a server that redirects requests to https. */
  readonly kind?: 'tls' | 'tcp' | 'redirect';
  /** The gateway as `namespace/name`; undefined for requests of workloads in the mesh. */
  readonly gateway?: string;
  /** The namespace of the workloads in whose name examples are made; undefined at gateways. */
  readonly namespace?: string;
  /** The labels of these workloads, if the match is for some only. */
  readonly labels?: { readonly [name: string]: string };
  /** The port of the listener. */
  readonly port: number;
  /** Whether the listener terminates TLS. */
  readonly tls: boolean;
  /** Whether clients need a certificate. */
  readonly needsCertificate: boolean;
  /** The host pattern. */
  readonly host: string;
  /** Conditions on the callers in the mesh, such as `from namespace web`. */
  readonly callers?: readonly string[];
  /** The conditions. */
  readonly match: MatchConditions;
  /** The VirtualService, or the delegate, that has the rule; the Gateway of a server that redirects. */
  readonly object: ClusterObject;
  /** The field of the match, or of the rule if it has none, or of what redirects. */
  readonly field: FieldPath;
}
