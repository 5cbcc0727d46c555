import { IConstruct } from 'constructs';
import { closedWith } from './backend-reach';
import { namedHosts } from './blocked-endpoints';
import { allExcept, Caller, CallerKind } from './caller';
import { DeniedRequests } from './denied-requests';
import { GatewayPods, gatewayPods } from '../gateway-pods';
import { onSamePods } from './gateway-policy';
import { ProtectedCalls } from './protected-calls';
import { UnprotectedEndpoints } from './unprotected-endpoints';
import { ManifestProps } from '../../mesh/manifest-props';
import { Warnings } from '../../mesh/warnings';
import { IBackend } from '../../plan/backend';
import { checkPort } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkList } from '../../plan/checks/type-checks';
import { IGateway } from '../../plan/gateway-ref';
import { targetOf } from '../../plan/part-checks';
import { EndpointPlan, IRollout } from '../../plan/plan';
import { AuthorizationOperation, AuthorizationRule } from '../authorization/authorization-rule';

/** Who may call models through a gateway. */
export interface GatewayAccessProps extends ManifestProps {
  /** The gateway. The policy stands in the namespace of its pods. */
  readonly gateway: IGateway;

  /** Who may call: those whom one of these describes, by what is in their token. */
  readonly allow: Caller[];

  /**
   * Rollouts whose endpoints behind this gateway are for these callers only. For hosts with a wildcard, other endpoints of the same
   * paths on hosts of their own stay open for those who name no port in `Host`, or 80, 443 or one of their gateway.
   *
   * @default - none: the models are named
   */
  readonly endpoints?: IRollout[];

  /**
   * Models, pipelines, experiments and predictors that are for these callers only under their own names, on all hosts of the gateway,
   * whoever routes to them.
   *
   * @default - none: the endpoints are named
   */
  readonly models?: IBackend[];

  /**
   * Allows other policies of the gateway to open the models of this one to other callers, through endpoints that these policies are
   * for. Only the policy whose models are shared can allow it: the same field in the other policies does not.
   *
   * @default false
   */
  readonly sharesModels?: boolean;

  /**
   * Ports of the gateway's pods that pass bytes on, 1 to 65535. Istio denies everything there that a rule about requests could not
   * look at, so such ports must be named.
   *
   * @default - none
   */
  readonly tcpPorts?: number[];
}

/** The port where the pods of a gateway tell that they are ready: no Gateway can have it. */
const STATUS_PORT = 15021;

/** Rules of a policy at a gateway. @internal */
export interface GatewayRules {
  /** The rules, as far as the policy alone tells. */
  readonly rules: AuthorizationRule[];
  /** The rules once all endpoints are known: they leave out hosts that others have for themselves. */
  readonly finalRules: () => AuthorizationRule[];
}

/**
 * The rules that deny everybody else the endpoints and models of a policy.
 *
 * @internal
 */
export function gatewayRules(at: IConstruct, props: GatewayAccessProps): GatewayPods & GatewayRules {
  const { gateway, allow, endpoints = [], models = [], tcpPorts = [] } = props;
  const pods = gatewayPods(at, gateway, props);
  for (const caller of allow) checkKnown(at, caller, gateway);
  checkList(at, 'endpoints', endpoints, 'rollouts');
  checkList(at, 'models', models, 'backends');
  if (endpoints.length === 0 && models.length === 0) throw invalid(at, 'neither endpoints nor models', 'name what is for these callers only');
  if (props.tcpPorts !== undefined) checkList(at, 'tcpPorts', tcpPorts, 'ports');
  for (const port of tcpPorts) checkPort(at, 'tcp port', port);

  const calls = new ProtectedCalls(at);
  const closed = new Set<string>();
  const covered = new Set<EndpointPlan>();
  for (const [i, rollout] of endpoints.entries()) {
    for (const plan of endpointsBehind(at, i, rollout, gateway)) {
      calls.addEndpoint(rollout.plan, plan);
      const other = UnprotectedEndpoints.of(at).policyOf(plan, gateway);
      if (other !== undefined) {
        throw invalid(at, `endpoint "${plan.endpoint.name}" of ${rollout.plan.name} has callers by ${pathOf(other.at)} already`,
          'a call would have to be of both, so name all callers in one policy, or what must hold of each by Caller.allOf');
      }
      covered.add(plan);
      if (plan.policy?.cors !== undefined) {
        Warnings._add(at, `cors of endpoint "${plan.endpoint.name}", which this policy closes`,
          'browsers send no token with a preflight, so it is answered 403 and they call nothing: let pages and models share an origin');
      }
      for (const { backend, requestHeaders } of plan.arms) for (const key of closedWith(at, backend.target(at), requestHeaders)) closed.add(key);
    }
  }
  models.forEach((model, i) => {
    const target = targetOf(at, `models[${i}]`, model);
    calls.addBackend(target);
    for (const key of closedWith(at, target)) closed.add(key);
  });
  UnprotectedEndpoints.of(at).add({
    at, gateway, selector: pods.selector, tcpPorts: props.tcpPorts, calls, closed, covered, callers: allow, sharesModels: props.sharesModels ?? false,
  });
  const ports = [STATUS_PORT, ...tcpPorts];
  return {
    ...pods,
    rules: denials(calls, allow, ports, () => []),
    finalRules: () => denials(calls, allow, ports, (group) => UnprotectedEndpoints.of(at).openHosts(group, gateway)),
  };
}

function checkKnown(at: IConstruct, caller: Caller, gateway: IGateway): void {
  const term = caller._terms.find(({ kind }) => kind !== CallerKind.TOKEN);
  if (term === undefined) return;
  throw invalid(at, `${term.description} at gateway ${gateway.gatewayName}`,
    'callers from outside have no service account and no namespace there: describe them by their token, and callers inside the mesh at the workloads');
}

/** The endpoints of a rollout that callers reach through the gateway. */
function endpointsBehind(at: IConstruct, index: number, rollout: IRollout, gateway: IGateway): EndpointPlan[] {
  const plan = (rollout as Partial<IRollout> | null | undefined)?.plan;
  if (plan === undefined) throw invalid(at, `endpoints[${index}] ${show(rollout)}`, 'expected a rollout such as a ModelRoute or a Canary; name models in models');
  const behind = plan.endpoints.filter(({ endpoint }) => endpoint.gateways.some((each) => onSamePods(each, gateway)));
  if (behind.length === 0) {
    throw invalid(at, `no endpoint of ${plan.name} is behind gateway ${gateway.gatewayName}`,
      'a policy there would never see its requests: name a gateway of the rollout; who may call inside the mesh is said at the workloads');
  }
  return behind;
}

type OpenHosts = (denied: DeniedRequests) => string[];

/** By path and by header, since callers choose both. */
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
  return others.flatMap(({ from, when = [] }) => [
    ...byPath.length === 0 ? [] : [{ from, to: byPath, when: when.length === 0 ? undefined : when }],
    ...byHeader.map(({ operation, conditions }) => ({ from, to: [operation], when: [...conditions, ...when] })),
  ]);
}

/** The hosts of a rule: a caller may add a port to each. */
function hostsOf(denied: DeniedRequests, openHosts: OpenHosts): Pick<AuthorizationOperation, 'hosts' | 'notHosts'> {
  const hosts = namedHosts(denied)?.flatMap((host) => [host, `${host}:*`]);
  const notHosts = openHosts(denied);
  return { hosts, notHosts: notHosts.length === 0 ? undefined : notHosts };
}
