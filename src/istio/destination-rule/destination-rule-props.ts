import { TrafficPolicy } from './traffic-policy';
import { ManifestProps } from '../../mesh/manifest-props';

/**
 * A named subset of the pods of a host, to which routes can refer.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset
 */
export interface Subset {
  /** Name of the subset: letters, digits and hyphens, at most 63. */
  readonly name: string;

  /**
   * Labels that select its pods.
   *
   * @default - all pods of the host
   */
  readonly labels?: { [label: string]: string };

  /**
   * Policy for calls to the subset, where it differs from that of the host.
   *
   * @default - the policy of the host
   */
  readonly trafficPolicy?: TrafficPolicy;
}

/**
 * Properties for `DestinationRule`.
 */
export interface DestinationRuleProps extends ManifestProps {
  /**
   * Host of the rule: the full DNS name of a Service, the host of a ServiceEntry, a wildcard such as `*.example.com`, or `*`. A name
   * without dots is resolved in the namespace of the rule.
   */
  readonly host: string;

  /**
   * Subsets of the host's pods, with unique names.
   *
   * @default - none
   */
  readonly subsets?: Subset[];

  /**
   * Policy for calls to the host.
   *
   * @default - as in the mesh configuration
   */
  readonly trafficPolicy?: TrafficPolicy;

  /**
   * Namespaces that see the rule: names, `.` for the namespace of the rule, or only `*` for all. With a `workloadSelector`, only the
   * namespace of the rule is allowed.
   *
   * @default - all, unless the mesh configuration sets another default
   */
  readonly exportTo?: string[];

  /**
   * Labels that select the calling pods to which the rule applies, in its own namespace. Istio 1.14 or later.
   *
   * @default - all callers
   */
  readonly workloadSelector?: { [label: string]: string };
}
