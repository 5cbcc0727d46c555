import { AccessPolicies } from './access/access-policies';
import { Answer, AnswerCase, ProxyResponder, Retries, Step } from './answer';
import { Alternative, combined } from './arrival/alternatives';
import { Arrivals } from './arrival/arrivals';
import { answeredBy, distinct, under } from './cases';
import { Action, actionOf } from './delivery/action';
import { armsOf } from './delivery/arm';
import { deliver, Delivery } from './delivery/deliver';
import { DEFAULT_RETRIES } from './delivery/retries';
import { Destinations, WantedDestination } from './destinations/destinations';
import { Client } from './destinations/subsets';
import { Fraction } from './fraction';
import { Entrance, GatewayEntrances } from './gateways/gateway-entrance';
import { GatewayHost } from './gateways/gateway-hosts';
import { opaqueRoute } from './gateways/opaque-routes';
import { Claims, RouteRequest } from './matching/route-request';
import { MeshHosts, MeshTarget } from './mesh/mesh-hosts';
import { NormalRequest, Peer } from './normal-request';
import { operatedCluster } from './operated-cluster';
import { hostName } from './receiving/host-name';
import { receive, whyMalformed } from './receiving/receive';
import { GatewayEntry, Request, WorkloadEntry } from './request';
import { HostTable } from './routes/host-table';
import { Route } from './routes/route';
import { VirtualHost } from './routes/virtual-host';
import { Tracer } from './tracer';
import { Cluster } from '../cluster/cluster';

/**
 * Options of a resolution.
 *
 * @internal
 */
export interface ResolveOptions {
  /** Whether the answer holds the way of the request. @default false */
  readonly trace?: boolean;
}

/**
 * Finds out who answers requests, from the manifests alone.
 *
 * @internal
 */
export class Resolver {
  private readonly cluster: Cluster;
  private readonly entrances: GatewayEntrances;
  private readonly mesh: MeshHosts;
  private readonly destinations: Destinations;
  private readonly policies: AccessPolicies;
  private readonly arrivals: Arrivals;
  private readonly actions = new WeakMap<Route, Action>();

  /** Indexes the objects of a cluster. */
  constructor(cluster: Cluster) {
    this.cluster = operatedCluster(cluster);
    this.entrances = new GatewayEntrances(this.cluster);
    this.mesh = new MeshHosts(this.cluster);
    this.destinations = new Destinations(this.cluster);
    this.policies = new AccessPolicies(this.cluster);
    this.arrivals = new Arrivals(this.cluster, this.policies);
  }

  /**
   * Answers a request.
   *
   * @throws an Error if the request does not tell where it enters, or names an unknown Gateway.
   */
  public resolve(request: Request, { trace = false }: ResolveOptions = {}): Answer {
    const tracer = trace ? new Tracer() : undefined;
    const { entry } = request;
    const cases = entry.kind === 'gateway' ? this.fromOutside(request, entry, tracer) : this.fromWorkload(request, entry, tracer);
    return { cases: distinct(cases), trace: tracer?.steps ?? NO_STEPS };
  }

  private fromOutside(request: Request, entry: GatewayEntry, tracer: Tracer | undefined): readonly AnswerCase[] {
    const entrances = this.entrances.find(entry, request.authority);
    if (entrances.length === 1) {
      tracer?.add(entrances[0].step);
      return this.throughGateway(request, entry, entrances[0], tracer);
    }
    return entrances.flatMap((entrance) => {
      tracer?.add(entrance.step);
      const cases = this.throughGateway(request, entry, entrance, tracer);
      return cases.map((each) => under(entrance.condition, each));
    });
  }

