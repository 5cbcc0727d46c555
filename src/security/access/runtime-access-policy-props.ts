import { Caller } from './caller';
import { AccessEnforcer } from './deployment-access-policy-props';
import { ManifestProps } from '../../mesh/manifest-props';

/** Properties for `RuntimeAccessPolicy`. */
export interface RuntimeAccessPolicyProps extends ManifestProps {
  /** The allowed callers. All pods of the namespace, including Seldon's own, are allowed in addition. */
  readonly allow: Caller[];

  /**
   * What enforces the policy at Seldon's Envoy. For the pods behind it, NetworkPolicies are used in any case. Seldon advises against
   * sidecars for its pods, so without a waypoint use the default.
   *
   * @default AccessEnforcer.NETWORK
   */
  readonly enforcedBy?: AccessEnforcer;

  /**
   * Namespaces whose pods are allowed to scrape the metrics of Seldon's pods.
   *
   * @default - only that of Seldon
   */
  readonly monitoring?: string[];
}
