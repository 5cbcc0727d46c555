import { IConstruct } from 'constructs';
import { bypassedEnvoy, reachOf } from './backend-reach';
import { deniedOf, deniesAll, DeniedRequests, policyPath, requestsOf } from './denied-requests';
import { GatewayGuard, isAt, onSamePods, selectsAllPods, within } from './gateway-policy';
import { findLockOuts, isExcluded, namedHosts } from './blocked-endpoints';
import { WrittenGateway, WrittenServer, writtenGateways } from './written-gateways';
import { EndpointClaims, RoutedEndpoint } from '../../istio/virtual-service/routed-endpoints';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { pathOf } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent, groupBy, groupByEach } from '../../plan/groups';
import { EndpointPlan } from '../../plan/plan';
import { PodSelectors } from '../../plan/pod-selectors';
import { SeldonDeployments } from '../../seldon/core1/registry';

/** Ports that callers may add to a host whatever the gateway listens on. */
const WELL_KNOWN = [80, 443];

/** Protocols of servers that pass bytes on. */
const BYTES = new Set(['TCP', 'TLS', 'MONGO', 'MYSQL', 'REDIS']);
const PASSING = new Set(['PASSTHROUGH', 'AUTO_PASSTHROUGH']);

/**
 * The policies at the gateways of a mesh: a model that one of them closes must have no other way in, and servers beside HTTP must not
 * be closed by the way.
 *
 * @internal
 */
export class GatewayDoorChecks {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): GatewayDoorChecks {
    return Mesh.of(construct)._part('gateway-door-checks', (scope) => new GatewayDoorChecks(scope));
  }

  private readonly guards: GatewayGuard[] = [];
  private readonly byEndpoint = new Map<EndpointPlan, GatewayGuard[]>();

  private constructor(private readonly scope: IConstruct) {
    reportFindings(scope, () => [...this.findOtherDoors(), ...this.findLockOuts(), ...this.findWrongPorts()]);
  }

  /** Adds a policy. */
  public add(guard: GatewayGuard): void {
    this.guards.push(guard);
    for (const endpoint of guard.covered) computeIfAbsent(this.byEndpoint, endpoint, () => []).push(guard);
  }

  /** The policy that is for an endpoint at a gateway. */
  public guardOf(endpoint: EndpointPlan, gateway: IGateway): GatewayGuard | undefined {
    return this.byEndpoint.get(endpoint)?.find((guard) => isAt(guard, gateway));
  }

  /**
   * Hosts of other endpoints that rules for all hosts would deny, with the ports that callers may add. Ports are named one by one:
   * of a host such as `h:.b.test:80`, which begins with `h:`, Envoy looks for `h:.b.test`.
   */
  public openHosts(denied: DeniedRequests, gateway: IGateway): string[] {
    if (denied.hosts === undefined || namedHosts(denied) !== undefined) return [];
    const hosts = new Map<string, Set<number>>();
    for (const { endpoint, takesGrpc } of EndpointClaims.of(this.scope).endpoints) {
      const behind = endpoint.endpoint.gateways.filter((each) => onSamePods(each, gateway));
      const excluded = endpoint.endpoint.hosts.map((host) => host.toLowerCase()).filter((host) => isExcluded(denied, host));
      if (behind.length === 0 || excluded.length === 0 || deniedOf(denied, requestsOf(endpoint, takesGrpc)) === undefined) continue;
      const ports = behind.flatMap(({ gatewayListeners = [] }) => gatewayListeners.map(({ port }) => port));
      for (const host of excluded) hosts.set(host, new Set([...hosts.get(host) ?? WELL_KNOWN, ...ports]));
    }
    return [...hosts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([host, ports]) => [host, ...[...ports].sort((a, b) => a - b).map((port) => `${host}:${port}`)]);
  }

  private findOtherDoors(): Finding[] {
    if (this.guards.length === 0) return [];
    const closed = groupByEach(this.guards, (guard) => guard.closed);
    const services = new Map(this.guards.flatMap((guard) => [...guard.closed].map((key) => [key.split('\n')[0], guard] as const)));
    const denying = groupByEach(this.guards, ({ calls }) => new Set(calls.paths));
    return [...EndpointClaims.of(this.scope).endpoints, ...this.operatorEndpoints()].flatMap(({ at, description, endpoint, takesGrpc, foreign }) => {
      const { gateways, paths } = endpoint.endpoint;
      if (gateways.length === 0) return [];
      const requests = requestsOf(endpoint, takesGrpc);
      // Who denies all of its calls denies those of its first path.
      const candidates = paths.length === 0 ? this.guards : denying.get(policyPath(paths[0])) ?? [];
      const guards = candidates.filter(({ calls }) => deniesAll(calls.all, requests));
      const doors = gateways.map((gateway) => ({ gateway, guards: guards.filter((each) => selectsAllPods(each, gateway)) }));
      const candidate = { description, endpoint, doors, closed, services, foreign: foreign !== undefined };
      return findDoor(this.scope, candidate).map((text) => ({ at, text }));
    });
  }

  /** Routes that the operator writes unasked, at gateways with policies: of other gateways it is not known whether callers get there. */
  private operatorEndpoints(): RoutedEndpoint[] {
    return SeldonDeployments.of(this.scope).operatorEndpoints
      .filter(({ endpoint: { endpoint } }) => endpoint.gateways.some((gateway) => this.guards.some((guard) => isAt(guard, gateway))))
      .map((routed) => ({ ...routed, foreign: { description: routed.description } }));
  }

  private findLockOuts(): Finding[] {
    return findLockOuts(this.scope, this.guards, EndpointClaims.of(this.scope).endpoints);
  }

  /** On ports without requests Istio takes a rule about them for one about everything; and ports that are left out take no rule. */
  private findWrongPorts(): Finding[] {
    if (this.guards.length === 0) return [];
    const selectors = new PodSelectors();
    const byPods = groupBy(this.guards, ({ selector }) => selectors.add(selector));
    return writtenGateways(this.scope).flatMap((gateway) => {
      const guards = selectors.samePodsAs(selectors.add(gateway.selector)).flatMap((pods) => byPods.get(pods) ?? []);
      return portProblems(gateway, guards);
    });
  }
}

