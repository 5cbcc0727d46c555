import { Duration } from 'cdk8s';
import { HashKey } from './hash-key';

export * from './hash-key';

/** Load balancing algorithms that do not depend on the content of the request. */
export enum LoadBalancerSimple {
  /** The pod with fewer active requests of two chosen at random. Istio 1.14 or later. */
  LEAST_REQUEST = 'LEAST_REQUEST',
  /** A random pod. */
  RANDOM = 'RANDOM',
  /** Each pod in turn. */
  ROUND_ROBIN = 'ROUND_ROBIN',
  /** The address to which the client connected. */
  PASSTHROUGH = 'PASSTHROUGH',
}

/**
 * Sends requests with the same key to the same pod, as long as the set of pods does not change. It selects a pod within the subset that a
 * weight has already chosen, so it does not make a weighted split sticky.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB
 */
export interface ConsistentHash {
  /** Part of the request that determines its pod. */
  readonly key: HashKey;

  /**
   * Minimum number of entries in the hash ring, 0 to 8388608, which is Envoy's limit. More entries distribute the load more evenly. Cannot
   * be combined with `maglevTableSize`. Istio 1.16 or later.
   *
   * @default 1024
   */
  readonly ringHashMinimumSize?: number;

  /**
   * Number of entries in the table of a Maglev hash, instead of the ring: a prime number below 5000011. Cannot be combined with
   * `ringHashMinimumSize`. Istio 1.16 or later.
   *
   * @default - a ring is used
   */
  readonly maglevTableSize?: number;
}

/**
 * Distribution of the requests that originate in one locality.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting-Distribute
 */
export interface LocalityDistribution {
  /** Origin of the requests: `region/zone/subzone`, `region/zone` or `region`, or one that ends in `*`. */
  readonly from: string;

  /** Percentage of the requests for each target locality: whole numbers from 1 to 100 that add up to 100. */
  readonly to: { [locality: string]: number };
}

/**
 * Target of the requests when the pods of a region fail.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting-Failover
 */
export interface LocalityFailover {
  /** The region that fails. */
  readonly from: string;

  /** The region to which requests go instead. */
  readonly to: string;
}

/**
 * Load balancing by locality. All fields except `distribute` require `outlierDetection` in the same policy, which detects failed pods.
 * Without it Istio ignores them, and synthesis warns about that.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting
 */
export interface LocalityLoadBalancing {
  /**
   * Whether load balancing by locality is enabled.
   *
   * @default - as in the mesh configuration
   */
  readonly enabled?: boolean;

  /**
   * Distribution of the requests by their origin. Cannot be combined with `failover`.
   *
   * @default - the nearest locality
   */
  readonly distribute?: LocalityDistribution[];

  /**
   * Failover between regions. Cannot be combined with `distribute`.
   *
   * @default - any region
   */
  readonly failover?: LocalityFailover[];

  /**
   * Labels that determine the priority of a pod, the most important first; `label=value` compares with a fixed value. With `failover`, the
   * topology labels of region, zone and subzone are not allowed. Istio 1.12 or later.
   *
   * @default - region, zone and subzone
   */
  readonly failoverPriority?: string[];
}

/**
 * Keeps requests in the zone where they originate, as far as its pods can serve them: Envoy compares the numbers of callers and pods of
 * each zone. For this, proxies must know the number of callers, which is a setting of the mesh. Istio 1.31 or later.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ZoneAwareLoadBalancerSetting
 */
export interface ZoneAwareLoadBalancing {
  /**
   * Whether zone-aware load balancing is enabled. False disables a setting of the mesh.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Failover to another region when the pods of the caller's region fail.
   *
   * @default - any region
   */
  readonly failover?: LocalityFailover[];

  /**
   * Labels that determine the priority of a pod, the most important first; `label=value` compares with a fixed value. The topology labels of
   * region, zone and subzone are not allowed.
   *
   * @default - none
   */
  readonly failoverPriority?: string[];

  /**
   * Minimum number of pods in the region for zone-aware load balancing, 1 to 4294967295.
   *
   * @default 6
   */
  readonly minClusterSize?: number;
}

/**
 * Increases the traffic to new pods gradually. Envoy supports this only with LEAST_REQUEST and ROUND_ROBIN.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#WarmupConfiguration
 */
export interface Warmup {
  /** Duration of the warm-up of a new pod, 1 ms or more in whole milliseconds. */
  readonly duration: Duration;

  /**
   * Minimum percentage of its normal share of requests that a new pod gets, 0 to 100.
   *
   * @default 10
   */
  readonly minimumPercent?: number;

  /**
   * Speed of the increase, above 0: 1 is linear, more is faster at the start. Istio before 1.31 requires 1 or more.
   *
   * @default 1
   */
  readonly aggression?: number;
}

/**
 * Load balancing settings. At least one field is required.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings
 */
export interface LoadBalancer {
  /**
   * Algorithm that does not depend on the content of the request. Cannot be combined with `consistentHash`.
   *
   * @default - Istio's: LEAST_REQUEST
   */
  readonly simple?: LoadBalancerSimple;

  /**
   * Sends requests with the same key to the same pod. Cannot be combined with `simple`.
   *
   * @default - none
   */
  readonly consistentHash?: ConsistentHash;

  /**
   * Load balancing by locality. Cannot be combined with `zoneAware`.
   *
   * @default - as in the mesh configuration
   */
  readonly locality?: LocalityLoadBalancing;

  /**
   * Zone-aware load balancing. Cannot be combined with `locality`. Istio 1.31 or later.
   *
   * @default - as in the mesh configuration
   */
  readonly zoneAware?: ZoneAwareLoadBalancing;

  /**
   * Warm-up of new pods. Cannot be combined with `consistentHash`, RANDOM and PASSTHROUGH. Istio 1.24 or later.
   *
   * @default - a new pod gets its full share immediately
   */
  readonly warmup?: Warmup;
}
