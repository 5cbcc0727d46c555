import { IConstruct } from 'constructs';
import { H2UpgradePolicy, HttpConnectionPool } from './connection-pool';
import { DestinationRuleRegistry } from './destination-rule-registry';
import { Finding } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { objectsOf } from '../../mesh/objects';
import { BackendTarget } from '../../plan/backend';
import { invalid } from '../../plan/checks/errors';
import { RequestProtocol } from '../../plan/request-match';
import { ResolvedEndpoint } from '../../plan/resolve';
import { targetPorts } from '../../plan/target-ports';
import { readService } from '../service/service-manifest';
import { findPortProblem, isRouted, PortUse, ServiceJson } from '../service/service-ports';

/**
 * A backend of a route, and the requests that the route sends to it.
 *
 * @internal
 */
export interface RouteUse {
  /** The construct that routes. */
  readonly at: IConstruct;
  /** The backend. */
  readonly target: BackendTarget;
  /** The endpoint, and the protocols that it accepts. */
  readonly endpoint: Pick<ResolvedEndpoint, 'plan' | 'rest' | 'grpc'>;
}

/**
 * Compares routes with the ports of their Services in this app, whichever construct creates these.
 *
 * @internal
 */
export function findPortProblems(scope: IConstruct, uses: readonly RouteUse[]): Finding[] {
  if (uses.length === 0) return [];
  const services = servicesOf(scope);
  if (services.size === 0) return [];
  const known = uses.flatMap((use) => {
    const service = services.get(use.target.host.toLowerCase());
    return service === undefined ? [] : [{ use, service }];
  });
  const problems = known.flatMap(({ use, service }) => portUses(use)
    .flatMap((each) => findPortProblem(service, each) ?? [])
    .map(({ problem, remedy }) => ({ at: use.at, text: invalid(use.at, problem, remedy).message })));
  return [...new Map([...problems, ...findLostPorts(known)].map((finding) => [finding.text, finding])).values()];
}

/** The Services of a mesh, by host. */
function servicesOf(scope: IConstruct): Map<string, ServiceJson> {
  const mesh = Mesh.of(scope);
  const services = new Map<string, ServiceJson>();
  for (const object of objectsOf(scope, 'core', 'Service')) {
    const service = readService(object);
    if (service.namespace !== undefined) services.set(mesh.serviceHost(service.name, service.namespace).toLowerCase(), service);
  }
  return services;
}

function portUses({ at, target, endpoint: { plan, rest, grpc } }: RouteUse): PortUse[] {
  const common = {
    bothProtocols: target.port === target.grpc?.port,
    throughGateway: plan.endpoint.gateways.length > 0,
    ...connectionsTo(at, target),
  };
  return [
    ...(rest ? [{ ...common, port: target.port, protocol: RequestProtocol.REST }] : []),
    ...(grpc && target.grpc !== undefined ? [{ ...common, port: target.grpc.port, protocol: RequestProtocol.GRPC }] : []),
  ];
}

/** The HTTP settings of the host's DestinationRules, for all of its pods or for some. */
function connectionsTo(at: IConstruct, { host, namespace }: BackendTarget): Pick<PortUse, 'upgraded' | 'clientProtocol'> {
  const rules = DestinationRuleRegistry.of(at).findEffective(host, { by: at, namespace, exportTo: undefined });
  const pools = rules.flatMap((rule) => [rule._policy, ...rule.subsets.map(({ trafficPolicy }) => trafficPolicy)])
    .flatMap((policy) => [policy, ...policy?.portLevelSettings ?? []])
    .flatMap((policy): HttpConnectionPool[] => policy?.connectionPool?.http === undefined ? [] : [policy.connectionPool.http]);
  return {
    upgraded: pools.some(({ h2UpgradePolicy }) => h2UpgradePolicy === H2UpgradePolicy.UPGRADE),
    clientProtocol: pools.some(({ useClientProtocol }) => useClientProtocol === true),
  };
}

/** A route for callers inside the mesh applies to the whole host: calls to ports that it leaves out get 404. */
function findLostPorts(known: readonly { readonly use: RouteUse; readonly service: ServiceJson }[]): Finding[] {
  const onHost = known.filter(({ use: { target, endpoint: { plan: { endpoint } } } }) =>
    endpoint.gateways.length === 0 && endpoint.hosts.some((host) => host.toLowerCase() === target.host.toLowerCase()));
  const listed = new Map<ServiceJson, Set<number>>();
  for (const { use, service } of known) {
    const ports = listed.get(service) ?? new Set();
    for (const port of targetPorts(use.target)) ports.add(port);
    listed.set(service, ports);
  }
  return onHost.flatMap(({ use, service }) => {
    const lost = service.ports.filter((port) => isRouted(port) && !listed.get(service)!.has(port.port)).map(({ port }) => port);
    if (lost.length === 0) return [];
    const { message } = invalid(use.at, `a route for callers inside the mesh on the host of Service ${service.namespace}/${service.name}, `
      + `which leaves out port ${lost.join(', ')}`, 'callers of these ports would get 404. List all ports of the Service in otherPorts');
    return [{ at: use.at, text: message }];
  });
}
