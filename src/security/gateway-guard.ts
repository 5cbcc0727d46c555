import { IConstruct } from 'constructs';
import type { Caller } from './caller';
import { podsKey } from './gateway-pods';
import type { ProtectedCalls } from './protected-calls';
import { IGateway } from '../plan/gateway-ref';
import { EndpointPlan } from '../plan/plan';

/** A policy at a gateway. @internal */
export interface GatewayGuard {
  /** Its construct. */
  readonly at: IConstruct;
  /** The gateway. */
  readonly gateway: IGateway;
  /** Labels of the gateway's pods. */
  readonly selector: { readonly [label: string]: string };
  /** The ports that pass bytes on, where they were said: nothing is denied there. */
  readonly tcpPorts?: readonly number[];
  /** What it denies. */
  readonly calls: ProtectedCalls;
  /** The backends that it is meant to close, as keys of what routes reach. */
  readonly closed: ReadonlySet<string>;
  /** The endpoints that it is for. */
  readonly covered: ReadonlySet<EndpointPlan>;
  /** Whom it lets in. */
  readonly callers: readonly Caller[];
  /** Whether others may call the same models by other policies. */
  readonly sharesModels: boolean;
}

/**
 * Whether one policy lets nobody in whom another does not, as far as their words tell.
 *
 * @internal
 */
export function within(one: GatewayGuard, other: GatewayGuard): boolean {
  return one.callers.every((caller) => other.callers.some(({ _terms }) => _terms
    .every((term) => caller._terms.some(({ key, values }) => key === term.key && values.every((value) => term.values.includes(value))))));
}

/**
 * Whether a policy holds at a gateway: it has the same pods.
 *
 * @internal
 */
export function isAt({ gateway, selector }: GatewayGuard, { gatewayName, gatewayNamespace, gatewaySelector }: IGateway): boolean {
  if (gatewaySelector !== undefined) return podsKey(gatewaySelector) === podsKey(selector);
  return gateway.gatewayName === gatewayName && gateway.gatewayNamespace === gatewayNamespace;
}

/**
 * Whether two gateways are one place for policies: they have the same pods.
 *
 * @internal
 */
export function samePods(a: IGateway, b: IGateway): boolean {
  if (a.gatewaySelector !== undefined && b.gatewaySelector !== undefined) return podsKey(a.gatewaySelector) === podsKey(b.gatewaySelector);
  return a.gatewayName === b.gatewayName && a.gatewayNamespace === b.gatewayNamespace;
}
