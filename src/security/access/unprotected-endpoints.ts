import { IConstruct } from 'constructs';
import { bypassedEnvoy, reachOf } from './backend-reach';
import { findBlockedEndpoints, isExcluded, listableHosts } from './blocked-endpoints';
import { deniedOf, deniesAll, DeniedRequests, policyPath, requestsOf } from './denied-requests';
import { GatewayPolicy, isAt, onSamePods, selectsAllPods, within } from './gateway-policy';
import { RoutedEndpoints, RoutedEndpoint } from '../../istio/virtual-service/routed-endpoints';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { reachedTarget } from '../../plan/bind';
import { inSentences, pathOf } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent, groupBy, groupByEach } from '../../plan/groups';
import { EndpointPlan } from '../../plan/plan';
import { PodSelectors } from '../../plan/pod-selectors';
import { byText } from '../../plan/text-order';
import { SeldonDeployments } from '../../seldon/core1/seldon-deployments';
import { WrittenGateway, WrittenServer, writtenGateways } from '../written-gateways';

/** Ports that callers can add to a host regardless of the gateway's listeners. */
const WELL_KNOWN = [80, 443];

/** Protocols of servers without HTTP routing. */
const TCP_PROTOCOLS = new Set(['TCP', 'TLS', 'MONGO', 'MYSQL', 'REDIS']);
const PASSTHROUGH = new Set(['PASSTHROUGH', 'AUTO_PASSTHROUGH']);

/**
 * Checks the policies at the gateways of a mesh: a model that one of them restricts must not be reachable through an unprotected endpoint,
 * and TCP servers must not be denied unintentionally.
 *
 * @internal
 */
export class UnprotectedEndpoints {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): UnprotectedEndpoints {
    return Mesh.of(construct)._part('unprotected-endpoints', (scope) => new UnprotectedEndpoints(scope));
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

  /** The policy for an endpoint at a gateway. */
  public policyOf(endpoint: EndpointPlan, gateway: IGateway): GatewayPolicy | undefined {
    return this.byEndpoint.get(endpoint)?.find((policy) => isAt(policy, gateway));
  }

  /**
   * Hosts of other endpoints that rules for all hosts would deny, with the ports that callers can add. Ports are listed one by one, since
   * `h:*` would also match `h:.b.test:80`, for which Envoy uses the host `h:.b.test`.
   */
  public openHosts(denied: DeniedRequests, gateway: IGateway): string[] {
    if (denied.hosts === undefined || listableHosts(denied) !== undefined) return [];
    const hosts = new Map<string, Set<number>>();
    for (const { endpoint, routesGrpc } of RoutedEndpoints.of(this.scope).endpoints) {
      const behind = endpoint.endpoint.gateways.filter((each) => onSamePods(each, gateway));
      const excluded = endpoint.endpoint.hosts.map((host) => host.toLowerCase()).filter((host) => isExcluded(denied, host));
      if (behind.length === 0 || excluded.length === 0 || deniedOf(denied, requestsOf(endpoint, routesGrpc)) === undefined) continue;
      const ports = behind.flatMap(({ gatewayListeners = [] }) => gatewayListeners.map(({ port }) => port));
      for (const host of excluded) hosts.set(host, new Set([...hosts.get(host) ?? WELL_KNOWN, ...ports]));
    }
    return [...hosts].sort(([a], [b]) => byText(a, b)).flatMap(([host, ports]) => [host, ...[...ports].sort((a, b) => a - b).map((port) => `${host}:${port}`)]);
  }

  private findUnprotected(): Finding[] {
    if (this.policies.length === 0) return [];
    const restricted = groupByEach(this.policies, (policy) => policy.restricted);
    const services = new Map(this.policies.flatMap((policy) => [...policy.restricted].map((key) => [key.split('\n')[0], policy] as const)));
    const denying = groupByEach(this.policies, ({ calls }) => new Set(calls.paths));
    const endpoints = [...RoutedEndpoints.of(this.scope).endpoints, ...this.operatorEndpoints()];
    return endpoints.flatMap(({ at, description, endpoint, routesGrpc, external }) => {
      const { gateways, paths } = endpoint.endpoint;
      if (gateways.length === 0) return [];
      const requests = requestsOf(endpoint, routesGrpc);
      // A policy that denies all its requests denies those of its first path.
      const candidates = paths.length === 0 ? this.policies : denying.get(policyPath(paths[0])) ?? [];
      const policies = candidates.filter(({ calls }) => deniesAll(calls.all, requests));
      const protection = gateways.map((gateway) => ({ gateway, policies: policies.filter((each) => selectsAllPods(each, gateway)) }));
      const candidate = { description, endpoint, protection: protection, restricted, services, external: external !== undefined };
      return findUnprotectedBackends(this.scope, candidate).map((text) => ({ at, text }));
    });
  }

  /** Routes that the operator writes by default, at gateways with policies. Whether callers can reach other gateways is not known. */
  private operatorEndpoints(): RoutedEndpoint[] {
    return SeldonDeployments.of(this.scope).operatorEndpoints
      .filter(({ endpoint: { endpoint } }) => endpoint.gateways.some((gateway) => this.policies.some((policy) => isAt(policy, gateway))))
      .map((routed) => ({ ...routed, external: { description: routed.description } }));
  }

