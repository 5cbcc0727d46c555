import { Construct } from 'constructs';
import { named } from './access-policy-name';
import { checkCallers } from './caller';
import { RuntimeAccessPolicyProps } from './runtime-access-policy-props';
import { runtimePolicies } from './runtime-policies';
import { writeManifest } from '../../mesh/manifest';
import { checkProps } from '../../plan/checks/props';
import { AuthorizationAction } from '../authorization/authorization-policy';
import { derivedPolicy } from '../authorization/derived-policy';

export type * from './runtime-access-policy-props';

/**
 * Allows only some callers, and Seldon itself, to reach the models of Seldon Core 2 in a namespace. These models share pods, where only
 * a header that callers can set identifies a model, so access can be restricted only to all of them.
 *
 * The servers and gateways behind Seldon's Envoy answer all requests that reach them, for any model, so a NetworkPolicy always restricts
 * them to pods of the namespace, regardless of `enforcedBy`.
 */
export class RuntimeAccessPolicy extends Construct {
  /**
   * Creates the policies of a namespace.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one; that of the servers has the suffix `-servers`.
   * @param props The allowed callers, and what enforces the policy.
   * @throws an error when `enforcedBy` is NETWORK and a caller is not a namespace or a gateway.
   */
  constructor(scope: Construct, id: string, props: RuntimeAccessPolicyProps) {
    super(scope, id);
    checkProps(this, 'RuntimeAccessPolicyProps', props);
    checkCallers(this, props.allow);
    const { authorization, network } = runtimePolicies(this, props);
    const { name, metadata } = named(this, props);
    if (authorization !== undefined) {
      const { target: { selector, targetRefs }, rules } = authorization;
      derivedPolicy(this, 'Resource', {
        namespace: props.namespace,
        metadata,
        selector: selector as { [label: string]: string } | undefined,
        targetRefs: targetRefs === undefined ? undefined : [...targetRefs],
        action: AuthorizationAction.ALLOW,
        rules,
      });
    }
    for (const { servers, spec } of network) {
      const holder = servers ? new Construct(this, 'Servers') : this;
      writeManifest(holder, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec }, {
        namespace: props.namespace, metadata: servers ? { ...metadata, name: `${name}-servers` } : metadata,
      });
    }
  }
}
