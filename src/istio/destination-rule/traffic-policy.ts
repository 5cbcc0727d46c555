import { Duration } from 'cdk8s';
import { ClientTls } from './client-tls';
import { ConnectionPool } from './connection-pool';
import { LoadBalancer } from './load-balancer';

export * from './client-tls';
export * from './connection-pool';
export * from './load-balancer';

/**
 * Takes pods that fail out of the load balancing for a while. All models of Seldon Core 2 in a namespace share one host:
 * five failures in a row of one model take them all out.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export interface OutlierDetection {
  /**
   * Failures in a row, connection errors and any 5xx, that take a pod out, 0 to 4294967295; 0 turns this off.
   *
   * @default 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * Failures in a row, connection errors and 502, 503 or 504, that take a pod out, 0 to 4294967295; 0 turns this off.
   *
   * @default - 0, off
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * Failures in a row on the caller's side, such as connection errors, that take a pod out, 0 to 4294967295. Needs
   * `splitExternalLocalOriginErrors`. Since Istio 1.11.
   *
   * @default 5
   */
  readonly consecutiveLocalOriginFailures?: number;

  /**
   * Whether failures on the caller's side are counted apart from what the pod answers. Since Istio 1.11.
   *
   * @default false
   */
  readonly splitExternalLocalOriginErrors?: boolean;

  /**
   * Time between two looks at the pods, 1 ms or more in whole milliseconds.
   *
   * @default - 10 seconds
   */
  readonly interval?: Duration;

  /**
   * Time that a pod stays out at least, 1 ms or more in whole milliseconds; it grows with each time.
   *
   * @default - 30 seconds
   */
  readonly baseEjectionTime?: Duration;

  /**
   * Share of the pods that can be out at most, as a whole percentage from 0 to 100, rounded down: with the default, none of
   * fewer than ten pods is ever taken out. Each subset counts for itself.
   *
   * @default 10
   */
  readonly maxEjectionPercent?: number;

  /**
   * Share of the pods that must be healthy, as a whole percentage from 0 to 100; below it, all get requests.
   *
   * @default 0
   */
  readonly minHealthPercent?: number;
}

/** How a tunnel is asked for. */
export enum TunnelProtocol {
  /** HTTP CONNECT. */
  CONNECT = 'CONNECT',
  /** HTTP POST. */
  POST = 'POST',
}

/**
 * Carries TCP connections through an HTTP proxy, which is the rule's host. Since Istio 1.14.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-TunnelSettings
 */
export interface Tunnel {
  /**
   * How the tunnel is asked for.
   *
   * @default TunnelProtocol.CONNECT
   */
  readonly protocol?: TunnelProtocol;

  /** Where the tunnel leads: a DNS name or an address. */
  readonly targetHost: string;

  /** Port there, 1 to 65535. */
  readonly targetPort: number;
}

/** Version of the PROXY protocol, which tells the upstream the address of the client. */
export enum ProxyProtocolVersion {
  /** As text. */
  V1 = 'V1',
  /** As bytes. */
  V2 = 'V2',
}

/**
 * Limits repeated tries by the requests under way. Since Istio 1.27.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-RetryBudget
 */
export interface RetryBudget {
  /**
   * Repeated tries as a percentage of all requests under way or waiting, 0 to 100.
   *
   * @default 20
   */
  readonly percent?: number;

  /**
   * Repeated tries that are always allowed at one time, 0 to 4294967295.
   *
   * @default 3
   */
  readonly minRetryConcurrency?: number;
}

/**
 * How one port of a host is called, in place of what the rule says for all ports. At least one field beside the port is
 * needed.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy
 */
export interface PortTrafficPolicy {
  /** Port of the Service, 1 to 65535. */
  readonly port: number;

  /**
   * How a pod is picked.
   *
   * @default - Istio's; what the rule says for all ports does not count
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * Limits of connections and requests.
   *
   * @default - Istio's; what the rule says for all ports does not count
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * Takes failing pods out.
   *
   * @default - off; what the rule says for all ports does not count
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * How connections are secured.
   *
   * @default - as the mesh says; what the rule says for all ports does not count
   */
  readonly tls?: ClientTls;
}

/**
 * How a host is called. At least one field is needed.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy
 */
export interface TrafficPolicy {
  /**
   * How a pod is picked.
   *
   * @default - Istio's
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * Limits of connections and requests.
   *
   * @default - Istio's
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * Takes failing pods out.
   *
   * @default - off
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * How connections are secured.
   *
   * @default - as the mesh says
   */
  readonly tls?: ClientTls;

  /**
   * Other ways for single ports, at most 4096. A port that is here takes nothing over from the rest.
   *
   * @default - none
   */
  readonly portLevelSettings?: PortTrafficPolicy[];

  /**
   * Carries TCP connections through the host; excludes `proxyProtocol`.
   *
   * @default - none
   */
  readonly tunnel?: Tunnel;

  /**
   * Tells the host the address of the client; excludes `tunnel`. Since Istio 1.21.
   *
   * @default - it is not told
   */
  readonly proxyProtocol?: ProxyProtocolVersion;

  /**
   * Limits repeated tries by the requests under way.
   *
   * @default - none; `connectionPool.http.maxRetries` counts
   */
  readonly retryBudget?: RetryBudget;
}