  private findBlocked(): Finding[] {
    return findBlockedEndpoints(this.scope, this.policies, RoutedEndpoints.of(this.scope).endpoints);
  }

  /** On TCP ports Istio ignores the HTTP fields of a rule and denies all connections, and rules do not apply to excluded ports. */
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

/** An endpoint, and the policies that can apply to it. */
interface Candidate {
  readonly description: string;
  readonly endpoint: EndpointPlan;
  /** Whether its route is not written by this library. */
  readonly external: boolean;
  /** Its gateways, each with the policies for it there. */
  readonly protection: readonly { readonly gateway: IGateway; readonly policies: readonly GatewayPolicy[] }[];
  /** Policies by the backends that they restrict. */
  readonly restricted: ReadonlyMap<string, readonly GatewayPolicy[]>;
  /** A policy for a model behind a Service. */
  readonly services: ReadonlyMap<string, GatewayPolicy>;
}

const EXTERNAL_REMEDY = 'add its predictor or explainer to models of a GatewayAccessPolicy, such as deployment.explainer("main")';

/** Finds restricted backends that callers can reach through an endpoint without the policy's protection. */
function findUnprotectedBackends(at: IConstruct, candidate: Candidate): string[] {
  const { description, endpoint: { arms }, protection, restricted, services, external } = candidate;
  const open = protection.find(({ policies }) => policies.length === 0)?.gateway;
  for (const arm of arms) {
    const { requestHeaders } = arm;
    const target = reachedTarget(at, arm);
    const bypassed = services.get(bypassedEnvoy(at, target) ?? '');
    if (bypassed !== undefined && open !== undefined) {
      Warnings._add(bypassed.at,
        `${description} routes to ${target.description} through gateway ${open.gatewayName}, an inference server that answers for all models that it has loaded`,
        'callers can bypass this policy there. Route to the Model, Pipeline or Experiment, or add the endpoint to the endpoints of a policy');
    }
    const { backends, allOf } = reachOf(at, target, requestHeaders);
    const chosen = allOf === undefined ? undefined : services.get(allOf);
    if (chosen !== undefined && open !== undefined) {
      return [inSentences(`${description} routes to ${target.description} through gateway ${open.gatewayName} and does not set the header seldon-model, `
        + `so callers can choose any model, and ${pathOf(chosen.at)} restricts one of them`, 'route to a Model, Pipeline or Experiment, or set requestHeaders')];
    }
    for (const { key, by } of backends) {
      const policies = restricted.get(key) ?? [];
      if (policies.length === 0) continue;
      const what = by === undefined ? target.description : `${target.description}, where ${key.slice(key.indexOf('\n') + 1)} answers for ${by},`;
      if (open !== undefined) {
        return [inSentences(`${description} routes to ${what} through gateway ${open.gatewayName} without a policy, and ${pathOf(policies[policies.length - 1].at)} `
          + 'restricts access to it', external ? EXTERNAL_REMEDY : 'add this endpoint to a GatewayAccessPolicy as well')];
      }
      for (const gateway of protection) {
        const strict = policies.find((policy) => !policy.sharesModels && isAt(policy, gateway.gateway)
          && !gateway.policies.some((each) => within(each, policy)));
        if (strict === undefined) continue;
        const lax = pathOf(gateway.policies[0].at);
        return [inSentences(`${description} routes to ${what} through gateway ${gateway.gateway.gatewayName} for callers of ${lax}, and ${pathOf(strict.at)} `
          + `allows only callers with ${strict.callers.join(' or ')}`, `give both policies the same callers, or set sharesModels: true in ${pathOf(strict.at)}`)];
      }
    }
  }
  return [];
}

/** The ports on which gateway pods listen for privileged ports of their Service. */
const TARGET_PORTS: { readonly [port: number]: number } = { 80: 8080, 443: 8443 };

function portProblems({ at: gateway, servers }: WrittenGateway, policies: readonly GatewayPolicy[]): Finding[] {
  const isTcp = ({ port, tls }: WrittenServer): boolean => TCP_PROTOCOLS.has(port.protocol) || PASSTHROUGH.has(tls?.mode ?? '');
  const tcpServer = servers.find(isTcp);
  const httpPorts = servers.filter((server) => !isTcp(server)).flatMap(({ port }) => [port.number, TARGET_PORTS[port.number], port.targetPort]);
  return policies.flatMap(({ at, tcpPorts }) => {
    const open = tcpPorts?.find((port) => httpPorts.includes(port));
    if (open !== undefined) {
      const text = inSentences(`${pathOf(at)} excludes TCP port ${open}, on which Gateway ${pathOf(gateway)} accepts HTTP requests`,
        'all callers could call the models there. List only TCP ports in tcpPorts');
      return [{ at, text }];
    }
    if (tcpPorts !== undefined || tcpServer === undefined) return [];
    const text = inSentences(`${pathOf(at)} applies to the pods of Gateway ${pathOf(gateway)}, which has a TCP server on port ${tcpServer.port.number}`,
      'Istio would deny all connections there. List the port of the pods in tcpPorts');
    return [{ at, text }];
  });
}
