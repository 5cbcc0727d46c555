import { ActionKeys } from './action-keys';
import { ShortKeys } from './short-keys';
import { Resolver } from '../../answers/resolver';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';

const { AUTHORIZATION_POLICY, PEER_AUTHENTICATION, REQUEST_AUTHENTICATION } = ClusterKind;
const POLICIES: ReadonlySet<string> = new Set([AUTHORIZATION_POLICY, PEER_AUTHENTICATION]);

/**
 * One of two states of a cluster that are compared.
 *
 * @internal
 */
export class Side {
  /** Answers requests. */
  public readonly resolver: Resolver;
  /** What rules do, as keys. */
  public readonly actions: ActionKeys;
  private ownOpen?: Resolver;

  /**
   * Reads a state.
   *
   * @param keys The keys of rules, which both sides of a comparison share.
   */
  constructor(public readonly cluster: Cluster, public readonly keys: ShortKeys = new ShortKeys()) {
    this.resolver = new Resolver(cluster);
    this.actions = new ActionKeys(this.resolver.cluster, this.resolver.policies, this.hasPolicies || this.hasTokens, keys);
  }

  /** Answers requests as if no policy denied any. Tokens are still read. */
  public get open(): Resolver {
    if (!this.hasPolicies) return this.resolver;
    const { objects, settings } = this.cluster;
    return this.ownOpen ??= new Resolver(new Cluster(objects.filter(({ type }) => !POLICIES.has(type)), settings));
  }

  /** Whether there is any policy about callers. */
  public get hasPolicies(): boolean {
    return [AUTHORIZATION_POLICY, PEER_AUTHENTICATION].some((kind) => this.cluster.all(kind).length > 0);
  }

  /** Whether tokens are read anywhere. */
  public get hasTokens(): boolean {
    return this.cluster.all(REQUEST_AUTHENTICATION).length > 0;
  }
}
