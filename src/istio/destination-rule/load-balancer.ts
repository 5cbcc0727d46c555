import { Duration } from 'cdk8s';
import { HashKey } from './hash-key';

export * from './hash-key';

/** Ways to pick a pod without looking at the request. */
export enum LoadBalancerSimple {
  /** The one with fewer requests of two picked at random. Since Istio 1.14. */
  LEAST_REQUEST = 'LEAST_REQUEST',
  /** Any. */
  RANDOM = 'RANDOM',
  /** One after the other. */
  ROUND_ROBIN = 'ROUND_ROBIN',
  /** The address that the client asked for. */
  PASSTHROUGH = 'PASSTHROUGH',
}

/**
 * Sends requests that have something in common to the same pod, as long as the pods stay the same. It picks within the
 * subset that a weight has chosen already, so it does not make a weighted split sticky.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB
 */
export interface ConsistentHash {
  /** What the requests have in common. */
  readonly key: HashKey;

  /**
   * Entries at least of the hash ring, 0 to 8388608, which is Envoy's limit; more spread the load more evenly. Excludes
   * `maglevTableSize`. Since Istio 1.16.
   *
   * @default 1024
   */
  readonly ringHashMinimumSize?: number;

  /**
   * Entries of the table of a Maglev hash, in place of the ring: a prime number below 5000011. Excludes
   * `ringHashMinimumSize`. Since Istio 1.16.
   *
   * @default - a ring is used
   */
  readonly maglevTableSize?: number;
}

/**
 * Where the requests that start in one locality go.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting-Distribute
 */
export interface LocalityDistribution {
  /** Where requests start: `region/zone/subzone`, less of it, or with `*` at the end. */
  readonly from: string;

  /** Percentage of the requests by the locality that they go to: whole numbers from 1 to 100 that add up to 100. */
  readonly to: { [locality: string]: number };
}

/**
 * Where requests go when the pods of a region fail.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting-Failover
 */
export interface LocalityFailover {
  /** The region that fails. */
  readonly from: string;

  /** The region that takes over; another one. */
  readonly to: string;
}

/**
 * Which localities requests go to. All but `distribute` needs `outlierDetection` in the same policy, or nothing ever counts as failed and Istio
 * ignores it: synthesis warns of that.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting
 */
export interface LocalityLoadBalancing {
  /**
   * Whether localities count.
   *
   * @default - as the mesh says
   */
  readonly enabled?: boolean;

  /**
   * Where requests go, by where they start; excludes `failover`.
   *
   * @default - the nearest locality
   */
  readonly distribute?: LocalityDistribution[];

  /**
   * Which region takes over; excludes `distribute`.
   *
   * @default - any
   */
  readonly failover?: LocalityFailover[];

  /**
   * Labels that say how near a pod is, the most important first; `label=value` compares with a fixed value. With
   * `failover` the topology labels of region, zone and subzone cannot be among them. Since Istio 1.12.
   *
   * @default - region, zone and subzone
   */
  readonly failoverPriority?: string[];
}

/**
 * Keeps requests in the zone where they start, as far as its pods can serve them: Envoy compares how many callers and how many pods
 * each zone has. The proxies must discover themselves for it, which is a setting of the mesh. Since Istio 1.31.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ZoneAwareLoadBalancerSetting
 */
export interface ZoneAwareLoadBalancing {
  /**
   * Whether zones count. False turns off what the mesh is set up for.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Which region takes over when the pods of the own region fail.
   *
   * @default - any
   */
  readonly failover?: LocalityFailover[];

  /**
   * Labels that say which pods are preferred, the most important first; `label=value` compares with a fixed value. Those of region, zone
   * and subzone cannot be among them.
   *
   * @default - none
   */
  readonly failoverPriority?: string[];

  /**
   * Fewest pods in the region for which zones count, 1 to 4294967295.
   *
   * @default 6
   */
  readonly minClusterSize?: number;
}

/**
 * Spares new pods at first. Envoy does so with LEAST_REQUEST and ROUND_ROBIN alone, so nothing else goes with it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#WarmupConfiguration
 */
export interface Warmup {
  /** How long a pod counts as new, 1 ms or more in whole milliseconds. */
  readonly duration: Duration;

  /**
   * Share of its normal requests that a new pod gets at least, as a percentage from 0 to 100.
   *
   * @default 10
   */
  readonly minimumPercent?: number;

  /**
   * How fast the requests grow, above 0: 1 is linear, more starts fast. Istio before 1.31 wants 1 or more.
   *
   * @default 1
   */
  readonly aggression?: number;
}

/**
 * How a pod is picked. At least one field is needed.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings
 */
export interface LoadBalancer {
  /**
   * A way that does not look at the request; excludes `consistentHash`.
   *
   * @default - Istio's: LEAST_REQUEST
   */
  readonly simple?: LoadBalancerSimple;

  /**
   * The same pod for requests that have something in common; excludes `simple`.
   *
   * @default - none
   */
  readonly consistentHash?: ConsistentHash;

  /**
   * Which localities requests go to; excludes `zoneAware`.
   *
   * @default - as the mesh says
   */
  readonly locality?: LocalityLoadBalancing;

  /**
   * Whether requests stay in their zone; excludes `locality`. Since Istio 1.31.
   *
   * @default - as the mesh says
   */
  readonly zoneAware?: ZoneAwareLoadBalancing;

  /**
   * Spares new pods at first; excludes `consistentHash`, RANDOM and PASSTHROUGH. Since Istio 1.24.
   *
   * @default - a new pod gets its full share at once
   */
  readonly warmup?: Warmup;
}
