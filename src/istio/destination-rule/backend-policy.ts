import { Construct, IConstruct } from 'constructs';
import { DestinationRuleRegistry } from './destination-rule-registry';
import { requirePolicy, undefinedSubset } from './shared-destination-rules';
import { TrafficPolicy } from './traffic-policy';
import { checkTrafficPolicy } from './traffic-policy-checks';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, IBackend } from '../../plan/backend';
import { invalid } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { targetOf } from '../../plan/part-checks';

/**
 * Properties for `BackendPolicy`. At least one field apart from the backend is required.
 */
export interface BackendPolicyProps extends TrafficPolicy {
  /** The backend. The policy applies to its subset if it has one, else to the host and all of its subsets. */
  readonly backend: IBackend;
}

/**
 * Policy for calls to a backend, whichever route they come through: limits for connections and requests, load balancing, outlier
 * detection and TLS.
 *
 * It does not write a separate object: `ApiObject.of(policy)` is the DestinationRule to which it is added. Istio applies one
 * DestinationRule for a host, so all policies and subsets of a host are written into one rule in the namespace of the Service: one that
 * the app has already created, else one with the name of the Service. Two policies must not set one part to different values. Settings
 * for all ports also apply to a port for which only another policy has settings. The policy of a subset overrides that of the host, part
 * by part.
 *
 * All models of a namespace with Seldon Core 2 share one Service, so a policy for one of them applies to all. Outlier detection and
 * connection pools are refused there, since the errors and the load of one model would affect all models. A consistent hash selects
 * one of Seldon's own proxies and not a replica of the model. Client TLS is for a runtime that requires it.
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
   * Creates a policy for a backend.
   *
   * @param scope The chart or construct that it belongs to. A DestinationRule that it needs is added to the chart.
   * @param id The construct id.
   * @param props Backend and policy.
   * @throws an error when Istio would reject a value, when another construct sets a different value for the same host, for limits that
   * the models of Seldon Core 2 share, and when Seldon's operator writes the DestinationRule of the backend.
   */
  public constructor(scope: Construct, id: string, props: BackendPolicyProps) {
    super(scope, id);
    checkProps(this, 'BackendPolicyProps', props, BackendPolicy);
    const { backend, ...policy } = props;
    const target = targetOf(this, 'backend', backend);
    BackendPolicies.of(this).add(this, target);
    checkTrafficPolicy({ at: this, release: Mesh.of(this)._release, namespace: target.namespace }, 'policy', policy);
    BackendPolicies.of(this).apply(this, target, policy);
  }
}

/** A policy, and the backend that it is for. */
interface Policy {
  readonly at: IConstruct;
  readonly target: BackendTarget;
  /** Adds it to the rule; false if the subset is not defined so far. */
  readonly add?: () => boolean;
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
  private waiting: Policy[] = [];

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => [...this.policies.flatMap((policy) => {
      const problem = findOwner(policy);
      return problem === undefined ? [] : [{ at: policy.at, text: problem.message }];
    }), ...this.findUndefined()]);
  }

  public add(at: IConstruct, target: BackendTarget): void {
    const problem = findOwner({ at, target });
    if (problem !== undefined) throw problem;
    this.policies.push({ at, target });
  }

  /** Adds a policy to the DestinationRule of its backend, or later if the app has not defined the subset yet. */
  public apply(at: IConstruct, target: BackendTarget, policy: TrafficPolicy): void {
    const add = () => requirePolicy(at, target, policy, (rule) => { at.node.defaultChild = rule; });
    if (!add()) this.waiting.push({ at, target, add });
  }

  private findUndefined(): Finding[] {
    this.waiting = this.waiting.filter(({ add }) => !add!());
    return this.waiting.map(({ at, target }) => ({ at, text: undefinedSubset(at, target).message }));
  }
}

function findOwner({ at, target: { description, host, destinationRuleOwner } }: Policy): Error | undefined {
  const owner = destinationRuleOwner ?? DestinationRuleRegistry.of(at).ownerOf(host);
  if (owner === undefined) return undefined;
  return invalid(at, `policy of ${description}, whose DestinationRule ${owner} writes`,
    'Istio reads one for a host, so a second one would be lost or would hide the first. Leave the policy out, or use routes of this library alone');
}
