import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AuthorizationPolicy, AuthorizationPolicyProps } from './authorization-policy';
import { declareFacts } from '../../cluster/facts';

/**
 * Creates the AuthorizationPolicy of a construct that derives its rules, and checks them itself.
 *
 * @param scope The construct that derives it.
 * @param id Id of the policy.
 * @param props The rules, and the pods or objects to which they apply.
 * @internal
 */
export function derivedPolicy(scope: Construct, id: string, props: AuthorizationPolicyProps): AuthorizationPolicy {
  const policy = new AuthorizationPolicy(scope, id, props);
  declareFacts(ApiObject.of(policy), { isTyped: false, isDerived: true });
  return policy;
}
