import { Answer, AnswerCase } from '../../answers/answer';
import { nameOf } from '../../answers/expectations/responder-names';
import { percentText, sharesOf, shiftOf } from '../../answers/expectations/shares';
import { Fraction } from '../../answers/fraction';
import { InputError } from '../../answers/input/input-error';
import { RouteRequest } from '../../answers/matching/route-request';
import { Request } from '../../answers/request';
import { Resolver } from '../../answers/resolver';
import { Route } from '../../answers/routes/route';
import { VirtualHost } from '../../answers/routes/virtual-host';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { showPath } from '../../cluster/json';
import { RouteRule } from '../../cluster/routing/virtual-hosts';
import { computeIfAbsent, groupBy } from '../../plan/groups';

const POLICIES: ReadonlySet<string> = new Set([ClusterKind.AUTHORIZATION_POLICY, ClusterKind.PEER_AUTHENTICATION]);

/**
 * What single rules do with requests, whichever of them Envoy tries first, regardless of who sends the requests.
 *
 * @internal
 */
export class RuleAnswers {
  private readonly resolver: Resolver;
  private readonly routes = new Map<VirtualHost, ReadonlyMap<string, readonly Route[]>>();
  private wanted: RouteRule | undefined;
  private chosen: readonly Route[] = [];
  private first: readonly Route[] = [];

  constructor({ objects, settings }: Cluster) {
    const open = new Cluster(objects.filter(({ type }) => !POLICIES.has(type)), settings);
    this.resolver = new Resolver(open, (virtualHost, request) => this.choose(virtualHost, request));
  }

  /** The answer of a rule to a request, and whether the rule may be the first that matches; undefined if the rule does not match it. */
  public answerOf(rule: RouteRule, request: Request): { readonly answer: Answer; readonly isFirst: boolean } | undefined {
    [this.wanted, this.chosen, this.first] = [rule, [], []];
    try {
      const answer = this.resolver.resolve(request);
      return this.chosen.length === 0 ? undefined : { answer, isFirst: this.chosen.some((route) => this.first.includes(route)) };
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }

  private choose(virtualHost: VirtualHost, request: RouteRequest): readonly Route[] {
    const own = this.wanted === undefined ? [] : this.routesOf(virtualHost).get(keyOf(this.wanted)) ?? [];
    const found = own.filter((route) => route.matches(request));
    [this.chosen, this.first] = [found, virtualHost.choose(request)];
    return found;
  }

  private routesOf(virtualHost: VirtualHost): ReadonlyMap<string, readonly Route[]> {
    return computeIfAbsent(this.routes, virtualHost, () => (
      groupBy(virtualHost.routes, ({ owner: { virtualService }, written: { object, field } }) => keyOf({ virtualService, object, field }))
    ));
  }
}

function keyOf({ virtualService, object, field }: Pick<RouteRule, 'virtualService' | 'object' | 'field'>): string {
  return `${virtualService.namespace}/${virtualService.name} ${object.namespace}/${object.name} ${showPath(field)}`;
}

/**
 * How two answers to one request differ.
 *
 * @internal
 */
export interface AnswerShift {
  /** The share of the requests that another responder gets. */
  readonly share: Fraction;
  /** Who answers in one of the answers, such as `Model models/iris`, or `70 % Model models/iris1 and 30 % Model models/iris2`. */
  readonly from: string;
  /** Who answers in the other one. */
  readonly to: string;
}

/**
 * Compares two answers. If they have several cases, the two that hold together and that differ most count.
 *
 * @internal
 */
export function shiftBetween({ cases: before }: Answer, { cases: after }: Answer): AnswerShift {
  const shifts = before.flatMap((a) => casesWith(a, before, after).map((b) => ({ a, b, share: shiftOf(a.outcomes, b.outcomes) })));
  const { a, b, share } = shifts.reduce((most, each) => (each.share.compare(most.share) > 0 ? each : most));
  return { share, from: respondersText(a), to: respondersText(b) };
}

/**
 * Who answers, in the first case if there are several.
 *
 * @internal
 */
export function respondersOf({ cases: [first] }: Answer): string {
  return respondersText(first);
}

/** A condition that decides in both answers is the same one. */
function casesWith({ condition }: AnswerCase, before: readonly AnswerCase[], after: readonly AnswerCase[]): readonly AnswerCase[] {
  const isCommon = condition !== undefined && before.length === after.length && after.some((each) => each.condition === condition);
  return isCommon ? after.filter((each) => each.condition === condition) : after;
}

function respondersText({ outcomes }: AnswerCase): string {
  const shares = sharesOf(outcomes);
  if (shares.length === 1) return nameOf(shares[0].responder);
  return shares.map(({ responder, share }) => `${percentText(share)} ${nameOf(responder)}`).join(' and ');
}
