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

/** Properties for `Canary`. */
export interface CanaryProps extends EndpointProps {
  /** The stable version. */
  readonly stable: IBackend;

  /** The new version. */
  readonly canary: IBackend;

  /**
   * Percentage of the requests for the canary, a whole number from 0 to 100; the stable version gets the rest.
   *
   * A route does not wait until the canary's pods are ready: its share gets 503 until then. Start a new canary at 0, where only testers
   * reach it, and increase the weight in a later step.
   *
   * @default 0
   */
  readonly weight?: number;

  /**
   * Requests that always go to the canary, even at weight 0; at least one of the matches must hold.
   *
   * @default - none
   */
  readonly testers?: RequestMatch[];

  /**
   * Makes sessions sticky to the version that answered first, while the weight is neither 0 nor 100. The versions are called `stable`
   * and `canary` in cookies and headers.
   *
   * @default - each request is shared independently
   */
  readonly sticky?: StickyOptions;

  /**
   * Backends that get mirrored requests, whichever version answers.
   *
   * @default - none
   */
  readonly mirrors?: Mirror[];
}

/**
 * Sends testers and a share of the requests to a new version, and the rest to a stable one. Programmed by an `IstioRouter` unless
 * another router is given.
 *
 * Only the weight changes from step to step: up to 100 to promote the canary, or to 0 to roll it back. At 100 the two versions can be
 * swapped: the new stable version with a canary of weight 0 results in the same manifests.
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
  /** The plan that was passed to the router. */
  public readonly plan: Plan;

  /** The new version. @internal */
  public readonly _candidate: IBackend;

  /**
   * Creates a canary.
   *
   * @param scope Construct that the canary belongs to.
   * @param id Name of its objects and, unless `endpoint` is set, of the endpoint.
   * @param props Versions, share and endpoint.
   * @throws an error if the weight is not a whole number from 0 to 100, both versions have the same backend, a match selects by the
   * sticky cookie or header, or a version cannot serve the endpoint.
   */
  public constructor(scope: Construct, id: string, props: CanaryProps) {
    super(scopeFor(scope, id), id);
    checkProps(this, 'CanaryProps', props, Canary);
    const { stable, canary, weight = 0, testers, sticky, mirrors, router } = props;
    checkInteger(this, 'weight', weight, 0, 100);
    this._candidate = canary;
    if (testers !== undefined) checkList(this, 'testers', testers, 'matches');
    const by = router ?? new IstioRouter();
    const binder = new EndpointBinder(this, by, props.policy, 2);
    const versions = [
      { name: 'stable', weight: 100 - weight, ...binder.arm('stable', stable) },
      { name: 'canary', weight, ...binder.arm('canary', canary) },
    ];
    checkDistinct(this, 'versions', versions);
    const endpoint = endpointOf(this, props, targetsOf(versions));
    // Ordered by address, not by role, so that nothing moves when a promoted canary becomes the stable version.
    const shares = [...versions].sort((a, b) => (backendIdentity(a.binding.target) < backendIdentity(b.binding.target) ? -1 : 1));
    const { binding } = versions[1];
    const arms = armsOf(this, endpoint, [{ backend: canary, binding, matches: testers ?? [] }], shares, sticky);
    this.plan = withStickiness(planRollout(this, props, endpoint, arms, mirrors && binder.mirrors(mirrors)), sticky);
    by.route(this, this.plan);
  }
}
