import { firstRequest, SoughtRequest } from './first-request';
import { Endpoint } from '../../answers/endpoints/endpoint';
import { Request } from '../../answers/request';
import { Route } from '../../answers/routes/route';
import { Cluster } from '../../cluster/cluster';
import { showPath } from '../../cluster/json';
import { Work } from '../../plan/expressions/work';
import { clientOf, rulesAt } from '../connections/compared-host';
import { hostsOf, PairedHost } from '../connections/compared-hosts';
import { connectionsOf } from '../connections/connections';
import { authorityOf } from '../connections/host-guard';
import { readingOfRepeated } from '../requests/repeated-headers';
import { Rule } from '../rules/rule';
import { Side } from '../rules/side';

/** Steps for each rule. */
const STEPS = 2_000_000;

/** So many rules before one are looked at to find those that hide it. */
const MAX_HIDING = 200;

/**
 * A request that a rule gets, or the rules before it that get all of its requests.
 *
 * @internal
 */
export type RuleRequest =
  | { readonly request: Request }
  | { readonly hiddenBy: readonly Route[] }
  | 'undecided';

/**
 * Finds requests that rules of gateways get, in the order in which they are listed. Policies are not looked at.
 *
 * @internal
 */
export class RuleRequests {
  private readonly side: Side;
  private ownHosts?: readonly PairedHost[];

  constructor(cluster: Cluster) {
    this.side = new Side(cluster);
  }

  /** A request that a match of a rule gets; undefined if it is not one of a gateway. */
  public find({ port, tls, host, object, field }: Endpoint): RuleRequest | undefined {
    const place = `${object.toString()} ${showPath(field)}`;
    for (const paired of this.hosts) {
      const { connection, pattern } = paired.compared;
      if (pattern !== host || connection.port !== port || connection.tls !== tls) continue;
      const rules = this.rulesOf(paired);
      const at = rules.findIndex(({ route }) => route !== undefined && `${route.written.object.toString()} ${showPath(route.written.field)}` === place);
      if (at >= 0) return this.certainRequest(paired, rules, at) ?? this.requestFor(paired, [...certainlyBefore(paired, rules, at), rules[at]]);
    }
    return undefined;
  }

  private get hosts(): readonly PairedHost[] {
    const { listeners } = this.side.resolver.entrances;
    return this.ownHosts ??= connectionsOf(listeners, listeners).flatMap((connection) => [...hostsOf(connection, [this.side, this.side])]);
  }

  private rulesOf({ compared, sides: [side] }: PairedHost): readonly Rule[] {
    return rulesAt(side, compared, authorityOf(compared, [side]), true);
  }

  /** If the order of VirtualServices is not known, a request that satisfies no rule of another one; undefined if there is none. */
  private certainRequest(paired: PairedHost, rules: readonly Rule[], at: number): RuleRequest | undefined {
    if (paired.sides[0].found?.virtualHost.isOrdered !== false) return undefined;
    const rule = rules[at];
    const rivals = rules.filter((other, i) => i < at || (other.route?.owner !== rule.route?.owner && (rule.isCatchAll || !other.isCatchAll)));
    const found = this.firstRequest(paired, [...rivals, rule]);
    return found === 'none' || found === 'undecided' ? undefined : found;
  }

  private requestFor(paired: PairedHost, rules: readonly Rule[]): RuleRequest {
    const found = this.firstRequest(paired, rules);
    if (found !== 'none') return found;
    const rule = rules[rules.length - 1];
    return { hiddenBy: this.hiding(paired, rules.slice(0, -1), rule).flatMap(({ route }) => route ?? []) };
  }

  /** A request that the last of some rules gets. One that repeats no header, if there is one. */
  private firstRequest({ compared, sides: [side] }: PairedHost, rules: readonly Rule[]): SoughtRequest {
    const client = clientOf(side, compared);
    if (client === undefined) return 'undecided';
    const [before, rule] = [rules.slice(0, -1), rules[rules.length - 1]];
    const found = firstRequest(compared, client, before, rule, 'plain', new Work(STEPS));
    const reading = readingOfRepeated(this.side.cluster);
    return found === 'none' && reading === 'repeated' ? firstRequest(compared, client, before, rule, reading, new Work(STEPS)) : found;
  }

  /** As few as possible of the rules before one that together get all of its requests. */
  private hiding(paired: PairedHost, earlier: readonly Rule[], rule: Rule): readonly Rule[] {
    let needed = earlier.slice(-MAX_HIDING);
    if (needed.length < earlier.length && this.firstRequest(paired, [...needed, rule]) !== 'none') return [];
    for (const candidate of needed) {
      const others = needed.filter((each) => each !== candidate);
      if (this.firstRequest(paired, [...others, rule]) === 'none') needed = others;
    }
    return needed;
  }
}

/** The rules that are tried before one, in any order of VirtualServices that is possible. */
function certainlyBefore({ sides: [{ found }] }: PairedHost, rules: readonly Rule[], at: number): readonly Rule[] {
  const before = rules.slice(0, at);
  if (found?.virtualHost.isOrdered !== false) return before;
  const { route, isCatchAll } = rules[at];
  return before.filter((other) => other.route?.owner === route?.owner || (isCatchAll && !other.isCatchAll));
}
