import { IConstruct } from 'constructs';
import type { BackendPolicy } from './backend-policy';
import { reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget } from '../../plan/backend';
import { invalid } from '../../plan/checks/errors';

/**
 * The policies of a mesh. A router may leave a backend to an operator after its policy was said, so they are looked at once more
 * before anything is written.
 *
 * @internal
 */
export class BackendPolicies {
  public static of(construct: IConstruct): BackendPolicies {
    return Mesh.of(construct)._part('backend-policies', (scope) => new BackendPolicies(scope));
  }

  private readonly policies: BackendPolicy[] = [];

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => this.policies.flatMap((policy) => {
      const problem = findOwner(policy);
      return problem === undefined ? [] : [{ at: policy, text: problem.message }];
    }));
  }

  public add(policy: BackendPolicy): void {
    const problem = findOwner(policy);
    if (problem !== undefined) throw problem;
    this.policies.push(policy);
  }
}

function findOwner(policy: BackendPolicy): Error | undefined {
  const { description, destinationRuleOwner }: BackendTarget = policy._target();
  if (destinationRuleOwner === undefined) return undefined;
  return invalid(policy, `policy of ${description}, whose DestinationRule ${destinationRuleOwner} writes`,
    'Istio reads one for a host, so a second one would be lost or would hide the first: leave the policy out, or use routes of this library alone');
}
