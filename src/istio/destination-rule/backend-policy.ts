import { Construct, IConstruct } from 'constructs';
import { DestinationRuleRegistry } from './destination-rule-registry';
import { requirePolicy } from './shared-destination-rules';
import { TrafficPolicy } from './traffic-policy';
import { checkTrafficPolicy } from './traffic-policy-checks';
import { reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, IBackend } from '../../plan/backend';
import { invalid } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { targetOf } from '../../plan/checks/type-checks';

/**
 * What a `BackendPolicy` needs to know. At least one field beside the backend is needed.
 */
export interface BackendPolicyProps extends TrafficPolicy {
  /** Who is called. With a subset, the policy is for that subset alone; without one, for the host and all of its subsets. */
  readonly backend: IBackend;
}

/**
 * Says how a backend is called, whichever route leads to it: limits of connections and requests, which pod is picked, when a
 * failing pod is left out, how connections are secured.
 *
 * It writes no object of its own; `ApiObject.of(policy)` is the DestinationRule that it joins. Istio reads one DestinationRule for a host, so all policies and subsets of a host end in
 * one, in the namespace of the Service: one that the app has made before, else one named like the Service. What two of them
 * say must not differ; what one says for all ports holds for a port that another one has settings for, too. A policy of a subset
 * takes the place of the host's, part by part.
 *
 * All models of a namespace with Seldon Core 2 are behind one Service, and so is what is said for one of them. Outlier detection
 * and connection pools are refused there: the errors and the load of one model would take all models away. A consistent hash
 * picks one of Seldon's own proxies, not of the model's replicas; client TLS fits a runtime that asks for it.
 *
 * @example
 * new BackendPolicy(chart, 'breaker', {
 *   backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }),
 *   connectionPool: { http: { http1MaxPendingRequests: 100 } },
 *   outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50 },
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy
 */
export class BackendPolicy extends Construct {
  /**
   * Says how a backend is called.
   *
   * @param scope The chart or construct that it belongs to; a DestinationRule that it needs goes to the chart.
   * @param id The construct id.
   * @param props Backend and policy.
   * @throws an error when Istio would refuse a value, when another construct says something else about the same host, when the
   * models of Seldon Core 2 share what is limited, or when Seldon's operator writes the DestinationRule of the backend.
   */
  public constructor(scope: Construct, id: string, props: BackendPolicyProps) {
    super(scope, id);
    checkProps(this, 'BackendPolicyProps', props, BackendPolicy);
    const { backend, ...policy } = props;
    const target = targetOf(this, 'backend', backend);
    BackendPolicies.of(this).add(this, target);
    checkTrafficPolicy({ at: this, release: Mesh.of(this)._release, namespace: target.namespace }, 'policy', policy);
    this.node.defaultChild = requirePolicy(this, target, policy);
  }
}

/** A policy, and the backend that it is for. */
interface Policy {
  readonly at: IConstruct;
  readonly target: BackendTarget;
}

/**
 * The policies of a mesh. A router may leave a backend to an operator after its policy was created, so they are checked again before
 * anything is written.
 */
class BackendPolicies {
  public static of(construct: IConstruct): BackendPolicies {
    return Mesh.of(construct)._part('backend-policies', (scope) => new BackendPolicies(scope));
  }

  private readonly policies: Policy[] = [];

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => this.policies.flatMap((policy) => {
      const problem = findOwner(policy);
      return problem === undefined ? [] : [{ at: policy.at, text: problem.message }];
    }));
  }

  public add(at: IConstruct, target: BackendTarget): void {
    const problem = findOwner({ at, target });
    if (problem !== undefined) throw problem;
    this.policies.push({ at, target });
  }
}

function findOwner({ at, target: { description, host, destinationRuleOwner } }: Policy): Error | undefined {
  const owner = destinationRuleOwner ?? DestinationRuleRegistry.of(at).ownerOf(host);
  if (owner === undefined) return undefined;
  return invalid(at, `policy of ${description}, whose DestinationRule ${owner} writes`,
    'Istio reads one for a host, so a second one would be lost or would hide the first: leave the policy out, or use routes of this library alone');
}