  private throughGateway(request: Request, entry: GatewayEntry, entrance: Entrance, tracer: Tracer | undefined): readonly AnswerCase[] {
    const { refused, opaque, hosts } = entrance;
    if (refused !== undefined) return [answeredBy(refused)];
    if (opaque !== undefined) return [this.forwarded(request, entry, entrance, tracer)];
    const malformed = whyMalformed(request);
    if (malformed !== undefined) return [answeredBy(malformed)];
    const { tls, sourceAddress, port } = entry;
    const peer = {
      kind: 'outside' as const, certificate: tls?.certificate, serverName: tls?.serverName, sourceAddress, remoteAddress: remoteAddressOf(entry),
    };
    const normal = receive(request, { peer, port, scheme: tls === undefined ? 'http' : 'https' });
    const { gateway } = entrance;
    const check = gateway === undefined ? undefined : this.policies.atGateway(gateway);
    if (check === undefined || check.isEmpty) return this.atHosts(hosts!, entrance, entry, normal, undefined, tracer);
    const verdict = check.check(normal);
    tracer?.addAll(verdict.steps());
    const admitted = () => this.atHosts(hosts!, entrance, entry, verdict.request ?? normal, verdict.claims, tracer);
    const decided = (responder: ProxyResponder | undefined) => (responder === undefined ? admitted() : [answeredBy(responder)]);
    if (verdict.cases === undefined) return decided(verdict.responder);
    return verdict.cases.flatMap(({ condition, responder }) => decided(responder).map((each) => under(condition, each)));
  }

  private atHosts(
    hosts: HostTable<GatewayHost>, { listener, gateway }: Entrance, entry: GatewayEntry, normal: NormalRequest, claims: Claims | undefined,
    tracer: Tracer | undefined,
  ): readonly AnswerCase[] {
    const host = hosts.find(normal.host);
    if (host === undefined) {
      tracer?.add({ stage: 'host', matched: false, text: `no virtual host for ${normal.host}` });
      return [answeredBy({ kind: 'not-found', status: 404, reason: `no virtual host of the gateway has host ${normal.host}` })];
    }
    tracer?.add({ stage: 'host', matched: true, text: `virtual host ${host.virtualHost.host}` });
    if (host.redirect !== undefined && normal.scheme !== 'https') {
      const place = { object: host.redirect.gateway, field: [...host.redirect.field, 'tls', 'httpsRedirect'] };
      const location = `https://${normal.authority}${normal.path}${normal.query === undefined ? '' : `?${normal.query}`}`;
      tracer?.add({ stage: 'gateway', matched: true, text: 'the server redirects requests to https', place });
      return [answeredBy({ kind: 'redirect', status: 301, location, reason: 'the server redirects requests to https', place })];
    }
    const client = { namespace: listener?.pods.namespace ?? entry.gateway?.split('/')[0] ?? '', labels: listener?.pods.labels ?? {} };
    const peer = gateway === undefined ? normal.peer : { kind: 'gateway' as const, gateway, remoteAddress: remoteAddressOf(entry) };
    return this.throughRules(host.virtualHost, new RouteRequest(normal, claims), { client, peer }, tracer);
  }

  private throughRules(virtualHost: VirtualHost, request: RouteRequest, proxy: Sender, tracer: Tracer | undefined): readonly AnswerCase[] {
    const routes = virtualHost.choose(request);
    tracer?.addRules(virtualHost, routes, request);
    if (routes.length === 0) return [answeredBy({ kind: 'not-found', status: 404, reason: `no rule for host ${virtualHost.host} matches` })];
    if (routes.length === 1) return this.throughRule(routes[0], request.normal, proxy, tracer);
    return routes.flatMap((route) => {
      const condition = conditionOf(route, routes);
      return this.throughRule(route, request.normal, proxy, tracer).map((each) => under(condition, each));
    });
  }

  private throughRule(route: Route, normal: NormalRequest, proxy: Sender, tracer: Tracer | undefined): readonly AnswerCase[] {
    let action = this.actions.get(route);
    if (action === undefined) {
      const { port } = route.owner.proxy;
      this.actions.set(route, action = actionOf(this.cluster, route, (wanted) => this.destinations.find(wanted, port, proxy.client)));
    }
    tracer?.addAction(action, route);
    return this.arrived(deliver(action, normal), normal, proxy, tracer);
  }

