import { Construct } from 'constructs';
import { Caller, checkCallers } from './caller';
import { GatewayAccessProps, gatewayRules } from './gateway-access';
import { runtimePolicies, RuntimeAccessProps } from './runtime-access';
import { DeploymentAccessProps, deploymentPolicies } from './workload-access';
import { nameOf } from '../../mesh/default-name';
import { writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { checkProps } from '../../plan/checks/props';
import { AuthorizationAction, AuthorizationPolicy } from '../authorization/authorization-policy';

/**
 * Restricts which callers can access which models, for REST and gRPC.
 *
 * - At a gateway, callers outside the mesh are identified by their tokens, and models by their endpoints.
 * - At the pods of a SeldonDeployment, callers inside the mesh are identified by their service account or namespace, and by tokens that the
 *   gateway forwards.
 * - The models of Seldon Core 2 share pods behind the gateway, where only a header that callers can set identifies them: access can be
 *   restricted only to all of them.
 *
 * @example
 * ModelAccessPolicy.atGateway(chart, 'risk', {
 *   gateway,
 *   endpoints: [fraud],
 *   allow: [Caller.claim('groups', ['risk'])],
 * });
 */
export class ModelAccessPolicy extends Construct {
  /**
   * Denies endpoints and models behind a gateway to all callers except those allowed. They are denied by path and by the headers that
   * identify them, so that callers cannot bypass the policy with one of the two. Other endpoints are not affected.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props Gateway, endpoints and callers.
   * @throws an error when a caller is not identified by a token; when an endpoint is not behind the gateway, or a rule cannot match its
   * requests; when callers can choose the model of a route; when another policy at the gateway is for one of the endpoints. The app does
   * not synthesize when an endpoint without a policy for the same callers routes to one of the models, also through an Experiment or a
   * Pipeline; when the policy would deny requests of other endpoints; or when a port in `tcpPorts` accepts HTTP requests.
   */
  public static atGateway(scope: Construct, id: string, props: GatewayAccessProps): ModelAccessPolicy {
    const policy = new ModelAccessPolicy(scope, id, 'GatewayAccessProps', props);
    const { rules, finalRules, namespace, selector } = gatewayRules(policy, props);
    const { metadata } = named(policy, props);
    // Endpoints specify their gRPC calls: one without gRPC is denied only by its paths.
    new AuthorizationPolicy(policy, 'Resource', { metadata, namespace, selector, rules, action: AuthorizationAction.DENY, restOnly: true })
      ._replaceRules(finalRules);
    return policy;
  }

  /**
   * Allows only some callers, and the pods of the deployment themselves, to call the pods of a SeldonDeployment. Metrics and probes are
   * still open, by method and path.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one; further objects have the value of the
   * label that they select as a suffix.
   * @param props Deployment and callers.
   * @throws an error when `enforcedBy` is NETWORK, an open path is not exact, or the namespace is not that of the deployment.
   */
  public static atDeployment(scope: Construct, id: string, props: DeploymentAccessProps): ModelAccessPolicy {
    const policy = new ModelAccessPolicy(scope, id, 'DeploymentAccessProps', props);
    deploymentPolicies(policy, props).forEach(({ target, rules }, i) => {
      const { name, metadata } = named(policy, props);
      const more = target.selector?.['seldon-deployment-id'] ?? `services-${i + 1}`;
      new AuthorizationPolicy(policy, i === 0 ? 'Resource' : more, {
        metadata: i === 0 ? metadata : { ...metadata, name: `${name}-${more}` },
        namespace: target.namespace,
        selector: target.selector as { [label: string]: string } | undefined,
        targetRefs: target.targetRefs === undefined ? undefined : [...target.targetRefs],
        action: AuthorizationAction.ALLOW,
        rules,
      });
    });
    return policy;
  }

  /**
   * Allows only some callers, and Seldon itself, to reach the models of Seldon Core 2 in a namespace. The servers and gateways behind
   * Seldon's Envoy answer all requests that reach them, for any model, so a NetworkPolicy always restricts them to pods of the namespace,
   * regardless of `enforcedBy`.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one; that of the servers has the suffix `-servers`.
   * @param props The allowed callers, and what enforces the policy.
   * @throws an error when `enforcedBy` is NETWORK and a caller is not a namespace or a gateway.
   */
  public static atRuntime(scope: Construct, id: string, props: RuntimeAccessProps): ModelAccessPolicy {
    const policy = new ModelAccessPolicy(scope, id, 'RuntimeAccessProps', props);
    const { authorization, network } = runtimePolicies(policy, props);
    const { name, metadata } = named(policy, props);
    if (authorization !== undefined) {
      const { target: { selector, targetRefs }, rules } = authorization;
      new AuthorizationPolicy(policy, 'Resource', {
        namespace: props.namespace,
        metadata,
        selector: selector as { [label: string]: string } | undefined,
        targetRefs: targetRefs === undefined ? undefined : [...targetRefs],
        action: AuthorizationAction.ALLOW,
        rules,
      });
    }
    for (const { servers, spec } of network) {
      const holder = servers ? new Construct(policy, 'Servers') : policy;
      writeManifest(holder, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec }, {
        namespace: props.namespace, metadata: servers ? { ...metadata, name: `${name}-servers` } : metadata,
      });
    }
    return policy;
  }

  private constructor(scope: Construct, id: string, struct: string, props: ManifestProps & { readonly allow: Caller[] }) {
    super(scope, id);
    checkProps(this, struct, props);
    checkCallers(this, props.allow);
  }
}

/** The object, a child of the construct, has the name of the construct. */
function named(policy: Construct, props: ManifestProps): { name: string; metadata: ManifestProps['metadata'] } {
  const name = nameOf(policy, props);
  return { name, metadata: { ...props.metadata, name } };
}
