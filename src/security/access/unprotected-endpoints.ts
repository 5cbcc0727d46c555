import { IConstruct } from 'constructs';
import { bypassedEnvoy, reachOf } from './backend-reach';
import { findBlockedEndpoints, isExcluded, namedHosts } from './blocked-endpoints';
import { deniedOf, deniesAll, DeniedRequests, policyPath, requestsOf } from './denied-requests';
import { GatewayPolicy, isAt, onSamePods, selectsAllPods, within } from './gateway-policy';
import { RoutedEndpoints, RoutedEndpoint } from '../../istio/virtual-service/routed-endpoints';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { inSentences, pathOf } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent, groupBy, groupByEach } from '../../plan/groups';
import { EndpointPlan } from '../../plan/plan';
import { PodSelectors } from '../../plan/pod-selectors';
import { SeldonDeployments } from '../../seldon/core1/registry';
import { WrittenGateway, WrittenServer, writtenGateways } from '../written-gateways';

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
export class UnprotectedEndpoints {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): UnprotectedEndpoints {
    return Mesh.of(construct)._part('gateway-door-checks', (scope) => new UnprotectedEndpoints(scope));
  }

  private readonly policies: GatewayPolicy[] = [];
  private readonly byEndpoint = new Map<EndpointPlan, GatewayPolicy[]>();

  private constructor(private readonly scope: IConstruct) {
    reportFindings(scope, () => [...this.findUnprotected(), ...this.findBlocked(), ...this.findWrongPorts()]);
  }

  /** Adds a policy. */
  public add(policy: GatewayPolicy): void {
    this.policies.push(policy);
    for (const endpoint of policy.covered) computeIfAbsent(this.byEndpoint, endpoint, () => []).push(policy);
  }

  /** The policy that is for an endpoint at a gateway. */
  public policyOf(endpoint: EndpointPlan, gateway: IGateway): GatewayPolicy | undefined {
    return this.byEndpoint.get(endpoint)?.find((policy) => isAt(policy, gateway));
  }

  /**
   * Hosts of other endpoints that rules for all hosts would deny, with the ports that callers may add. Ports are named one by one:
   * of a host such as `h:.b.test:80`, which begins with `h:`, Envoy looks for `h:.b.test`.
   */
  public openHosts(denied: DeniedRequests, gateway: IGateway): string[] {
    if (denied.hosts === undefined || namedHosts(denied) !== undefined) return [];
    const hosts = new Map<string, Set<number>>();
    for (const { endpoint, routesGrpc } of RoutedEndpoints.of(this.scope).endpoints) {
      const behind = endpoint.endpoint.gateways.filter((each) => onSamePods(each, gateway));
      const excluded = endpoint.endpoint.hosts.map((host) => host.toLowerCase()).filter((host) => isExcluded(denied, host));
      if (behind.length === 0 || excluded.length === 0 || deniedOf(denied, requestsOf(endpoint, routesGrpc)) === undefined) continue;
      const ports = behind.flatMap(({ gatewayListeners = [] }) => gatewayListeners.map(({ port }) => port));
      for (const host of excluded) hosts.set(host, new Set([...hosts.get(host) ?? WELL_KNOWN, ...ports]));
    }
    return [...hosts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([host, ports]) => [host, ...[...ports].sort((a, b) => a - b).map((port) => `${host}:${port}`)]);
  }

  private findUnprotected(): Finding[] {
    if (this.policies.length === 0) return [];
    const closed = groupByEach(this.policies, (policy) => policy.closed);
    const services = new Map(this.policies.flatMap((policy) => [...policy.closed].map((key) => [key.split('\n')[0], policy] as const)));
    const denying = groupByEach(this.policies, ({ calls }) => new Set(calls.paths));
    const endpoints = [...RoutedEndpoints.of(this.scope).endpoints, ...this.operatorEndpoints()];
    return endpoints.flatMap(({ at, description, endpoint, routesGrpc, external }) => {
      const { gateways, paths } = endpoint.endpoint;
      if (gateways.length === 0) return [];
      const requests = requestsOf(endpoint, routesGrpc);
      // Who denies all of its calls denies those of its first path.
      const candidates = paths.length === 0 ? this.policies : denying.get(policyPath(paths[0])) ?? [];
      const policies = candidates.filter(({ calls }) => deniesAll(calls.all, requests));
      const protection = gateways.map((gateway) => ({ gateway, policies: policies.filter((each) => selectsAllPods(each, gateway)) }));
      const candidate = { description, endpoint, protection: protection, closed, services, external: external !== undefined };
      return findUnprotectedBackends(this.scope, candidate).map((text) => ({ at, text }));
    });
  }

  /** Routes that the operator writes unasked, at gateways with policies: of other gateways it is not known whether callers get there. */
  private operatorEndpoints(): RoutedEndpoint[] {
    return SeldonDeployments.of(this.scope).operatorEndpoints
      .filter(({ endpoint: { endpoint } }) => endpoint.gateways.some((gateway) => this.policies.some((policy) => isAt(policy, gateway))))
      .map((routed) => ({ ...routed, external: { description: routed.description } }));
  }

  private findBlocked(): Finding[] {
    return findBlockedEndpoints(this.scope, this.policies, RoutedEndpoints.of(this.scope).endpoints);
  }

  /** On ports without requests Istio takes a rule about them for one about everything; and ports that are left out take no rule. */
  private findWrongPorts(): Finding[] {
    if (this.policies.length === 0) return [];
    const selectors = new PodSelectors();
    const byPods = groupBy(this.policies, ({ selector }) => selectors.add(selector));
    return writtenGateways(this.scope).flatMap((gateway) => {
      const policies = selectors.samePodsAs(selectors.add(gateway.selector)).flatMap((pods) => byPods.get(pods) ?? []);
      return portProblems(gateway, policies);
    });
  }
}

