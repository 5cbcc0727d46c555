import { respondersOf, RuleAnswers, shiftBetween } from './rule-answers';
import { FoundRequest, ListBeginning, ListPlace, RuleSearch } from './rule-search';
import { WrittenCommand, writeCommand } from '../../answers/command-line/write-command';
import { listenerOf } from '../../answers/endpoints/endpoints';
import { Request } from '../../answers/request';
import { Cluster } from '../../cluster/cluster';
import { envoyOf } from '../../cluster/envoy-release';
import { MatchConditions } from '../../cluster/routing/request-match';
import { gatewayVirtualHosts, RouteRule, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { Work } from '../../plan/expressions/work';
import { computeIfAbsent, groupBy } from '../../plan/groups';
import { areaOf, patternWord } from '../connections/host-words';
import { Reading } from '../requests/cube';

/**
 * A request that shows that one rule gets requests intended for another one. Plain data.
 *
 * @internal
 */
export interface RuleExample {
  /** The request. */
  readonly request: Request;
  /** The request as something that people can send. */
  readonly command: WrittenCommand;
  /** The share of such requests that another responder gets, in percent. */
  readonly misrouted: number;
  /** Who answers under the rule that gets the request. */
  readonly answeredBy: string;
  /** Who answers under the intended rule. */
  readonly intended: string;
}

/** Steps for all questions about a cluster. */
const STEPS = 30_000_000;

/**
 * Decides questions about rules for all requests, within a limit of work.
 *
 * @internal
 */
export class RouteProofs {
  private readonly search: RuleSearch;
  private readonly places = new Map<VirtualHost, ListPlace>();
  private ownAnswers?: RuleAnswers;

  constructor(private readonly cluster: Cluster) {
    this.search = new RuleSearch(new Work(STEPS), envoyOf(cluster));
  }

  /**
   * Looks for a request that satisfies all of some matches, and that no rule before them gets.
   *
   * @param matches The matches.
   * @param before The rules before them.
   * @param on The virtual host of all these rules.
   */
  public find(matches: readonly MatchConditions[], before: ListBeginning, on: VirtualHost, reading: Reading = 'plain'): FoundRequest {
    return this.search.find(matches, before, this.placeOf(on), reading);
  }

  /**
   * The answers to a request that satisfies two rules.
   *
   * @param takes The rule that gets it.
   * @param intended The intended rule.
   * @returns undefined if they cannot be found out.
   */
  public example(request: Request, takes: RouteRule, intended: RouteRule): RuleExample | undefined {
    const { answers } = this;
    const [actual, wanted] = [takes, intended].map((rule) => answers.answerOf(rule, request)?.answer);
    if (actual === undefined || wanted === undefined) return undefined;
    const { share, from, to } = shiftBetween(actual, wanted);
    return {
      request,
      command: writeCommand(request, (other) => [takes, intended].every((rule) => answers.answerOf(rule, other) !== undefined)
        && [takes, intended].some((rule) => answers.answerOf(rule, other)?.isFirst === true)),
      misrouted: share.percentage,
      answeredBy: from,
      intended: to,
    };
  }

  /**
   * The answer of a rule to a request that was meant for something else.
   *
   * @param takes The rule that gets it.
   * @param intended Who should answer.
   * @returns undefined if it cannot be found out.
   */
  public takenExample(request: Request, takes: RouteRule, intended: string): RuleExample | undefined {
    const answer = this.answers.answerOf(takes, request)?.answer;
    if (answer === undefined) return undefined;
    const command = writeCommand(request, (other) => this.answers.answerOf(takes, other)?.isFirst === true);
    return { request, command, misrouted: 100, answeredBy: respondersOf(answer), intended };
  }

  private get answers(): RuleAnswers {
    return this.ownAnswers ??= new RuleAnswers(this.cluster);
  }

  private placeOf(on: VirtualHost): ListPlace {
    return computeIfAbsent(this.places, on, () => placeOf(this.cluster, on));
  }
}

/** The host patterns of each listener. */
function hostsByListener(cluster: Cluster): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = groupBy(cluster.derived(gatewayVirtualHosts), ({ listener }) => listener);
  return new Map([...groups].map(([listener, hosts]) => [listener, new Set(hosts.map(({ host }) => host))]));
}

function placeOf(cluster: Cluster, on: VirtualHost): ListPlace {
  const pattern = on.host;
  const patterns = cluster.derived(hostsByListener).get(on.listener) ?? new Set([pattern]);
  const host = patternWord(pattern, patterns);
  const { gateway, port, tls, needsCertificate } = listenerOf(cluster, on);
  const handshake = { serverName: host, ...needsCertificate ? { certificate: {} } : {} };
  return {
    entry: { kind: 'gateway', ...gateway === '' ? {} : { gateway }, port, ...tls ? { tls: handshake } : {} },
    pattern,
    host,
    area: areaOf(pattern, patterns),
  };
}
