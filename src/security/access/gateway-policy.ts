import { IConstruct } from 'constructs';
import type { Caller } from './caller';
import type { ProtectedCalls } from './protected-calls';
import { IGateway } from '../../plan/gateway-ref';
import { EndpointPlan } from '../../plan/plan';
import { samePods, selectorWithin } from '../../plan/pod-selectors';

/** A policy at a gateway. @internal */
export interface GatewayPolicy {
  /** Its construct. */
  readonly at: IConstruct;
  /** The gateway. */
  readonly gateway: IGateway;
  /** Labels of the gateway's pods. */
  readonly selector: { readonly [label: string]: string };
  /** The TCP ports that the policy excludes, if set. */
  readonly tcpPorts?: readonly number[];
  /** The requests that it denies. */
  readonly calls: ProtectedCalls;
  /** The backends that it restricts, by their keys. */
  readonly restricted: ReadonlySet<string>;
  /** The endpoints that it is for. */
  readonly covered: ReadonlySet<EndpointPlan>;
  /** The callers that it allows. */
  readonly callers: readonly Caller[];
  /** Whether other policies may open its models to other callers. */
  readonly sharesModels: boolean;
}

/**
 * Whether one policy allows only callers that another one allows too, as far as their conditions show.
 *
 * @internal
 */
export function within(one: GatewayPolicy, other: GatewayPolicy): boolean {
  return one.callers.every((caller) => other.callers.some(({ _terms }) => _terms
    .every((term) => caller._terms.some(({ key, values }) => key === term.key && values.every((value) => term.values.includes(value))))));
}

/**
 * Whether a policy applies to pods of a gateway.
 *
 * @internal
 */
export function isAt({ gateway, selector }: GatewayPolicy, { gatewayName, gatewayNamespace, gatewaySelector }: IGateway): boolean {
  if (gatewaySelector !== undefined) return samePods(gatewaySelector, selector);
  return gateway.gatewayName === gatewayName && gateway.gatewayNamespace === gatewayNamespace;
}

/**
 * Whether a policy applies to all pods of a gateway: its labels are among those of the gateway. A policy with more labels may not apply
 * to some of its pods.
 *
 * @internal
 */
export function selectsAllPods(policy: GatewayPolicy, gateway: IGateway): boolean {
  return isAt(policy, gateway) && selectorWithin(policy.selector, gateway.gatewaySelector ?? policy.selector);
}

/**
 * Whether two gateways have the same pods, so that a policy applies to both.
 *
 * @internal
 */
export function onSamePods(a: IGateway, b: IGateway): boolean {
  if (a.gatewaySelector !== undefined && b.gatewaySelector !== undefined) return samePods(a.gatewaySelector, b.gatewaySelector);
  return a.gatewayName === b.gatewayName && a.gatewayNamespace === b.gatewayNamespace;
}
