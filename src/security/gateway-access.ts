import { IConstruct } from 'constructs';
import { AuthorizationRule } from './authorization-rule';
import { closedWith } from './backend-reach';
import { allBut, Caller, CallerKind } from './caller';
import { endpointKey, GatewayDoorChecks } from './gateway-door-checks';
import { GatewayPods, gatewayPods, podsKey } from './gateway-pods';
import { ProtectedCalls } from './protected-calls';
import { ManifestProps } from '../mesh/manifest-props';
import { Warnings } from '../mesh/warnings';
import { IBackend } from '../plan/backend';
import { checkPort } from '../plan/checks';
import { invalid, show } from '../plan/errors';
import { IGateway } from '../plan/gateway-ref';
import { EndpointPlan, IRollout } from '../plan/plan';
import { checkFlag, checkList, targetOf } from '../plan/shapes';

/** Who may call models through a gateway. */
export interface GatewayAccessProps extends ManifestProps {
  /** The gateway. The policy stands in the namespace of its pods. */
  readonly gateway: IGateway;

  /** Who may call: those whom one of these describes, by what is in their token. */
  readonly allow: Caller[];

  /**
   * Rollouts whose endpoints behind this gateway are for these callers only.
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
   * Accepts that models of these endpoints are for other callers by other policies of the gateway, such as those of an endpoint of
   * their own.
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

/**
 * The rules that deny everybody else the endpoints and models of a policy.
 *
 * @internal
 */
export function gatewayRules(at: IConstruct, props: GatewayAccessProps): GatewayPods & { readonly rules: AuthorizationRule[] } {
  const { gateway, allow, endpoints = [], models = [], tcpPorts = [] } = props;
  const pods = gatewayPods(at, gateway, props);
  for (const caller of allow) refuseUnknown(at, caller, gateway);
  checkList(at, 'endpoints', endpoints, 'rollouts');
  checkList(at, 'models', models, 'backends');
  if (endpoints.length === 0 && models.length === 0) throw invalid(at, 'neither endpoints nor models', 'name what is for these callers only');
  if (props.tcpPorts !== undefined) checkList(at, 'tcpPorts', tcpPorts, 'ports');
  for (const port of tcpPorts) checkPort(at, 'tcp port', port);

  const calls = new ProtectedCalls(at);
  const closed = new Set<string>();
  const covered = new Set<string>();
  for (const [i, rollout] of endpoints.entries()) {
    for (const plan of endpointsBehind(at, i, rollout, gateway)) {
      calls.addEndpoint(rollout.plan, plan);
      const name = endpointKey(rollout.plan, plan);
      const other = GatewayDoorChecks.of(at).guardOf(name, gateway);
      if (other !== undefined) {
        throw invalid(at, `endpoint "${plan.endpoint.name}" of ${rollout.plan.name} has callers by ${other.at.node.path} already`,
          'a call would have to be of both, so name all callers in one policy, or what must hold of each by Caller.allOf');
      }
      covered.add(name);
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
  checkFlag(at, 'sharesModels', undefined, props.sharesModels);
  GatewayDoorChecks.of(at).add({
    at, gateway, selector: pods.selector, tcpPorts: props.tcpPorts, calls, closed, covered, callers: allow, sharesModels: props.sharesModels ?? false,
  });
  return { ...pods, rules: denials(calls, allow, [STATUS_PORT, ...tcpPorts]) };
}

function refuseUnknown(at: IConstruct, caller: Caller, gateway: IGateway): void {
  const term = caller._terms.find(({ kind }) => kind !== CallerKind.TOKEN);
  if (term === undefined) return;
  throw invalid(at, `${term.description} at gateway ${gateway.gatewayName}`,
    'callers from outside have no service account and no namespace there: describe them by their token, and callers inside the mesh at the workloads');
}

/** The endpoints of a rollout that callers reach through the gateway. */
function endpointsBehind(at: IConstruct, index: number, rollout: IRollout, gateway: IGateway): EndpointPlan[] {
  const plan = (rollout as Partial<IRollout> | null | undefined)?.plan;
  if (plan === undefined) throw invalid(at, `endpoints[${index}] ${show(rollout)}`, 'expected a rollout such as a ModelRoute or a Canary; name models in models');
  const behind = plan.endpoints.filter(({ endpoint }) => endpoint.gateways.some((each) => samePods(each, gateway)));
  if (behind.length === 0) {
    throw invalid(at, `no endpoint of ${plan.name} is behind gateway ${gateway.gatewayName}`,
      'a policy there would never see its requests: name a gateway of the rollout; who may call inside the mesh is said at the workloads');
  }
  return behind;
}

/** Gateways of the same pods are one place for policies. */
function samePods(a: IGateway, b: IGateway): boolean {
  if (a.gatewaySelector !== undefined && b.gatewaySelector !== undefined) return podsKey(a.gatewaySelector) === podsKey(b.gatewaySelector);
  return a.gatewayName === b.gatewayName && a.gatewayNamespace === b.gatewayNamespace;
}

/** By path and by header, since callers choose both. */
function denials(calls: ProtectedCalls, allow: readonly Caller[], notPorts: number[]): AuthorizationRule[] {
  const others = allBut(allow);
  const groups = calls.all;
  const byPath = groups.filter(({ paths }) => paths.size > 0).map(({ hosts, paths }) => ({ hosts, paths: [...paths], notPorts }));
  const byHeader = groups.flatMap(({ hosts, headers, headerSets }) => [
    ...[...headers].map(([name, values]) => ({ hosts, conditions: [{ key: `request.headers[${name}]`, values: [...values] }] })),
    ...[...headerSets.values()].map((set) => ({
      hosts, conditions: Object.entries(set).map(([name, value]) => ({ key: `request.headers[${name}]`, values: [value] })),
    })),
  ]);
  return others.flatMap(({ from, when = [] }) => [
    ...byPath.length === 0 ? [] : [{ from, to: byPath, when: when.length === 0 ? undefined : when }],
    ...byHeader.map(({ hosts, conditions }) => ({ from, to: [{ hosts, notPorts }], when: [...conditions, ...when] })),
  ]);
}
