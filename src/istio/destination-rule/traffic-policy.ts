import { Duration } from 'cdk8s';
import { ClientTls } from './client-tls';
import { ConnectionPool } from './connection-pool';
import { LoadBalancer } from './load-balancer';

export * from './client-tls';
export * from './connection-pool';
export * from './load-balancer';

/**
 * Ejects failing pods from load balancing for some time. All models of Seldon Core 2 in a namespace share one host: with the defaults,
 * five consecutive failures of one model eject the pods of all models.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export interface OutlierDetection {
  /**
   * Number of consecutive failures, which are connection errors and any 5xx, after which a pod is ejected, 0 to 4294967295; 0 disables
   * it.
   *
   * @default 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * Number of consecutive failures, which are connection errors and 502, 503 or 504, after which a pod is ejected, 0 to 4294967295; 0
   * disables it.
   *
   * @default - 0, disabled
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * Number of consecutive locally originated failures, such as connection errors, after which a pod is ejected, 0 to 4294967295. Requires
   * `splitExternalLocalOriginErrors`. Istio 1.11 or later.
   *
   * @default 5
   */
  readonly consecutiveLocalOriginFailures?: number;

  /**
   * Whether locally originated failures are counted separately from responses of the pod. Istio 1.11 or later.
   *
   * @default false
   */
  readonly splitExternalLocalOriginErrors?: boolean;

  /**
   * Interval between two evaluations of the pods, 1 ms or more in whole milliseconds.
   *
   * @default - 10 seconds
   */
  readonly interval?: Duration;

  /**
   * Minimum ejection time of a pod, 1 ms or more in whole milliseconds. It increases with each ejection.
   *
   * @default - 30 seconds
   */
  readonly baseEjectionTime?: Duration;

  /**
   * Maximum percentage of the pods that can be ejected, a whole number from 0 to 100, rounded down: with the default, fewer than ten pods
   * are never ejected. It applies to each subset separately.
   *
   * @default 10
   */
  readonly maxEjectionPercent?: number;

  /**
   * Minimum percentage of healthy pods, a whole number from 0 to 100. Below it, all pods get requests.
   *
   * @default 0
   */
  readonly minHealthPercent?: number;
}

/** HTTP method that opens a tunnel. */
export enum TunnelProtocol {
  /** HTTP CONNECT. */
  CONNECT = 'CONNECT',
  /** HTTP POST. */
  POST = 'POST',
}

/**
 * Tunnels TCP connections through an HTTP proxy, which is the rule's host. Istio 1.14 or later.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-TunnelSettings
 */
export interface Tunnel {
  /**
   * HTTP method that opens the tunnel.
   *
   * @default TunnelProtocol.CONNECT
   */
  readonly protocol?: TunnelProtocol;

  /** Target of the tunnel: a DNS name or an IP address. */
  readonly targetHost: string;

  /** Port of the target, 1 to 65535. */
  readonly targetPort: number;
}

/** Version of the PROXY protocol, which sends the address of the client to the upstream. */
export enum ProxyProtocolVersion {
  /** Text format. */
  V1 = 'V1',
  /** Binary format. */
  V2 = 'V2',
}

/**
 * Limits concurrent retries relative to the active requests. Istio 1.27 or later.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-RetryBudget
 */
export interface RetryBudget {
  /**
   * Maximum concurrent retries as a percentage of the active and pending requests, 0 to 100.
   *
   * @default 20
   */
  readonly percent?: number;

  /**
   * Number of concurrent retries that are always allowed, 0 to 4294967295.
   *
   * @default 3
   */
  readonly minRetryConcurrency?: number;
}

/**
 * Policy for calls to one port of a host, instead of the policy for all ports. At least one field apart from the port is required.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy
 */
export interface PortTrafficPolicy {
  /** Port of the Service, 1 to 65535. */
  readonly port: number;

  /**
   * Load balancing.
   *
   * @default - Istio's; the policy for all ports is not inherited
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * Limits for connections and requests.
   *
   * @default - Istio's; the policy for all ports is not inherited
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * Ejection of failing pods.
   *
   * @default - disabled; the policy for all ports is not inherited
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * TLS settings of the connections.
   *
   * @default - as in the mesh configuration; the policy for all ports is not inherited
   */
  readonly tls?: ClientTls;
}

/**
 * Policy for calls to a host. At least one field is required.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy
 */
export interface TrafficPolicy {
  /**
   * Load balancing.
   *
   * @default - Istio's
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * Limits for connections and requests.
   *
   * @default - Istio's
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * Ejection of failing pods.
   *
   * @default - disabled
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * TLS settings of the connections.
   *
   * @default - as in the mesh configuration
   */
  readonly tls?: ClientTls;

  /**
   * Policies for single ports, at most 4096. A port with its own policy inherits nothing from the rest.
   *
   * @default - none
   */
  readonly portLevelSettings?: PortTrafficPolicy[];

  /**
   * Tunnels TCP connections through the host. Cannot be combined with `proxyProtocol`.
   *
   * @default - none
   */
  readonly tunnel?: Tunnel;

  /**
   * Sends the address of the client to the host with the PROXY protocol. Cannot be combined with `tunnel`. Istio 1.21 or later.
   *
   * @default - the address is not sent
   */
  readonly proxyProtocol?: ProxyProtocolVersion;

  /**
   * Limits concurrent retries relative to the active requests.
   *
   * @default - none: `connectionPool.http.maxRetries` applies
   */
  readonly retryBudget?: RetryBudget;
}
