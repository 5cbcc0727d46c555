import { firstRequest, SoughtRequest } from './first-request';
import { Check, checksOf } from '../../answers/matching/checks';
import { claimPath } from '../../answers/matching/claims';
import { Indexed, MatchIndex } from '../../answers/matching/match-index';
import { RouteRequest } from '../../answers/matching/route-request';
import { receive } from '../../answers/receiving/receive';
import { GatewayEntry, Request } from '../../answers/request';
import { EnvoyRelease } from '../../cluster/envoy-release';
import { MatchConditions } from '../../cluster/routing/request-match';
import { RouteRule } from '../../cluster/routing/virtual-hosts';
import { Work } from '../../plan/expressions/work';
import { computeIfAbsent } from '../../plan/groups';
import { ComparedHost } from '../connections/compared-host';
import { authoritiesOf, HostArea } from '../connections/host-words';
import { Reading } from '../requests/cube';
import { authorityField } from '../requests/field';
import { Setting } from '../requests/literal';
import { conditionRule, Rule } from '../rules/rule';

/**
 * Where the rules of a list get requests.
 *
 * @internal
 */
export interface ListPlace {
  /** The connection. */
  readonly entry: GatewayEntry;
  /** The host pattern. */
  readonly pattern: string;
  /** A host for which it is the most specific one. */
  readonly host: string;
  /** All hosts for which it is. */
  readonly area: HostArea;
}

/**
 * A request that satisfies some matches and that no rule before them gets, or the rules that get all such requests.
 *
 * @internal
 */
export type FoundRequest = { readonly request: Request } | { readonly takenBy: readonly RouteRule[] } | 'undecided';

/**
 * The first rules of a list.
 *
 * @internal
 */
export interface ListBeginning {
  /** The list, in order. */
  readonly rules: readonly RouteRule[];
  /** The number of its rules that count. */
  readonly length: number;
}

/** Steps for one question. */
const STEPS = 300_000;

/** Rules that take requests are found one by one, and no more than these. */
const MAX_ROUNDS = 40;

interface IndexedRule extends Indexed {
  readonly rule: RouteRule;
}

/**
 * Looks for requests in lists of rules. A list can be long: only those of its rules are compared that turn out to take requests.
 *
 * @internal
 */
export class RuleSearch {
  private readonly indexes = new Map<readonly RouteRule[], MatchIndex<IndexedRule>>();
  private readonly checks = new WeakMap<MatchConditions, readonly Check[]>();

  /**
   * Creates a search.
   *
   * @param total The limit of work for all questions.
   * @param envoy The release of Envoy.
   */
  constructor(private readonly total: Work, private readonly envoy: EnvoyRelease) {}

  /**
   * Looks for a request that satisfies all of some matches, and that no rule before them gets.
   *
   * @param matches The matches.
   * @param before The rules before them.
   * @param place Where requests enter.
   * @param reading Whether requests may repeat headers.
   */
  public find(matches: readonly MatchConditions[], before: ListBeginning, place: ListPlace, reading: Reading): FoundRequest {
    if (matches.some(readsClaims)) return 'undecided';
    let taking: readonly RouteRule[] = [];
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const found = this.ask(matches, taking, place, reading);
      if (found === 'undecided') return 'undecided';
      if (found === 'none') return { takenBy: inOrder(this.needed(matches, taking, place, reading), before.rules) };
      const request = asRouted(found.request, place, this.envoy);
      if (!matches.every((match) => this.isSatisfied(match, request))) return 'undecided';
      const taker = this.firstOf(before, request);
      if (taker === undefined) return found;
      if (taking.includes(taker) || readsClaims(taker.match)) return 'undecided';
      taking = [...taking, taker];
    }
    return 'undecided';
  }

  /** As few as possible of the rules that take all requests. */
  private needed(
    matches: readonly MatchConditions[], taking: readonly RouteRule[], place: ListPlace, reading: Reading,
  ): readonly RouteRule[] {
    return taking.reduce((needed, candidate) => {
      const others = needed.filter((rule) => rule !== candidate);
      return this.ask(matches, others, place, reading) === 'none' ? others : needed;
    }, taking);
  }

  private ask(matches: readonly MatchConditions[], taking: readonly RouteRule[], place: ListPlace, reading: Reading): SoughtRequest {
    if (this.total.left <= 0) return 'undecided';
    const { entry, pattern, host, area } = place;
    const tls = entry.tls !== undefined;
    const all = [...matches, ...taking.map(({ match }) => match)];
    const setting: Setting = { scheme: tls ? 'https' : 'http', authority: authorityField(authoritiesOf(host, area, all)), hasTokens: false };
    const rules = taking.map(({ match }, i) => conditionRule(`${i}`, [match], setting)).filter(isAlive);
    const compared: ComparedHost = { connection: { gateway: entry.gateway ?? '', port: entry.port, tls }, pattern, host, area };
    const work = new Work(Math.min(STEPS, this.total.left));
    const before = work.left;
    const found = firstRequest(compared, { entry, authority: host }, rules, conditionRule('all', matches, setting), reading, work);
    this.total.spend(before - work.left + all.length);
    return found;
  }

  private firstOf({ rules, length }: ListBeginning, request: RouteRequest): RouteRule | undefined {
    const index = computeIfAbsent(this.indexes, rules, () => new MatchIndex(rules.map((rule, position) => ({ rule, match: rule.match, position }))));
    let first: IndexedRule | undefined;
    for (const list of index.candidates(request)) {
      const found = list.find(({ position, match }) => position < length && this.isSatisfied(match, request));
      if (found !== undefined && (first === undefined || found.position < first.position)) first = found;
    }
    return first?.rule;
  }

  private isSatisfied(match: MatchConditions, request: RouteRequest): boolean {
    let checks = this.checks.get(match);
    if (checks === undefined) this.checks.set(match, checks = checksOf(match));
    return checks.every(({ test }) => test(request));
  }
}

function inOrder(some: readonly RouteRule[], all: readonly RouteRule[]): readonly RouteRule[] {
  return some.length < 2 ? some : [...some].sort((a, b) => all.indexOf(a) - all.indexOf(b));
}

function isAlive({ conditions: { isDead } }: Rule): boolean {
  return !isDead;
}

function readsClaims({ headers, withoutHeaders }: MatchConditions): boolean {
  return [...headers.keys(), ...withoutHeaders.keys()].some((name) => claimPath(name) !== undefined);
}

function asRouted(request: Request, { entry: { port, tls } }: ListPlace, envoy: EnvoyRelease): RouteRequest {
  return new RouteRequest(receive(request, { peer: { kind: 'outside' }, port, scheme: tls === undefined ? 'http' : 'https', envoy }), undefined);
}