  /** What happens where the request arrives. */
  private arrived({ answer, destinations }: Delivery, normal: NormalRequest, { peer }: Sender, tracer: Tracer | undefined): readonly AnswerCase[] {
    if (!destinations.some((destination) => destination !== undefined && this.arrivals.hasSteps(destination))) return [answer];
    const trace = tracer === undefined ? undefined : (step: Step) => tracer.add(step);
    const parts = answer.outcomes.map((outcome, i): readonly Alternative[] => {
      const destination = destinations[i];
      return destination === undefined ? [{ outcomes: [outcome], mirrors: [] }] : this.arrivals.arrive(destination, outcome, normal, peer, trace);
    });
    return combined(parts).map(({ condition, outcomes, mirrors }) => under(condition, {
      ...answer,
      outcomes: outcomes.length === answer.outcomes.length ? outcomes : [...outcomes].sort((a, b) => b.share.compare(a.share)),
      mirrors: mirrors.length === 0 ? answer.mirrors : [...answer.mirrors, ...mirrors],
    }));
  }

  /** A connection that a gateway does not read. */
  private forwarded(request: Request, { tls, port }: GatewayEntry, { opaque, listener }: Entrance, tracer: Tracer | undefined): AnswerCase {
    const { namespace, labels } = listener!.pods;
    if (opaque!.tlsMode === 'AUTO_PASSTHROUGH') return answeredBy({ kind: 'refused', reason: 'TLS mode AUTO_PASSTHROUGH is for the gateways of other clusters' });
    const found = opaqueRoute(this.cluster, opaque!, namespace, tls?.serverName);
    if (found === undefined) {
      const reason = opaque!.tlsMode === 'PASSTHROUGH' ? `no rule for TLS has server name ${tls?.serverName ?? '(none)'}` : 'no rule for TCP matches';
      tracer?.add({ stage: 'rule', matched: false, text: reason });
      return answeredBy({ kind: 'refused', reason });
    }
    const { object, field, rule } = found;
    tracer?.add({ stage: 'rule', matched: true, text: `${object.toString()} forwards the connection`, place: { object, field } });
    const arms = armsOf(this.cluster, object, field, rule, (wanted) => this.destinations.find(wanted, port, { namespace, labels }));
    const { method, authority, path, query, headers } = request;
    const delivered = { method, authority, path: query === undefined ? path : `${path}?${query}`, headers, set: new Map<string, string>(), added: [], removed: [] };
    const outcomes = arms.map(({ share, destination: { responder } }) => ({ share, responder, ...responder.kind === 'unavailable' ? {} : { delivered } }));
    return { outcomes: outcomes.sort((a, b) => b.share.compare(a.share)), mirrors: [], rule: { object, field } };
  }

  private fromWorkload(request: Request, entry: WorkloadEntry, tracer: Tracer | undefined): readonly AnswerCase[] {
    const target = this.mesh.find(entry, hostName(request.authority));
    const malformed = target.isHttp ? whyMalformed(request) : undefined;
    if (malformed !== undefined) return [answeredBy(malformed)];
    const { namespace, labels, serviceAccount, port } = entry;
    const peer = { kind: 'workload' as const, namespace, labels, serviceAccount };
    const normal = receive(request, { peer, port, scheme: 'http' });
    const proxy = { client: { namespace, labels }, peer };
    const { virtualHosts } = target;
    if (virtualHosts.length === 0) return this.withoutRules(normal, target, proxy, tracer);
    tracer?.add({ stage: 'host', matched: true, text: `virtual host ${target.host}, port ${port}` });
    return virtualHosts.flatMap((virtualHost) => {
      const cases = this.throughRules(virtualHost, new RouteRequest(normal, undefined), proxy, tracer);
      if (virtualHosts.length === 1) return cases;
      const condition = `${virtualHost.owners[0].virtualService.toString()} is the oldest of those for host ${target.host}`;
      return cases.map((each) => under(condition, each));
    });
  }

