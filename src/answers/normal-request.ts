import { ClientCertificate, HttpVersion, Token } from './request';
import { RequestHeaders } from './request-headers';
import { ClusterObject } from '../cluster/cluster-object';

/**
 * A client outside of the mesh, as a gateway sees it.
 *
 * @internal
 */
export interface OutsidePeer {
  readonly kind: 'outside';
  /** Its certificate, which the gateway has verified; undefined if it has none. */
  readonly certificate?: ClientCertificate;
  /** The server name of the TLS handshake; undefined if there is none. */
  readonly serverName?: string;
  /** The address of its connection; undefined if it is not known. */
  readonly sourceAddress?: string;
  /** Its address behind trusted proxies; undefined if it is not known. */
  readonly remoteAddress?: string;
}

/**
 * The pods of a gateway, as the sidecar of a destination sees them.
 *
 * @internal
 */
export interface GatewayPeer {
  readonly kind: 'gateway';
  /** The Gateway. */
  readonly gateway: ClusterObject;
  /** The client's address behind trusted proxies, which the gateway forwards; undefined if it is not known. */
  readonly remoteAddress?: string;
}

/**
 * A workload of the mesh, as the sidecar of a destination sees it.
 *
 * @internal
 */
export interface WorkloadPeer {
  readonly kind: 'workload';
  /** Its namespace. */
  readonly namespace: string;
  /** Labels of its pods. */
  readonly labels: { readonly [name: string]: string };
  /** Its service account. */
  readonly serviceAccount: string;
}

/**
 * The previous hop of a request.
 *
 * @internal
 */
export type Peer = OutsidePeer | GatewayPeer | WorkloadPeer;

/**
 * A request as the filters and routes of a proxy see it, with a path that Envoy has normalized.
 *
 * @internal
 */
export interface NormalRequest {
  /** Who sent it to this proxy. */
  readonly peer: Peer;
  /** The port of the proxy's listener, or of the pods behind a sidecar; undefined if it is not known. */
  readonly port: number | undefined;
  /** The version of HTTP. */
  readonly http: HttpVersion;
  /** The scheme. */
  readonly scheme: 'http' | 'https';
  /** The method. */
  readonly method: string;
  /** The `Host` header, or `:authority`, as sent. */
  readonly authority: string;
  /** The authority in lower case without its port, by which Envoy picks the virtual host. */
  readonly host: string;
  /** The path after normalization, without the query. */
  readonly path: string;
  /** The query after `?`, as sent; undefined if there is no `?`. */
  readonly query: string | undefined;
  /** All other headers. */
  readonly headers: RequestHeaders;
  /** The token of the caller, as sent; undefined without one. */
  readonly token: Token | undefined;
}
