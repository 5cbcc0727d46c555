import { ActionKeys } from './action-keys';
import { ShortKeys } from './short-keys';
import { Resolver } from '../../answers/resolver';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { ProxyFilters } from '../../cluster/proxy-filters';
import { computeIfAbsent } from '../../plan/groups';
import { EnforcedAtGateway, enforcedAtGateway } from '../policies/enforced-at-gateway';

const { AUTHORIZATION_POLICY, PEER_AUTHENTICATION, REQUEST_AUTHENTICATION, ENVOY_FILTER, WASM_PLUGIN, TRAFFIC_EXTENSION } = ClusterKind;
const POLICIES: readonly string[] = [AUTHORIZATION_POLICY, PEER_AUTHENTICATION];
const FILTERS: readonly string[] = [ENVOY_FILTER, WASM_PLUGIN, TRAFFIC_EXTENSION];

/**
 * One of two states of a cluster that are compared.
 *
 * @internal
 */
export class Side {
  /** Answers requests as if no filter of a proxy changed them. */
  public readonly resolver: Resolver;
  /** The filters of proxies. */
  public readonly filters: ProxyFilters;
  /** What rules do, as keys. */
  public readonly actions: ActionKeys;
  private ownOpen?: Resolver;
  private readonly enforced = new Map<string | undefined, EnforcedAtGateway>();

  /**
   * Reads a state.
   *
   * @param keys The keys of rules, which both sides of a comparison share.
   */
  constructor(public readonly cluster: Cluster, public readonly keys: ShortKeys = new ShortKeys()) {
    this.resolver = cluster.derived(filterlessResolver);
    this.filters = ProxyFilters.of(cluster);
    const isChecked = this.hasPolicies || this.hasTokens || !this.filters.isEmpty;
    this.actions = new ActionKeys(this.resolver.cluster, this.resolver.policies, this.filters, isChecked, keys);
  }

  /** Answers requests as if no policy denied any. Tokens are still read. */
  public get open(): Resolver {
    if (!this.hasPolicies) return this.resolver;
    return this.ownOpen ??= new Resolver(without(this.cluster, new Set([...POLICIES, ...FILTERS])));
  }

  /** What a Gateway enforces, by its name as `namespace/name`. */
  public enforcedAt(gateway: string | undefined): EnforcedAtGateway {
    return computeIfAbsent(this.enforced, gateway, () => enforcedAtGateway(this.resolver, this.filters, gateway));
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

/**
 * What answers requests as if no filter of a proxy changed them.
 *
 * @internal
 */
export function filterlessResolver(cluster: Cluster): Resolver {
  return new Resolver(withoutFilters(cluster));
}

/** A cluster without EnvoyFilters and extensions, so that answers have no condition that they change nothing. */
function withoutFilters(cluster: Cluster): Cluster {
  return ProxyFilters.of(cluster).isEmpty ? cluster : without(cluster, new Set(FILTERS));
}

function without({ objects, settings }: Cluster, types: ReadonlySet<string>): Cluster {
  return new Cluster(objects.filter(({ type }) => !types.has(type)), settings);
}
