import { IConstruct } from 'constructs';
import { restrictedWith } from './backend-reach';
import { listableHosts } from './blocked-endpoints';
import { allExcept, Caller, CallerKind } from './caller';
import { DeniedRequests } from './denied-requests';
import { GatewayAccessPolicyProps } from './gateway-access-policy-props';
import { GatewayPods, gatewayPods } from '../gateway-pods';
import { onSamePods } from './gateway-policy';
import { ProtectedCalls } from './protected-calls';
import { UnprotectedEndpoints } from './unprotected-endpoints';
import { Warnings } from '../../mesh/warnings';
import { reachedTarget } from '../../plan/bind';
import { checkPort } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { targetOf } from '../../plan/part-checks';
import { EndpointPlan, IRollout } from '../../plan/plan';
import { AuthorizationOperation, AuthorizationRule } from '../authorization/authorization-rule';

/** The port of the readiness probe of gateway pods. No Gateway can use it. */
const STATUS_PORT = 15021;

/** Rules of a policy at a gateway. @internal */
export interface GatewayRules {
  /** The rules that depend only on the policy. */
  readonly rules: AuthorizationRule[];
  /** The rules once all endpoints are known. They exclude hosts of other endpoints. */
  readonly finalRules: () => AuthorizationRule[];
}

/**
 * The rules that deny the endpoints and models of a policy to all other callers.
 *
 * @internal
 */
export function gatewayRules(at: IConstruct, props: GatewayAccessPolicyProps): GatewayPods & GatewayRules {
  const { gateway, allow, endpoints = [], models = [], tcpPorts = [] } = props;
  const pods = gatewayPods(at, gateway, props);
  for (const caller of allow) checkHasToken(at, caller, gateway);
  if (endpoints.length === 0 && models.length === 0) throw invalid(at, 'neither endpoints nor models', 'set the endpoints or models that are restricted to these callers');
  for (const port of tcpPorts) checkPort(at, 'tcp port', port);

  const calls = new ProtectedCalls(at);
  const restricted = new Set<string>();
  const covered = new Set<EndpointPlan>();
  for (const [i, rollout] of endpoints.entries()) {
    for (const plan of endpointsBehind(at, i, rollout, gateway)) {
      calls.addEndpoint(rollout.plan, plan);
      const other = UnprotectedEndpoints.of(at).policyOf(plan, gateway);
      if (other !== undefined) {
        throw invalid(at, `endpoint "${plan.endpoint.name}" of ${rollout.plan.name} is already restricted by ${pathOf(other.at)}`,
          'a request would have to satisfy both. List all callers in one policy, or combine conditions with Caller.allOf');
      }
      covered.add(plan);
      if (plan.policy?.cors !== undefined) {
        Warnings._add(at, `cors of endpoint "${plan.endpoint.name}", which this policy restricts`,
          'browsers send no token with a preflight request, so it gets 403 and no further request is sent. Serve pages and models from the same origin');
      }
      for (const arm of plan.arms) {
        for (const key of restrictedWith(at, reachedTarget(at, arm), arm.requestHeaders)) restricted.add(key);
      }
    }
  }
  models.forEach((model, i) => {
    const target = targetOf(at, `models[${i}]`, model);
    calls.addBackend(target);
    for (const key of restrictedWith(at, target)) restricted.add(key);
  });
  UnprotectedEndpoints.of(at).add({
    at,
    gateway,
    selector: pods.selector,
    tcpPorts: props.tcpPorts,
    calls,
    restricted,
    covered,
    callers: allow,
    sharesModels: props.sharesModels ?? false,
  });
  const ports = [STATUS_PORT, ...tcpPorts];
  return {
    ...pods,
    rules: denials(calls, allow, ports, () => []),
    finalRules: () => denials(calls, allow, ports, (group) => UnprotectedEndpoints.of(at).openHosts(group, gateway)),
  };
}

function checkHasToken(at: IConstruct, caller: Caller, gateway: IGateway): void {
  const term = caller._terms.find(({ kind }) => kind !== CallerKind.TOKEN);
  if (term === undefined) return;
  throw invalid(at, `${term.description} at gateway ${gateway.gatewayName}`,
    'callers outside the mesh have no service account and no namespace. Identify them by their token, and callers inside the mesh at the workloads');
}

/** The endpoints of a rollout behind the gateway. */
function endpointsBehind(at: IConstruct, index: number, rollout: IRollout, gateway: IGateway): EndpointPlan[] {
  const plan = (rollout as Partial<IRollout> | null | undefined)?.plan;
  if (plan === undefined) throw invalid(at, `endpoints[${index}] ${show(rollout)}`, 'expected a rollout such as a ModelRoute or a Canary. List models in models');
  const behind = plan.endpoints.filter(({ endpoint }) => endpoint.gateways.some((each) => onSamePods(each, gateway)));
  if (behind.length === 0) {
    throw invalid(at, `no endpoint of ${plan.name} is behind gateway ${gateway.gatewayName}`,
      'a policy there would never apply to its requests. Set a gateway of the rollout. Callers inside the mesh are restricted at the workloads');
  }
  return behind;
}

type OpenHosts = (denied: DeniedRequests) => string[];

/** Denies by path and by header, since callers choose both. */
function denials(calls: ProtectedCalls, allow: readonly Caller[], notPorts: number[], openHosts: OpenHosts): AuthorizationRule[] {
  const others = allExcept(allow);
  const groups = calls.all.map((group) => ({ ...group, operation: { ...hostsOf(group, openHosts), notPorts } }));
  const byPath = groups.filter(({ paths }) => paths.size > 0).map(({ operation, paths }) => ({ ...operation, paths: [...paths] }));
  const byHeader = groups.flatMap(({ operation, headers, headerSets }) => [
    ...[...headers].map(([name, values]) => ({ operation, conditions: [{ key: `request.headers[${name}]`, values: [...values] }] })),
    ...[...headerSets.values()].map((set) => ({
      operation, conditions: Object.entries(set).map(([name, value]) => ({ key: `request.headers[${name}]`, values: [value] })),
    })),
  ]);
  return others.flatMap(({ from, when }) => [
    ...byPath.length === 0 ? [] : [{ from, to: byPath, when: when.length === 0 ? undefined : [...when] }],
    ...byHeader.map(({ operation, conditions }) => ({ from, to: [operation], when: [...conditions, ...when] })),
  ]);
}

/** The hosts of a rule. Callers can add a port to each of them. */
function hostsOf(denied: DeniedRequests, openHosts: OpenHosts): Pick<AuthorizationOperation, 'hosts' | 'notHosts'> {
  const hosts = listableHosts(denied)?.flatMap((host) => [host, `${host}:*`]);
  const notHosts = openHosts(denied);
  return { hosts, notHosts: notHosts.length === 0 ? undefined : notHosts };
}
