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
 * Says who may call which model, over REST and gRPC alike.
 *
 * - At a gateway, callers from outside are told apart by their tokens, and models by the endpoints that lead to them.
 * - At the pods of a SeldonDeployment, callers inside the mesh are told apart by their service account or namespace, and by tokens
 *   that the gateway forwards.
 * - The models of Seldon Core 2 share pods behind the gateway, where only the caller's own word tells them apart: there it is said who
 *   may reach all of them.
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
   * Denies endpoints and models behind a gateway to all but some callers. Each is denied by its paths and by the headers that name it,
   * so that it makes no difference which of them a caller gets wrong on purpose. Other endpoints stay as they are.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise.
   * @param props Gateway, endpoints and callers.
   * @throws an error when a caller is not known by a token; when an endpoint is not behind the gateway or its requests cannot be named
   * in a rule; when a route leaves it to the caller which model answers; when another policy is for an endpoint there; before anything is
   * written, when another endpoint leads to one of the models, also through an Experiment or a Pipeline, and no policy of the same
   * callers is for it, when it would deny requests of an endpoint that it is not for, or a port of `tcpPorts` takes requests.
   */
  public static atGateway(scope: Construct, id: string, props: GatewayAccessProps): ModelAccessPolicy {
    const policy = new ModelAccessPolicy(scope, id, 'GatewayAccessProps', props);
    const { rules, finalRules, namespace, selector } = gatewayRules(policy, props);
    const { metadata } = named(policy, props);
    // The endpoints specify their gRPC calls: one that accepts none is closed by its paths alone.
    new AuthorizationPolicy(policy, 'Resource', { metadata, namespace, selector, rules, action: AuthorizationAction.DENY, restOnly: true })
      ._replaceRules(finalRules);
    return policy;
  }

  /**
   * Lets some callers call the pods of a SeldonDeployment, and nobody else but these pods themselves. Metrics and probes stay open, by
   * method and path.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise; further objects add the value of the
   * label that they select.
   * @param props Deployment and callers.
   * @throws an error when the network is to look at the calls, an open path is no exact one, or the namespace is not the deployment's.
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
   * Lets some callers reach the models of Seldon Core 2 in a namespace, and nobody else but Seldon itself. The servers and gateways
   * behind Seldon's Envoy answer whoever reaches them, for any model: a NetworkPolicy keeps them for pods of the namespace, whatever
   * looks at the calls of the Envoy.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise; the one for the servers adds `-servers`.
   * @param props Callers, and what looks at their calls.
   * @throws an error when the network is to look at what it does not know, such as tokens.
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

/** The object is named like the construct, though it is a child of it. */
function named(policy: Construct, props: ManifestProps): { name: string; metadata: ManifestProps['metadata'] } {
  const name = nameOf(policy, props);
  return { name, metadata: { ...props.metadata, name } };
}
