import { Duration } from 'cdk8s';

/** Whether HTTP/1.1 requests are upgraded to HTTP/2. */
export enum H2UpgradePolicy {
  /** As in the mesh configuration. */
  DEFAULT = 'DEFAULT',
  /** They are not upgraded. */
  DO_NOT_UPGRADE = 'DO_NOT_UPGRADE',
  /** They are upgraded. */
  UPGRADE = 'UPGRADE',
}

/**
 * TCP keep-alive probes on idle connections.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings-TcpKeepalive
 */
export interface TcpKeepalive {
  /**
   * Number of unanswered probes before the connection is considered dead, 0 to 4294967295.
   *
   * @default - the operating system's; 9 on Linux
   */
  readonly probes?: number;

  /**
   * Idle time before the first probe, 1 ms or more in whole milliseconds.
   *
   * @default - the operating system's; 2 hours on Linux
   */
  readonly time?: Duration;

  /**
   * Time between probes, 1 ms or more in whole milliseconds.
   *
   * @default - the operating system's; 75 seconds on Linux
   */
  readonly interval?: Duration;
}

/**
 * Limits for connections, for both TCP and HTTP.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings
 */
export interface TcpConnectionPool {
  /**
   * Maximum number of connections, 0 to 2147483647. For HTTP/1.1 this is also the maximum number of concurrent requests.
   *
   * @default 2147483647
   */
  readonly maxConnections?: number;

  /**
   * Connection timeout, 1 ms or more in whole milliseconds.
   *
   * @default - 10 seconds
   */
  readonly connectTimeout?: Duration;

  /**
   * Probes on idle connections.
   *
   * @default - none
   */
  readonly tcpKeepalive?: TcpKeepalive;

  /**
   * Maximum lifetime of a connection, 1 ms or more in whole milliseconds. Istio 1.15 or later.
   *
   * @default - no limit
   */
  readonly maxConnectionDuration?: Duration;

  /**
   * Time without traffic after which a TCP connection is closed, in whole milliseconds; 0 disables it. Istio 1.21 or later.
   *
   * @default - 1 hour
   */
  readonly idleTimeout?: Duration;
}

/**
 * PING frames on HTTP/2 connections, which detect and close a dead connection before requests are lost on it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings
 */
export interface Http2KeepAlive {
  /** Interval between two frames, 1 ms or more in whole milliseconds. */
  readonly interval: Duration;

  /** Time without a response after which the connection is closed, 1 ms or more in whole milliseconds. */
  readonly timeout: Duration;
}

/**
 * Limits for requests.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings
 */
export interface HttpConnectionPool {
  /**
   * Maximum number of requests waiting for a connection, 0 to 2147483647.
   *
   * @default 2147483647
   */
  readonly http1MaxPendingRequests?: number;

  /**
   * Maximum number of concurrent requests, 0 to 2147483647. It applies to both HTTP/2 and HTTP/1.1.
   *
   * @default 2147483647
   */
  readonly http2MaxRequests?: number;

  /**
   * Maximum number of requests per connection, 0 to 2147483647; 1 disables keep-alive.
   *
   * @default - 0, no limit
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * Maximum number of concurrent retries, 0 to 2147483647.
   *
   * @default 2147483647
   */
  readonly maxRetries?: number;

  /**
   * Time without a request after which a connection is closed, 1 ms or more in whole milliseconds.
   *
   * @default - 1 hour
   */
  readonly idleTimeout?: Duration;

  /**
   * Whether HTTP/1.1 requests are upgraded to HTTP/2.
   *
   * @default H2UpgradePolicy.DEFAULT
   */
  readonly h2UpgradePolicy?: H2UpgradePolicy;

  /**
   * Whether to keep the protocol of the client. Cannot be combined with `H2UpgradePolicy.UPGRADE`.
   *
   * @default false
   */
  readonly useClientProtocol?: boolean;

  /**
   * Maximum number of concurrent streams per HTTP/2 connection, 0 to 2147483647. Istio 1.21 or later.
   *
   * @default 2147483647
   */
  readonly maxConcurrentStreams?: number;

  /**
   * PING frames on HTTP/2 connections. Istio 1.31 or later.
   *
   * @default - none: a dead connection is only detected by failing requests
   */
  readonly http2KeepAlive?: Http2KeepAlive;
}

/**
 * Limits for connections and requests. Requests above the limits get 503. At least one field is required. All models of Seldon
 * Core 2 in a namespace share one host, and therefore its limits.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings
 */
export interface ConnectionPool {
  /**
   * Limits for connections.
   *
   * @default - Istio's
   */
  readonly tcp?: TcpConnectionPool;

  /**
   * Limits for requests.
   *
   * @default - Istio's
   */
  readonly http?: HttpConnectionPool;
}
