/**
 * The version of HTTP that a client uses. Envoy joins repeated `cookie` lines of HTTP/2 only.
 *
 * @internal
 */
export type HttpVersion = '1.0' | '1.1' | '2';

/**
 * A line of a request's headers. A request may repeat a name.
 *
 * @internal
 */
export interface HeaderLine {
  /** The name, in lower case. */
  readonly name: string;
  /** The value as it is sent; it may be empty. */
  readonly value: string;
}

/**
 * The certificate of a client, which a gateway with mutual TLS or a sidecar has verified.
 *
 * @internal
 */
export interface ClientCertificate {
  /** The identity without `spiffe://`, such as `cluster.local/ns/models/sa/default`; undefined if it has none. */
  readonly principal?: string;
}

/**
 * A request from outside the mesh, to a gateway.
 *
 * @internal
 */
export interface GatewayEntry {
  readonly kind: 'gateway';
  /** The Gateway as `namespace/name`; undefined if the host and the port suffice. */
  readonly gateway?: string;
  /** The port of the server. */
  readonly port: number;
  /** What the client sends in the TLS handshake; undefined without TLS. */
  readonly tls?: {
    /** The server name; undefined if the client sends none. */
    readonly serverName?: string;
    /** Its certificate; undefined if it has none. */
    readonly certificate?: ClientCertificate;
  };
  /** The address of the client's connection, such as `203.0.113.7`; undefined if it is not known. */
  readonly sourceAddress?: string;
  /** The address of the client behind trusted proxies; undefined if it is that of the connection. */
  readonly remoteAddress?: string;
}

/**
 * A request from a workload in the mesh, through its sidecar.
 *
 * @internal
 */
export interface WorkloadEntry {
  readonly kind: 'workload';
  /** Namespace of the workload. */
  readonly namespace: string;
  /** Labels of its pods. */
  readonly labels: { readonly [name: string]: string };
  /** Its service account. */
  readonly serviceAccount: string;
  /** The port that it connects to. */
  readonly port: number;
}

/**
 * Where a request has its token.
 *
 * @internal
 */
export interface TokenLocation {
  readonly kind: 'header' | 'parameter' | 'cookie';
  /** The name of the header, in lower case, of the parameter of the query, or of the cookie. */
  readonly name: string;
  /** What precedes the token in a header, such as `Bearer `. */
  readonly prefix?: string;
}

/**
 * The token of a caller. It is not among the headers, the parameters and the cookies of the request. Without a RequestAuthentication that
 * reads its location it counts as none.
 *
 * @internal
 */
export interface Token {
  /** Whether the signature and the time are right. The audience follows from the claims. */
  readonly isValid: boolean;
  /** Its claims, with `iss` and `sub`. */
  readonly claims: { readonly [name: string]: unknown };
  /** Where it is; in the `Authorization` header after `Bearer ` if undefined. */
  readonly location?: TokenLocation;
}

/**
 * A request, as its client sends it.
 *
 * @internal
 */
export interface Request {
  /** Where it enters the mesh. */
  readonly entry: GatewayEntry | WorkloadEntry;
  /** The version of HTTP. */
  readonly http: HttpVersion;
  /** The method. */
  readonly method: string;
  /** The `Host` header, or `:authority`, as sent, with its port if it has one. */
  readonly authority: string;
  /** Whether the client sends no `Host` header, so that the authority is that of the connection only. @default false */
  readonly hasNoHost?: boolean;
  /** The path as sent, without the query. */
  readonly path: string;
  /** The query after `?`; undefined if there is no `?`. */
  readonly query?: string;
  /** All other headers, in order. */
  readonly headers: readonly HeaderLine[];
  /** The token of the caller; undefined without one. */
  readonly token?: Token;
}
