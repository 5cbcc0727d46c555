import { Construct } from 'constructs';
import { named } from './access-policy-name';
import { checkCallers } from './caller';
import { GatewayAccessPolicyProps } from './gateway-access-policy-props';
import { gatewayRules } from './gateway-rules';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { checkProps } from '../../plan/checks/props';
import { AuthorizationAction } from '../authorization/authorization-policy';
import { derivedPolicy } from '../authorization/derived-policy';

export type * from './gateway-access-policy-props';

/**
 * Restricts which callers outside the mesh can access which models behind a gateway, for REST and gRPC. Callers are identified by
 * their tokens, and models by their endpoints.
 *
 * Endpoints and models are denied to all callers except those allowed, by path and by the headers that identify them, so that
 * callers cannot bypass the policy with one of the two. Other endpoints are not affected.
 *
 * @example
 * new GatewayAccessPolicy(chart, 'risk', {
 *   gateway,
 *   endpoints: [fraud],
 *   allow: [Caller.claim('groups', ['risk'])],
 * });
 */
export class GatewayAccessPolicy extends KubernetesObject {
  /**
   * Creates the policy at a gateway.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props Gateway, endpoints and callers.
   * @throws an error when a caller is not identified by a token; when an endpoint is not behind the gateway, or a rule cannot match its
   * requests; when callers can choose the model of a route; when another policy at the gateway is for one of the endpoints. The app does
   * not synthesize when an endpoint without a policy for the same callers routes to one of the models, also through an Experiment or a
   * Pipeline; when the policy would deny requests of other endpoints; or when a port in `tcpPorts` accepts HTTP requests.
   */
  constructor(scope: Construct, id: string, props: GatewayAccessPolicyProps) {
    super(scope, id);
    checkProps(this, 'GatewayAccessPolicyProps', props);
    checkCallers(this, props.allow);
    const { rules, finalRules, namespace, selector } = gatewayRules(this, props);
    const { metadata } = named(this, props);
    derivedPolicy(this, 'Resource', { metadata, namespace, selector, rules, action: AuthorizationAction.DENY })
      ._replaceRules(finalRules);
  }
}