  /** A request from a workload to a host without a VirtualService. */
  private withoutRules(normal: NormalRequest, target: MeshTarget, proxy: Sender, tracer: Tracer | undefined): readonly AnswerCase[] {
    const { host, service, isAssumed, hidden, scope, hasListener } = target;
    const port = normal.port!;
    if (service !== undefined || isAssumed) {
      tracer?.add({ stage: 'host', matched: true, text: `no VirtualService applies to host ${host}, port ${port}` });
      return this.direct(normal, { host: service?.host ?? host, port, subset: undefined }, DEFAULT_RETRIES, proxy, tracer);
    }
    const place = scope.object === undefined ? undefined : { object: scope.object, field: ['spec', 'outboundTrafficPolicy'] };
    if (scope.registryOnly) {
      const reason = `the sidecar does not know host ${host} on port ${port}, and blocks requests to unknown hosts`;
      tracer?.add({ stage: 'host', matched: false, text: reason, place });
      return [answeredBy(hasListener ? { kind: 'unavailable', status: 502, reason, place } : { kind: 'refused', reason, place })];
    }
    tracer?.add({ stage: 'host', matched: true, text: `the sidecar does not know host ${host} on port ${port}, and forwards the request as it is` });
    if (hidden !== undefined) return this.direct(normal, { host, port, subset: undefined }, undefined, proxy, tracer);
    const responder = { kind: 'external' as const, host, port };
    return [{ outcomes: [{ share: Fraction.ALL, responder, delivered: unchanged(normal) }], mirrors: [] }];
  }

  private direct(
    normal: NormalRequest, wanted: WantedDestination, retries: Retries | undefined, proxy: Sender, tracer: Tracer | undefined,
  ): readonly AnswerCase[] {
    const destination = this.destinations.find(wanted, normal.port!, proxy.client);
    const { responder } = destination;
    const delivered = responder.kind === 'unavailable' ? {} : { delivered: unchanged(normal) };
    const answer = { outcomes: [{ share: Fraction.ALL, responder, ...delivered }], mirrors: [], retries };
    return this.arrived({ answer, destinations: [destination] }, normal, proxy, tracer);
  }
}

/** A proxy that sends requests on. */
interface Sender {
  /** Its pods, as they see DestinationRules. */
  readonly client: Client;
  /** Its pods, as the next proxy sees them. */
  readonly peer: Peer;
}

function remoteAddressOf({ sourceAddress, remoteAddress = sourceAddress }: GatewayEntry): string | undefined {
  return remoteAddress;
}

const NO_STEPS: readonly Step[] = [];
const NOTHING: ReadonlyMap<string, string> = new Map();

function unchanged({ method, authority, path, query, headers }: NormalRequest) {
  return { method, authority, path: query === undefined ? path : `${path}?${query}`, headers: headers.lines, set: NOTHING, added: [], removed: [] };
}

/** When a rule is the first of several that match. */
function conditionOf({ owner }: Route, all: readonly Route[]): string {
  const gateways = new Set(all.map((route) => route.owner.gateway));
  const here = new Set(all.filter((route) => route.owner.gateway === owner.gateway).map((route) => route.owner.virtualService));
  const parts = [
    ...gateways.size > 1 && owner.gateway !== undefined ? [`${owner.gateway.toString()} is the oldest of those with a VirtualService that matches`] : [],
    ...here.size > 1 ? [`${owner.virtualService.toString()} is the oldest of those ${gateways.size > 1 ? 'of this Gateway ' : ''}that match`] : [],
  ];
  return parts.join(', and ');
}
