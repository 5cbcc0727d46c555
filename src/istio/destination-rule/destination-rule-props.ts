import { TrafficPolicy } from './traffic-policy';
import { ManifestProps } from '../../mesh/manifest-props';

/**
 * Some of the pods of a host, under a name that routes can use.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset
 */
export interface Subset {
  /** Name of the subset: letters, digits and hyphens, at most 63. */
  readonly name: string;

  /**
   * Labels that its pods carry.
   *
   * @default - all pods of the host
   */
  readonly labels?: { [label: string]: string };

  /**
   * How the subset is called, where that differs from the host's policy.
   *
   * @default - as the host
   */
  readonly trafficPolicy?: TrafficPolicy;
}

/**
 * What a `DestinationRule` says.
 */
export interface DestinationRuleProps extends ManifestProps {
  /**
   * The host that the rule is for: the full DNS name of a Service or a ServiceEntry's host, `*.` before one for all names
   * below it, or `*`. A name without dots is looked up in the namespace of the rule.
   */
  readonly host: string;

  /**
   * Groups of the host's pods, each name once.
   *
   * @default - none
   */
  readonly subsets?: Subset[];

  /**
   * How the host is called.
   *
   * @default - as the mesh says
   */
  readonly trafficPolicy?: TrafficPolicy;

  /**
   * Namespaces that the rule is seen in: names, `.` for the own one, or `*` alone for all. With a `workloadSelector` the
   * own one alone.
   *
   * @default - all, unless the mesh is set up otherwise
   */
  readonly exportTo?: string[];

  /**
   * Labels of the calling pods that the rule is for, in its own namespace. Since Istio 1.14.
   *
   * @default - all callers
   */
  readonly workloadSelector?: { [label: string]: string };
}
