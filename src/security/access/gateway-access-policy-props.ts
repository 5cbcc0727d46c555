import { Caller } from './caller';
import { ManifestProps } from '../../mesh/manifest-props';
import { IBackend } from '../../plan/backend';
import { IGateway } from '../../plan/gateway-ref';
import { IRollout } from '../../plan/plan';

/** Properties for `GatewayAccessPolicy`. */
export interface GatewayAccessPolicyProps extends ManifestProps {
  /** The gateway. The policy is in the namespace of its pods. */
  readonly gateway: IGateway;

  /** The allowed callers, identified by their token. A caller is allowed if one of these matches. */
  readonly allow: Caller[];

  /**
   * Rollouts whose endpoints behind this gateway are restricted to these callers. If their hosts have a wildcard, other endpoints with the
   * same paths on separate hosts are still allowed for requests with no port in `Host`, or port 80, 443 or a port of their gateway.
   *
   * @default - none, `models` is set
   */
  readonly endpoints?: IRollout[];

  /**
   * Models, pipelines, experiments and predictors that are restricted to these callers under their own names, on all hosts of the gateway
   * and for all routes.
   *
   * @default - none, `endpoints` is set
   */
  readonly models?: IBackend[];

  /**
   * Allows other policies of the gateway to open the models of this one to other callers, through the endpoints of those policies. Only
   * the policy whose models are shared can allow it: the same field in the other policies does not. A policy restricts its models at the
   * pods of its gateway: at another gateway, the policy there decides which callers can access them.
   *
   * This is a statement about the policies, which manifests do not contain. It does not accept a route without any policy, as
   * `Rules.accept` with rule `unprotected-route` would.
   *
   * @default false
   */
  readonly sharesModels?: boolean;

  /**
   * TCP ports of the gateway's pods, 1 to 65535. Rules about HTTP requests cannot be evaluated for their connections, which Istio then
   * denies, so these ports must be excluded here.
   *
   * @default - none
   */
  readonly tcpPorts?: number[];
}
