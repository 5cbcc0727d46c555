import * as fc from 'fast-check';
import { GROUPS } from './callers';
import { GatewaySpec } from './gateways';
import { AccessSpec, AppSpec } from './spec';
import { bool, list, maybe, mostly, oneOf, rarely, record, unique, usually } from './values';

const groups = maybe(mostly(unique(oneOf<string>(...GROUPS), (one) => one, 1, 2), [[], [''], ['a*b']], 10));

const access = record<AccessSpec>({
  gateway: oneOf(0, 0, 1),
  routes: usually(unique(oneOf(0, 1, 2), (one) => one, 1, 2), fc.constant<number[]>([]), 3),
  models: rarely(unique(oneOf(0, 1), (one) => one, 1, 1), 6),
  groups,
  sharesModels: rarely(bool, 4),
});

/** Mostly none; sometimes one or two. */
export const accessPolicies: fc.Arbitrary<AccessSpec[]> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.constant<AccessSpec[]>([]), weight: 6 },
  { arbitrary: list(access, 1, 1), weight: 2 },
  { arbitrary: list(access, 2, 2), weight: 1 },
);

/** Pods of one app alone, so that its policies hold for no other app of the world. */
const OWN_PODS = { istio: 'app.test' };

const withOwnPods = (gateway: GatewaySpec): GatewaySpec => gateway.existing !== undefined ? gateway
  : { ...gateway, namespace: undefined, chart: 0, selector: OWN_PODS };

/** The app whose gateways share pods, where it has policies. */
export function secured(app: AppSpec): AppSpec {
  return app.access.length === 0 ? app : { ...app, gateways: app.gateways.map(withOwnPods) };
}
