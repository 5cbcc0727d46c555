import { Caller } from './caller';
import { ManifestProps } from '../../mesh/manifest-props';
import { ISeldonDeployment } from '../../seldon/core1/predictor';

/** What enforces a policy. */
export enum AccessEnforcer {
  /** The sidecars of the pods. */
  SIDECAR = 'sidecar',
  /** A waypoint of the Services of the pods, in ambient mode. */
  WAYPOINT = 'waypoint',
  /** NetworkPolicies, which support pods and namespaces, but not requests. */
  NETWORK = 'network',
}

/** Properties for `DeploymentAccessPolicy`. */
export interface DeploymentAccessPolicyProps extends ManifestProps {
  /** The deployment. The policy is in its namespace. */
  readonly deployment: ISeldonDeployment;

  /** The allowed callers. A caller is allowed if one of these matches. */
  readonly allow: Caller[];

  /**
   * What enforces the policy. It must already exist.
   *
   * @default AccessEnforcer.SIDECAR
   */
  readonly enforcedBy?: AccessEnforcer;

  /**
   * Exact paths for which all callers can send `GET` requests. Metrics share a port with requests, so ports are never opened.
   *
   * @default - `/prometheus` for metrics, and the paths of probes: `/live`, `/ready`, `/health/ping`, `/health/status`, `/v2/health/live`
   * and `/v2/health/ready`
   */
  readonly openPaths?: string[];

  /**
   * Service accounts of the deployment's pods, which call each other: an orchestrator calls the nodes of its graph in other pods, an
   * explainer calls its predictor. All other pods with one of these service accounts are allowed, too, so use separate ones.
   *
   * @default - those in the deployment, or `default`; none if each predictor is one pod. Required for an existing deployment that is not
   * defined in this app
   */
  readonly ownServiceAccounts?: string[];
}
