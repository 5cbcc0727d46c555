import { ServerTlsOptions, TlsHandshakeOptions } from './server-tls';

/** HTTP protocols of servers without TLS. */
export enum PlainHttpProtocol {
  /** HTTP/1.1 and HTTP/2. */
  HTTP = 'HTTP',
  /** HTTP/2. */
  HTTP2 = 'HTTP2',
  /** gRPC. */
  GRPC = 'GRPC',
  /** gRPC from browsers. */
  GRPC_WEB = 'GRPC-WEB',
  /** HTTP as sent to a forward proxy. */
  HTTP_PROXY = 'HTTP_PROXY',
}

/** TCP protocols of servers without TLS. */
export enum PlainTcpProtocol {
  /** Opaque TCP. */
  TCP = 'TCP',
  /** MongoDB. */
  MONGO = 'MONGO',
  /** MySQL. */
  MYSQL = 'MYSQL',
  /** Redis. */
  REDIS = 'REDIS',
}

/** Content of the connections of a server that terminates TLS. */
export enum TlsContent {
  /** HTTP requests, to which HTTP routes apply. */
  HTTP = 'HTTPS',
  /** Opaque TCP. */
  TCP = 'TLS',
}

/**
 * Options for all kinds of `GatewayServer`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#Server
 */
export interface GatewayServerOptions {
  /**
   * Hosts that the server serves, at least one: DNS names with a dot, `*.example.com`, `*`, or IPv4 addresses. Each may be prefixed
   * with the namespace of its routes: `models/a.example.com`, `./a.example.com` for the namespace of the gateway, or `*` for
   * any.
   *
   * @default ["*"]
   */
  readonly hosts?: string[];

  /**
   * Name of the server, which appears in statistics. Unique within the gateway.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Name of the port. Unique within the gateway.
   *
   * @default - the protocol in lower case, followed by the port unless it is the usual one: `http`, `https`, `http-31400`. If that
   * name is already in use, `-2` and so on is appended
   */
  readonly portName?: string;

  /**
   * Address to listen on: an IP address, or `unix://` and a path for a Unix socket, whose port is 0.
   *
   * @default - all addresses of the gateway's pods
   */
  readonly bind?: string;

  /**
   * The field `defaultEndpoint` of the server, which Istio's gateways do not use.
   *
   * @default - none
   */
  readonly defaultEndpoint?: string;
}

/** Options for `GatewayServer.http`. */
export interface HttpServerOptions extends GatewayServerOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * Protocol of the callers.
   *
   * @default PlainHttpProtocol.HTTP
   */
  readonly protocol?: PlainHttpProtocol;

  /**
   * Whether all requests are redirected to https. Routes do not apply to them.
   *
   * @default false
   */
  readonly httpsRedirect?: boolean;
}

/** Options for `GatewayServer.https` and `GatewayServer.tls`. */
export interface TlsServerOptions extends GatewayServerOptions, ServerTlsOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;
}

/** Options for `GatewayServer.passthrough` and `GatewayServer.autoPassthrough`. */
export interface PassthroughServerOptions extends GatewayServerOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default - 443, and 15443 for `GatewayServer.autoPassthrough`
   */
  readonly port?: number;
}

/** Options for `GatewayServer.istioMutual`. */
export interface IstioMutualServerOptions extends GatewayServerOptions, TlsHandshakeOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * Content of the TLS connections.
   *
   * @default TlsContent.HTTP
   */
  readonly content?: TlsContent;
}

/** Options for `GatewayServer.tcp`. */
export interface TcpServerOptions extends GatewayServerOptions {
  /** Port, 1 to 65535. */
  readonly port: number;

  /**
   * Protocol of the callers.
   *
   * @default PlainTcpProtocol.TCP
   */
  readonly protocol?: PlainTcpProtocol;
}
