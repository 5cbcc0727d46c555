/**
 * A workload that sends a request.
 *
 * @internal
 */
export interface WorkloadInput {
  /** Its namespace. */
  readonly namespace: string;
  /** Labels of its pods; none if undefined. */
  readonly labels?: { readonly [name: string]: string };
  /** Its service account; `default` if undefined. */
  readonly serviceAccount?: string;
}

/**
 * A request as people write it. Of two ways to give one value, such as `url` and `path`, only one is allowed.
 *
 * @internal
 */
export interface RequestInput {
  /** The URL, with or without its scheme. */
  readonly url?: string;
  /** `http` or `https`. */
  readonly scheme?: string;
  /** The host, with a port if its `Host` header has one. */
  readonly host?: string;
  /** Whether the client sends no `Host` header; it does if undefined. */
  readonly withoutHost?: boolean;
  /** The port to connect to. */
  readonly port?: number;
  /** The path, with the query. */
  readonly path?: string;
  /** The method. */
  readonly method?: string;
  /** Lines as `name: value`. */
  readonly headers?: readonly string[];
  /** The version of HTTP: `1.0`, `1.1` or `2`. */
  readonly http?: string;
  /** A gRPC method, such as `inference.GRPCInferenceService/ModelInfer`. */
  readonly grpc?: string;
  /** Metadata of a gRPC call, as `name: value`. */
  readonly metadata?: readonly string[];
  /** Claims of the token. */
  readonly claims?: { readonly [name: string]: unknown };
  /** Whether the signature, the time and the audience of the token are right; they are if undefined. */
  readonly validToken?: boolean;
  /** The server name of the TLS handshake. */
  readonly serverName?: string;
  /** Whether the client has a certificate. */
  readonly clientCertificate?: boolean;
  /** The identity in its certificate, with or without `spiffe://`. */
  readonly principal?: string;
  /** The address of the client's connection. */
  readonly address?: string;
  /** The address of the client behind trusted proxies. */
  readonly forwardedAddress?: string;
  /** The Gateway, as `namespace/name`. */
  readonly gateway?: string;
  /** The workload that sends the request; it comes from outside the mesh if undefined. */
  readonly from?: WorkloadInput;
}
