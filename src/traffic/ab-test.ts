import { Construct } from 'constructs';
import { EndpointBinder, targetsOf } from './bound-backends';
import { endpointOf, planRollout } from './endpoint-plan';
import { EndpointProps } from './endpoint-props';
import { scopeFor } from './route-ids';
import { armsOf, checkDistinct, Share, withStickiness } from './shares';
import { StickyOptions } from './sticky-options';
import { IBackend } from '../plan/backend';
import { invalid, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { checkList } from '../plan/checks/type-checks';
import { IRollout, Mirror, Plan } from '../plan/plan';
import { RequestMatch } from '../plan/request-match';
import { IstioRouter } from '../routers/istio-router';

/** A name that is valid in cookies and headers. */
const VARIANT_NAME = /^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/;

/** One of the versions that an A/B test compares, and the requests that it gets: by weight, by matches, or both. */
export interface AbVariant {
  /** Name, which is the value of sticky cookies and headers: letters, digits, hyphens, dots and underscores. */
  readonly name: string;

  /** The backend that answers. */
  readonly backend: IBackend;

  /**
   * Share of the requests that no match selects: a whole number of 0 or more, relative to the other weights, written as given.
   *
   * @default - none: the variant gets only the requests that its matches select
   */
  readonly weight?: number;

  /**
   * Requests that the variant gets before the rest is shared by weight; at least one of the matches must hold. If matches of two
   * variants hold, the first variant gets the request.
   *
   * @default - none: the variant gets only its share
   */
  readonly matches?: RequestMatch[];
}

/** Properties for `AbTest`. */
export interface AbTestProps extends EndpointProps {
  /** The variants to compare, two or more. If none has a weight, the endpoint does not accept requests that no match selects. */
  readonly variants: AbVariant[];

  /**
   * Makes sessions sticky to the variant that answered first, while all weights are above 0. To end one variant without moving the
   * sessions of the others, remove it from the list.
   *
   * @default - each request is shared independently
   */
  readonly sticky?: StickyOptions;

  /**
   * Backends that get mirrored requests, whichever variant answers.
   *
   * @default - none
   */
  readonly mirrors?: Mirror[];
}

/**
 * Compares variants of a model. A header, a cookie, a query parameter or a weight selects the variant. Programmed by an
 * `IstioRouter` unless another router is given.
 *
 * @example
 * new AbTest(chart, 'iris', {
 *   gateways: [gateway],
 *   variants: [
 *     { name: 'a', backend: iris1, weight: 50 },
 *     { name: 'b', backend: iris2, weight: 50, matches: [CallerMatch.header('x-group', 'b')] },
 *   ],
 *   sticky: {},
 * });
 */
export class AbTest extends Construct implements IRollout {
  /** The plan that was passed to the router. */
  public readonly plan: Plan;

  /**
   * Compares variants.
   *
   * @param scope Construct that the test belongs to.
   * @param id Name of its objects and, unless `endpoint` is set, of the endpoint.
   * @param props Variants and endpoint.
   * @throws an error if there are fewer than two variants, two have the same name or backend, one has neither a weight nor matches, a
   * weight is not a whole number of 0 or more, all are 0, a match selects by the sticky cookie or header, or a variant cannot serve the
   * endpoint.
   */
  public constructor(scope: Construct, id: string, props: AbTestProps) {
    super(scopeFor(scope, id), id);
    checkProps(this, 'AbTestProps', props, AbTest);
    const { variants, sticky, mirrors, router } = props;
    checkVariants(this, variants);
    const by = router ?? new IstioRouter();
    const binder = new EndpointBinder(this, by, props.policy, variants.length);
    const bound = variants.map((variant) => ({ ...variant, ...binder.arm(`backend of variant ${show(variant.name)}`, variant.backend) }));
    checkDistinct(this, 'variants', bound);
    const endpoint = endpointOf(this, props, targetsOf(bound));
    const picked = bound.map(({ backend, binding, matches = [] }) => ({ backend, binding, matches }));
    const shares = bound.flatMap(({ name, backend, binding, weight }): Share[] => (weight === undefined ? [] : [{ name, backend, binding, weight }]));
    if (sticky !== undefined && shares.length < 2) {
      throw invalid(this, `sticky sessions with ${shares.length === 0 ? 'no share' : 'one share'}`,
        'sessions are sticky between weights. Give two variants a weight, or leave sticky out');
    }
    const arms = armsOf(this, endpoint, picked, shares, sticky);
    this.plan = withStickiness(planRollout(this, props, endpoint, arms, mirrors && binder.mirrors(mirrors)), sticky);
    by.route(this, this.plan);
  }
}

function checkVariants(at: Construct, variants: readonly AbVariant[]): void {
  checkList(at, 'variants', variants, 'variants');
  if (variants.length < 2) {
    throw invalid(at, `an A/B test with ${variants.length === 0 ? 'no variant' : 'one variant'}`, 'name two or more, or use a ModelRoute');
  }
  const names = new Set<string>();
  for (const { name, weight, matches } of variants) {
    if (typeof name !== 'string' || !VARIANT_NAME.test(name)) {
      throw invalid(at, `variant ${show(name)}`,
        'expected letters, digits, hyphens, dots and underscores, starting and ending with a letter or digit. It is part of cookies and headers');
    }
    if (names.has(name)) throw invalid(at, `variant ${show(name)} twice`, 'give each a name of its own');
    names.add(name);
    if (matches !== undefined) checkList(at, `matches of variant ${show(name)}`, matches, 'matches');
    if (weight === undefined && (matches ?? []).length === 0) {
      throw invalid(at, `variant ${show(name)} has neither weight nor matches`, 'give it a weight or matches');
    }
  }
}
