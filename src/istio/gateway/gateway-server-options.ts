import { ServerTlsOptions, TlsHandshakeOptions } from './server-tls';

/** Protocols of servers whose requests are read without TLS. */
export enum PlainHttpProtocol {
  /** HTTP/1.1 and HTTP/2. */
  HTTP = 'HTTP',
  /** HTTP/2. */
  HTTP2 = 'HTTP2',
  /** gRPC. */
  GRPC = 'GRPC',
  /** gRPC from browsers. */
  GRPC_WEB = 'GRPC-WEB',
  /** HTTP as a proxy takes it. */
  HTTP_PROXY = 'HTTP_PROXY',
}

/** Protocols of servers that pass bytes on without TLS. */
export enum PlainTcpProtocol {
  /** Any bytes. */
  TCP = 'TCP',
  /** MongoDB. */
  MONGO = 'MONGO',
  /** MySQL. */
  MYSQL = 'MYSQL',
  /** Redis. */
  REDIS = 'REDIS',
}

/** What a server that ends TLS finds inside. */
export enum TlsContent {
  /** HTTP requests, which routes see. */
  HTTP = 'HTTPS',
  /** Any bytes. */
  TCP = 'TLS',
}

/**
 * What all servers of a gateway have.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#Server
 */
export interface GatewayServerOptions {
  /**
   * Hosts that the server answers for, at least one: DNS names with a dot, `*.example.com`, `*`, or IPv4 addresses. Each may
   * have the namespace of its routes before it: `models/a.example.com`, `./a.example.com` for that of the gateway, or `*` for
   * any.
   *
   * @default ["*"]
   */
  readonly hosts?: string[];

  /**
   * Name of the server, which statistics show; no two of a gateway are equal.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Name of the port; no two of a gateway are equal.
   *
   * @default - the protocol in lower case, then the port unless it is the usual one: `http`, `https`, `http-31400`. Where
   * that is taken, `-2` and so on follow
   */
  readonly portName?: string;

  /**
   * Where the gateway listens: an IP address, or `unix://` and a path for a Unix socket, whose port is 0.
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

/** A server for requests without TLS. */
export interface HttpServerOptions extends GatewayServerOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * What callers speak.
   *
   * @default PlainHttpProtocol.HTTP
   */
  readonly protocol?: PlainHttpProtocol;

  /**
   * Whether every request is answered with a redirect to https. Routes do not see those requests.
   *
   * @default false
   */
  readonly httpsRedirect?: boolean;
}

/** A server that ends TLS. */
export interface TlsServerOptions extends GatewayServerOptions, ServerTlsOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;
}

/** A server that reads the name which callers ask for, and passes TLS on as it is. */
export interface PassthroughServerOptions extends GatewayServerOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default - 443, and 15443 for a server that routes by itself
   */
  readonly port?: number;
}

/** A server that ends TLS with the certificates of the mesh. */
export interface IstioMutualServerOptions extends GatewayServerOptions, TlsHandshakeOptions {
  /**
   * Port, 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * What is inside.
   *
   * @default TlsContent.HTTP
   */
  readonly content?: TlsContent;
}

/** A server that passes bytes on. */
export interface TcpServerOptions extends GatewayServerOptions {
  /** Port, 1 to 65535. */
  readonly port: number;

  /**
   * What callers speak.
   *
   * @default PlainTcpProtocol.TCP
   */
  readonly protocol?: PlainTcpProtocol;
}