/** An endpoint, and the policies that may be for it. */
interface Candidate {
  readonly description: string;
  readonly endpoint: EndpointPlan;
  /** Whether somebody else writes its route. */
  readonly external: boolean;
  /** Its gateways, each with the policies for it there. */
  readonly protection: readonly { readonly gateway: IGateway; readonly policies: readonly GatewayPolicy[] }[];
  /** Policies by what they close. */
  readonly closed: ReadonlyMap<string, readonly GatewayPolicy[]>;
  /** Some policy for a model behind a Service. */
  readonly services: ReadonlyMap<string, GatewayPolicy>;
}

const EXTERNAL_REMEDY = 'name the predictor or the explainer that it leads to in models of a ModelAccessPolicy.atGateway, such as deployment.explainer("main")';

/** Why an endpoint lets callers have what they should not. */
function findUnprotectedBackends(at: IConstruct, { description, endpoint: { arms }, protection, closed, services, external }: Candidate): string[] {
  const open = protection.find(({ policies }) => policies.length === 0)?.gateway;
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
      const policies = closed.get(key) ?? [];
      if (policies.length === 0) continue;
      const what = by === undefined ? target.description : `${target.description}, where ${key.slice(key.indexOf('\n') + 1)} answers for ${by},`;
      if (open !== undefined) {
        return [`${description} leads to ${what} through gateway ${open.gatewayName}, and ${pathOf(policies[policies.length - 1].at)} says who may call that: `
          + `nothing says it for this endpoint there, so ${external ? EXTERNAL_REMEDY : 'give it to a ModelAccessPolicy.atGateway as well'}`];
      }
      for (const gateway of protection) {
        const strict = policies.find((policy) => !policy.sharesModels && isAt(policy, gateway.gateway)
          && !gateway.policies.some((each) => within(each, policy)));
        if (strict === undefined) continue;
        const lax = pathOf(gateway.policies[0].at);
        return [inSentences(`${description} leads to ${what} through gateway ${gateway.gateway.gatewayName} for callers of ${lax}, and ${pathOf(strict.at)} `
          + `allows only callers with ${strict.callers.join(' or ')}`, `give both policies the same callers, or set sharesModels: true in ${pathOf(strict.at)}`)];
      }
    }
  }
  return [];
}

/** Where the pods of usual gateways listen for ports that only root may have. */
const MAPPED: { readonly [port: number]: number } = { 80: 8080, 443: 8443 };

function portProblems({ at: gateway, servers }: WrittenGateway, policies: readonly GatewayPolicy[]): Finding[] {
  const passesBytes = ({ port, tls }: WrittenServer): boolean => BYTES.has(port.protocol) || PASSING.has(tls?.mode ?? '');
  const ofBytes = servers.find(passesBytes);
  const ofRequests = servers.filter((server) => !passesBytes(server)).flatMap(({ port }) => [port.number, MAPPED[port.number], port.targetPort]);
  return policies.flatMap(({ at, tcpPorts }) => {
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
