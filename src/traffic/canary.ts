import { Construct } from 'constructs';
import { EndpointBinder, targetsOf } from './bound-backends';
import { endpointOf, planRollout } from './endpoint-plan';
import { EndpointProps } from './endpoint-props';
import { scopeFor } from './route-ids';
import { armsOf, checkDistinct, withStickiness } from './shares';
import { StickyOptions } from './sticky-options';
import { IBackend } from '../plan/backend';
import { checkInteger } from '../plan/checks/checks';
import { checkProps } from '../plan/checks/props';
import { checkList } from '../plan/checks/type-checks';
import { IRollout, Mirror, Plan } from '../plan/plan';
import { RequestMatch } from '../plan/request-match';
import { backendIdentity } from '../plan/resolve';
import { IstioRouter } from '../routers/istio-router';

/** What a Canary needs to know. */
export interface CanaryProps extends EndpointProps {
  /** The version that is trusted. */
  readonly stable: IBackend;

  /** The version that is tried. */
  readonly canary: IBackend;

  /**
   * Percentage of the requests that the canary gets, a whole number from 0 to 100; the stable version gets the rest.
   *
   * A route does not wait until the canary's pods are ready, and answers its share with 503 until then. So a new canary
   * starts at 0, where only testers reach it, and gets a share in a later step.
   *
   * @default 0
   */
  readonly weight?: number;

  /**
   * Whose requests always go to the canary, at weight 0 too; one of the matches must hold.
   *
   * @default - nobody's
   */
  readonly testers?: RequestMatch[];

  /**
   * Lets callers stay with the version that answered them first, called `stable` and `canary` in cookies and headers, while
   * the weight is neither 0 nor 100.
   *
   * @default - each request is shared anew
   */
  readonly sticky?: StickyOptions;

  /**
   * Who gets copies of the requests, whichever version answers.
   *
   * @default - nobody
   */
  readonly mirrors?: Mirror[];
}

/**
 * Tries a new version on testers and a share of the requests beside a stable one. Programmed by an `IstioRouter` unless
 * another router is given.
 *
 * From step to step only the weight changes, to 100 for a version that did well and to 0 for one that did not. After 100
 * the two can change parts: the stable version with a canary of weight 0 makes the same manifests.
 *
 * @example
 * new Canary(chart, 'iris', {
 *   gateways: [gateway],
 *   stable: iris1,
 *   canary: iris2,
 *   weight: 25,
 *   testers: [CallerMatch.header('x-tester', 'yes')],
 * });
 */
export class Canary extends Construct implements IRollout {
  /** What was handed to the router. */
  public readonly plan: Plan;

  /**
   * Tries a new version.
   *
   * @param scope Construct that the canary belongs to.
   * @param id Name of its objects and, unless said otherwise, of the endpoint.
   * @param props Versions, share and endpoint.
   * @throws an error when the weight is no whole number from 0 to 100, both versions are the same backend, sticky callers
   * cannot be told apart, or a version cannot serve the endpoint.
   */
  public constructor(scope: Construct, id: string, props: CanaryProps) {
    super(scopeFor(scope, id), id);
    checkProps(this, 'CanaryProps', props, Canary);
    const { stable, canary, weight = 0, testers, sticky, mirrors, router } = props;
    checkInteger(this, 'weight', weight, 0, 100);
    if (testers !== undefined) checkList(this, 'testers', testers, 'matches');
    const by = router ?? new IstioRouter();
    const binder = new EndpointBinder(this, by, props.policy, 2);
    const versions = [
      { name: 'stable', weight: 100 - weight, ...binder.arm('stable', stable) },
      { name: 'canary', weight, ...binder.arm('canary', canary) },
    ];
    checkDistinct(this, 'versions', versions);
    const endpoint = endpointOf(this, props, targetsOf(versions));
    // Ordered by what they are, not by their part: when a promoted canary becomes the stable version, nothing moves.
    const shares = [...versions].sort((a, b) => (backendIdentity(a.binding.target) < backendIdentity(b.binding.target) ? -1 : 1));
    const { binding } = versions[1];
    const arms = armsOf(this, endpoint, [{ backend: canary, binding, matches: testers ?? [] }], shares, sticky);
    this.plan = withStickiness(planRollout(this, props, endpoint, arms, mirrors && binder.mirrors(mirrors)), sticky);
    by.route(this, this.plan);
  }
}
