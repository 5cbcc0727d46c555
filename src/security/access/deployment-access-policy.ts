import { Construct } from 'constructs';
import { named } from './access-policy-name';
import { checkCallers } from './caller';
import { DeploymentAccessPolicyProps } from './deployment-access-policy-props';
import { deploymentPolicies } from './deployment-policies';
import { checkProps } from '../../plan/checks/props';
import { AuthorizationAction } from '../authorization/authorization-policy';
import { derivedPolicy } from '../authorization/derived-policy';

export * from './deployment-access-policy-props';

/**
 * Allows only some callers, and the pods of the deployment themselves, to call the pods of a SeldonDeployment. Callers inside the mesh
 * are identified by their service account or namespace, and by tokens that the gateway forwards.
 *
 * Metrics and probes are still open, by method and path.
 */
export class DeploymentAccessPolicy extends Construct {
  /**
   * Creates the policies of a deployment.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one; further objects have the value of the
   * label that they select as a suffix.
   * @param props Deployment and callers.
   * @throws an error when `enforcedBy` is NETWORK, an open path is not exact, or the namespace is not that of the deployment.
   */
  constructor(scope: Construct, id: string, props: DeploymentAccessPolicyProps) {
    super(scope, id);
    checkProps(this, 'DeploymentAccessPolicyProps', props);
    checkCallers(this, props.allow);
    deploymentPolicies(this, props).forEach(({ target, rules }, i) => {
      const { name, metadata } = named(this, props);
      const more = target.selector?.['seldon-deployment-id'] ?? `services-${i + 1}`;
      derivedPolicy(this, i === 0 ? 'Resource' : more, {
        metadata: i === 0 ? metadata : { ...metadata, name: `${name}-${more}` },
        namespace: target.namespace,
        selector: target.selector as { [label: string]: string } | undefined,
        targetRefs: target.targetRefs === undefined ? undefined : [...target.targetRefs],
        action: AuthorizationAction.ALLOW,
        rules,
      });
    });
  }
}