/** An endpoint, and the policies that may be for it. */
interface Candidate {
  readonly description: string;
  readonly endpoint: EndpointPlan;
  /** Whether somebody else writes its route. */
  readonly foreign: boolean;
  /** Its gateways, each with the policies for it there. */
  readonly doors: readonly { readonly gateway: IGateway; readonly guards: readonly GatewayGuard[] }[];
  /** Policies by what they close. */
  readonly closed: ReadonlyMap<string, readonly GatewayGuard[]>;
  /** Some policy for a model behind a Service. */
  readonly services: ReadonlyMap<string, GatewayGuard>;
}

const FOREIGN_REMEDY = 'name the predictor or the explainer that it leads to in models of a ModelAccessPolicy.atGateway, such as deployment.explainer("main")';

/** Why an endpoint lets callers have what they should not. */
function findDoor(at: IConstruct, { description, endpoint: { arms }, doors, closed, services, foreign }: Candidate): string[] {
  const open = doors.find(({ guards }) => guards.length === 0)?.gateway;
  for (const { backend, requestHeaders } of arms) {
    const target = backend.target(at);
    const bypassed = services.get(bypassedEnvoy(at, target) ?? '');
    if (bypassed !== undefined && open !== undefined) {
      Warnings._add(bypassed.at,
        `${description} leads to ${target.description} through gateway ${open.gatewayName}, a model server that answers for all models that it has loaded`,
        'callers may bypass this policy there: route to the Model, Pipeline or Experiment, or add the endpoint to the endpoints of a policy');
    }
    const { backends, allOf } = reachOf(at, target, requestHeaders);
    const chosen = allOf === undefined ? undefined : services.get(allOf);
    if (chosen !== undefined && open !== undefined) {
      return [`${description} leads to ${target.description} through gateway ${open.gatewayName} and sets no header seldon-model there, `
        + `so callers choose among all models, and ${pathOf(chosen.at)} says who may call one of them: `
        + 'route to a Model, Pipeline or Experiment, or give requestHeaders'];
    }
    for (const { key, by } of backends) {
      const guards = closed.get(key) ?? [];
      if (guards.length === 0) continue;
      const what = by === undefined ? target.description : `${target.description}, where ${key.slice(key.indexOf('\n') + 1)} answers for ${by},`;
      if (open !== undefined) {
        return [`${description} leads to ${what} through gateway ${open.gatewayName}, and ${pathOf(guards[guards.length - 1].at)} says who may call that: `
          + `nothing says it for this endpoint there, so ${foreign ? FOREIGN_REMEDY : 'give it to a ModelAccessPolicy.atGateway as well'}`];
      }
      for (const door of doors) {
        const strict = guards.find((guard) => !guard.sharesModels && isAt(guard, door.gateway)
          && !door.guards.some((each) => each.sharesModels || within(each, guard)));
        if (strict === undefined) continue;
        const lax = pathOf(door.guards[0].at);
        return [`${description} leads to ${what} through gateway ${door.gateway.gatewayName} for callers of ${lax}, and ${pathOf(strict.at)} lets none but `
          + `${strict.callers.join(' or ')} call that: give both the same callers, or say sharesModels: true in one of them`];
      }
    }
  }
  return [];
}

/** Where the pods of usual gateways listen for ports that only root may have. */
const MAPPED: { readonly [port: number]: number } = { 80: 8080, 443: 8443 };

function portProblems({ at: gateway, servers }: WrittenGateway, guards: readonly GatewayGuard[]): Finding[] {
  const passesBytes = ({ port, tls }: WrittenServer): boolean => BYTES.has(port.protocol) || PASSING.has(tls?.mode ?? '');
  const ofBytes = servers.find(passesBytes);
  const ofRequests = servers.filter((server) => !passesBytes(server)).flatMap(({ port }) => [port.number, MAPPED[port.number], port.targetPort]);
  return guards.flatMap(({ at, tcpPorts }) => {
    const open = tcpPorts?.find((port) => ofRequests.includes(port));
    if (open !== undefined) {
      const text = `${pathOf(at)} denies nothing at tcp port ${open}, where Gateway ${pathOf(gateway)} takes requests: everybody could call the models there, `
        + 'so name in tcpPorts only ports that pass bytes on';
      return [{ at, text }];
    }
    if (tcpPorts !== undefined || ofBytes === undefined) return [];
    const text = `${pathOf(at)} is for the pods of Gateway ${pathOf(gateway)}, which passes bytes on at port ${ofBytes.port.number}: `
      + 'Istio would deny everything there, so name the port that the pods listen on in tcpPorts';
    return [{ at, text }];
  });
}
