import { Duration } from 'cdk8s';

/** Whether HTTP/1.1 requests go on as HTTP/2. */
export enum H2UpgradePolicy {
  /** As the mesh says. */
  DEFAULT = 'DEFAULT',
  /** They do not. */
  DO_NOT_UPGRADE = 'DO_NOT_UPGRADE',
  /** They do. */
  UPGRADE = 'UPGRADE',
}

/**
 * Probes on an idle TCP connection that tell whether the other end is still there.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings-TcpKeepalive
 */
export interface TcpKeepalive {
  /**
   * Probes without an answer before the connection counts as dead, 0 to 4294967295.
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
 * Limits of connections, for TCP and HTTP alike.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings
 */
export interface TcpConnectionPool {
  /**
   * Connections at most, 0 to 2147483647; for HTTP/1.1 these are requests at one time.
   *
   * @default 2147483647
   */
  readonly maxConnections?: number;

  /**
   * Time to connect, 1 ms or more in whole milliseconds.
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
   * Longest life of a connection, 1 ms or more in whole milliseconds. Since Istio 1.15.
   *
   * @default - no limit
   */
  readonly maxConnectionDuration?: Duration;

  /**
   * Time without a byte before a TCP connection is closed, in whole milliseconds; 0 never closes it. Since Istio 1.21.
   *
   * @default - 1 hour
   */
  readonly idleTimeout?: Duration;
}

/**
 * PING frames on HTTP/2 connections, so that one which hangs is closed before requests are lost on it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings
 */
export interface Http2KeepAlive {
  /** Time between two frames, 1 ms or more in whole milliseconds. */
  readonly interval: Duration;

  /** How long an answer may take before the connection is closed, 1 ms or more in whole milliseconds. */
  readonly timeout: Duration;
}

/**
 * Limits of requests.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings
 */
export interface HttpConnectionPool {
  /**
   * Requests at most that wait for a connection, 0 to 2147483647.
   *
   * @default 2147483647
   */
  readonly http1MaxPendingRequests?: number;

  /**
   * Requests at most at one time, 0 to 2147483647; for HTTP/2, and for HTTP/1.1 too.
   *
   * @default 2147483647
   */
  readonly http2MaxRequests?: number;

  /**
   * Requests at most on one connection, 0 to 2147483647; 1 turns keep-alive off.
   *
   * @default - 0, no limit
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * Repeated tries at most at one time, 0 to 2147483647.
   *
   * @default 2147483647
   */
  readonly maxRetries?: number;

  /**
   * Time without a request before a connection is closed, 1 ms or more in whole milliseconds.
   *
   * @default - 1 hour
   */
  readonly idleTimeout?: Duration;

  /**
   * Whether HTTP/1.1 requests go on as HTTP/2.
   *
   * @default H2UpgradePolicy.DEFAULT
   */
  readonly h2UpgradePolicy?: H2UpgradePolicy;

  /**
   * Whether requests go on in the protocol that the client speaks; excludes `H2UpgradePolicy.UPGRADE`.
   *
   * @default false
   */
  readonly useClientProtocol?: boolean;

  /**
   * Streams at most on one HTTP/2 connection, 0 to 2147483647. Since Istio 1.21.
   *
   * @default 2147483647
   */
  readonly maxConcurrentStreams?: number;

  /**
   * Checks HTTP/2 connections by PING frames. Since Istio 1.31.
   *
   * @default - none: a connection that hangs is found by its requests
   */
  readonly http2KeepAlive?: Http2KeepAlive;
}

/**
 * Limits of connections and requests; what is above them gets 503. At least one field is needed. All models of Seldon
 * Core 2 in a namespace share one host, and so its limits.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings
 */
export interface ConnectionPool {
  /**
   * Limits of connections.
   *
   * @default - Istio's
   */
  readonly tcp?: TcpConnectionPool;

  /**
   * Limits of requests.
   *
   * @default - Istio's
   */
  readonly http?: HttpConnectionPool;
}
