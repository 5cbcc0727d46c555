import { isObviouslyReached } from './typical-requests';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { stringsOf } from '../../cluster/json';
import { whyImpossible } from '../../cluster/routing/normal-paths';
import { rulesBefore, RulesBefore } from '../../cluster/routing/overlapping-rules';
import { MatchConditions } from '../../cluster/routing/request-match';
import { gatewayVirtualHosts, RouteRule, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { FindingExample } from '../example';
import { Proofs } from '../proofs';

/**
 * A rule that no request reaches.
 *
 * @internal
 */
export interface DeadRule {
  /** The rule. */
  readonly rule: RouteRule;
  /** The rules before it that match all of its requests, as few as possible; none if no request satisfies it. */
  readonly takenBy: readonly RouteRule[];
  /** A request that was intended for it. */
  readonly example: FindingExample | undefined;
}

/**
 * The dead rules of a VirtualService: those that are dead for each of its hosts and gateways.
 *
 * @internal
 */
export class DeadRules {
  /**
   * Prepares to look for dead rules.
   *
   * @param rules The rules of the VirtualService that apply everywhere, in order.
   */
  constructor(
    private readonly cluster: Cluster, private readonly virtualService: ClusterObject, private readonly rules: readonly RouteRule[],
    private readonly proofs: Proofs,
  ) {}

  /** All dead rules. */
  public get all(): DeadRule[] {
    const asks = isSameEverywhere(this.rules, this.virtualService);
    return rulesBefore(this.cluster, this.rules).flatMap((each, i): DeadRule[] => {
      const { rule, hiding } = each;
      const together = hiding === undefined && asks ? this.takenTogether(each, i) : undefined;
      const takenBy = hiding === undefined ? together : [hiding.first];
      return takenBy === undefined ? [] : [{ rule, takenBy, example: takenBy.length === 0 ? undefined : this.exampleOf(rule, takenBy[0]) }];
    });
  }

  private takenTogether({ rule, overlapping }: RulesBefore, position: number): readonly RouteRule[] | undefined {
    if (isObviouslyReached(rule.match, overlapping.map(({ match }) => match)) || isReportedPath(rule.match)) return undefined;
    const found = this.proofs()?.find([rule.match], { rules: this.rules, length: position }, this.host) ?? 'undecided';
    return found === 'undecided' || 'request' in found ? undefined : found.takenBy;
  }

  private exampleOf(rule: RouteRule, taking: RouteRule): FindingExample | undefined {
    const on = this.gatewayHost;
    const proofs = on === undefined ? undefined : this.proofs();
    if (on === undefined || proofs === undefined) return undefined;
    const found = proofs.find([rule.match, taking.match], { rules: on.rules, length: 0 }, on);
    return found === 'undecided' || !('request' in found) ? undefined : proofs.example(found.request, taking, rule);
  }

  private get gatewayHost(): VirtualHost | undefined {
    return this.cluster.derived(hostsByService).get(this.virtualService);
  }

  /** Any host of the VirtualService will do. */
  private get host(): VirtualHost {
    const [host = '*'] = stringsOf(this.virtualService.spec.hosts);
    return this.gatewayHost ?? { listener: '', host: host.toLowerCase(), gateway: '', port: undefined, rules: this.rules };
  }
}

function hostsByService(cluster: Cluster): ReadonlyMap<ClusterObject, VirtualHost> {
  const all = [...cluster.derived(gatewayVirtualHosts)].reverse();
  return new Map(all.flatMap((on) => [...new Set(on.rules.map(({ virtualService }) => virtualService))].map((object) => [object, on] as const)));
}

/** Whether the rules decide alike for all hosts and for all listeners. */
function isSameEverywhere(rules: readonly RouteRule[], { spec }: ClusterObject): boolean {
  const [host, ...others] = stringsOf(spec.hosts);
  if (rules.some(({ match: { scheme } }) => scheme !== undefined)) return false;
  return (others.length === 0 && host !== undefined && !host.startsWith('*')) || !rules.some(({ match }) => readsHost(match));
}

function readsHost({ authority, headers, withoutHeaders }: MatchConditions): boolean {
  return authority !== undefined || ['host', ':authority', ':scheme'].some((name) => headers.has(name) || withoutHeaders.has(name));
}

/** Whether another rule reports the path. */
function isReportedPath({ path }: MatchConditions): boolean {
  return path !== undefined && whyImpossible(path.value, path.kind) !== undefined;
}
