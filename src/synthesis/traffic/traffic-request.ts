/** Properties for `TrafficRequest`: the workload that sends a request. */
export interface TrafficWorkload {
  /** Its namespace. */
  readonly namespace: string;

  /**
   * Its service account.
   *
   * @default "default"
   */
  readonly serviceAccount?: string;

  /**
   * Labels of its pods.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };
}

/**
 * A request for `Traffic.request`. What is not specified is as with curl, and no header is added, except those that each gRPC call has.
 */
export interface TrafficRequest {
  /**
   * The URL, such as `https://models.example.com/v2/models/iris/infer`. It replaces `scheme`, `host` and `path`.
   *
   * @default - made of `scheme`, `host`, `port` and `path`
   */
  readonly url?: string;

  /**
   * The scheme: `http` or `https`.
   *
   * @default - `https` for port 443, for a `serverName` and for a client certificate, else `http`
   */
  readonly scheme?: string;

  /**
   * The host, with a port if the `Host` header has one.
   *
   * @default - the only host that gateways route. With several, it is required.
   */
  readonly host?: string;

  /**
   * The port to connect to, from 1 to 65535.
   *
   * @default - that of the URL or the host, else 443 for `https` and 80 for `http`
   */
  readonly port?: number;

  /**
   * The path, with the query.
   *
   * @default "/"
   */
  readonly path?: string;

  /**
   * The method, in upper case.
   *
   * @default - `GET`, or `POST` for gRPC
   */
  readonly method?: string;

  /**
   * Headers as `name: value`. Their order and repetition are kept.
   *
   * @default - none
   */
  readonly headers?: string[];

  /**
   * The version of HTTP: `1.0`, which proxies of Istio refuse, `1.1` or `2`.
   *
   * @default - `2` for gRPC and for `https`, else `1.1`
   */
  readonly http?: string;

  /**
   * A gRPC method, such as `inference.GRPCInferenceService/ModelInfer`, instead of a path.
   *
   * @default - the request is not a gRPC call
   */
  readonly grpc?: string;

  /**
   * Metadata of the gRPC call, as `name: value`.
   *
   * @default - none
   */
  readonly metadata?: string[];

  /**
   * Claims of the token that the request carries, with `iss`. There must be a RequestAuthentication that reads tokens.
   *
   * @default - those of a JWT in the `authorization` header, if there is one. Its signature is not verified
   */
  readonly claims?: { [name: string]: unknown };

  /**
   * Whether the signature, the time and the audience of the token are right.
   *
   * @default true
   */
  readonly validToken?: boolean;

  /**
   * The server name of the TLS handshake.
   *
   * @default - the host, unless it is an address
   */
  readonly serverName?: string;

  /**
   * Whether the client has a certificate that the gateway accepts.
   *
   * @default - only if `principal` is set
   */
  readonly clientCertificate?: boolean;

  /**
   * The identity in the client certificate, such as `cluster.local/ns/models/sa/default`.
   *
   * @default - the certificate has none
   */
  readonly principal?: string;

  /**
   * The IP address of the client's connection.
   *
   * @default - not known
   */
  readonly address?: string;

  /**
   * The IP address of the client behind trusted proxies.
   *
   * @default - that of the connection
   */
  readonly forwardedAddress?: string;

  /**
   * The Gateway, as `namespace/name`, where several could be meant.
   *
   * @default - found by port and host
   */
  readonly gateway?: string;

  /**
   * The workload in the mesh that sends the request.
   *
   * @default - the request comes from outside the mesh
   */
  readonly from?: TrafficWorkload;
}
