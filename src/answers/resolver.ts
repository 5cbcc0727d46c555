import { Answer, AnswerCase, Step } from './answer';
import { answeredBy, distinct, under } from './cases';
import { Action, actionOf } from './delivery/action';
import { armsOf } from './delivery/arm';
import { deliver } from './delivery/deliver';
import { DEFAULT_RETRIES } from './delivery/retries';
import { Destinations, WantedDestination } from './destinations/destinations';
import { Client } from './destinations/subsets';
import { Fraction } from './fraction';
import { Entrance, GatewayEntrances } from './gateways/gateway-entrance';
import { opaqueRoute } from './gateways/opaque-routes';
import { RouteRequest } from './matching/route-request';
import { MeshHosts, MeshTarget } from './mesh/mesh-hosts';
import { NormalRequest } from './normal-request';
import { operatedCluster } from './operated-cluster';
import { hostName } from './receiving/host-name';
import { receive, whyMalformed } from './receiving/receive';
import { GatewayEntry, Request, WorkloadEntry } from './request';
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
  private readonly actions = new WeakMap<Route, Action>();

  /** Indexes the objects of a cluster. */
  constructor(cluster: Cluster) {
    this.cluster = operatedCluster(cluster);
    this.entrances = new GatewayEntrances(this.cluster);
    this.mesh = new MeshHosts(this.cluster);
    this.destinations = new Destinations(this.cluster);
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
    const { refused, opaque, hosts, listener } = entrance;
    if (refused !== undefined) return [answeredBy(refused)];
    if (opaque !== undefined) return [this.forwarded(request, entry, entrance, tracer)];
    const malformed = whyMalformed(request);
    if (malformed !== undefined) return [answeredBy(malformed)];
    const { tls, sourceAddress, remoteAddress = sourceAddress, port } = entry;
    const peer = { kind: 'outside' as const, certificate: tls?.certificate, serverName: tls?.serverName, sourceAddress, remoteAddress };
    const normal = receive(request, { peer, port, scheme: tls === undefined ? 'http' : 'https' });
    const host = hosts!.find(normal.host);
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
    return this.throughRules(host.virtualHost, normal, client, tracer);
  }

  private throughRules(virtualHost: VirtualHost, normal: NormalRequest, client: Client, tracer: Tracer | undefined): readonly AnswerCase[] {
    const request = new RouteRequest(normal, undefined);
    const routes = virtualHost.choose(request);
    tracer?.addRules(virtualHost, routes, request);
    if (routes.length === 0) return [answeredBy({ kind: 'not-found', status: 404, reason: `no rule for host ${virtualHost.host} matches` })];
    if (routes.length === 1) return [this.throughRule(routes[0], normal, client, tracer)];
    return routes.map((route) => under(conditionOf(route, routes), this.throughRule(route, normal, client, tracer)));
  }

  private throughRule(route: Route, normal: NormalRequest, client: Client, tracer: Tracer | undefined): AnswerCase {
    let action = this.actions.get(route);
    if (action === undefined) {
      const { port } = route.owner.proxy;
      this.actions.set(route, action = actionOf(this.cluster, route, (wanted) => this.destinations.find(wanted, port, client)));
    }
    tracer?.addAction(action, route);
    return deliver(action, normal).answer;
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
    const normal = receive(request, { peer: { kind: 'workload', namespace, labels, serviceAccount }, port, scheme: 'http' });
    const client = { namespace, labels };
    const { virtualHosts } = target;
    if (virtualHosts.length === 0) return [this.withoutRules(normal, target, client, tracer)];
    tracer?.add({ stage: 'host', matched: true, text: `virtual host ${target.host}, port ${port}` });
    return virtualHosts.flatMap((virtualHost) => {
      const cases = this.throughRules(virtualHost, normal, client, tracer);
      if (virtualHosts.length === 1) return cases;
      const condition = `${virtualHost.owners[0].virtualService.toString()} is the oldest of those for host ${target.host}`;
      return cases.map((each) => under(condition, each));
    });
  }

  /** A request from a workload to a host without a VirtualService. */
  private withoutRules(normal: NormalRequest, target: MeshTarget, client: Client, tracer: Tracer | undefined): AnswerCase {
    const { host, service, isAssumed, hidden, scope, hasListener } = target;
    const port = normal.port!;
    if (service !== undefined || isAssumed) {
      tracer?.add({ stage: 'host', matched: true, text: `no VirtualService applies to host ${host}, port ${port}` });
      return { ...this.direct(normal, { host: service?.host ?? host, port, subset: undefined }, client), retries: DEFAULT_RETRIES };
    }
    const place = scope.object === undefined ? undefined : { object: scope.object, field: ['spec', 'outboundTrafficPolicy'] };
    if (scope.registryOnly) {
      const reason = `the sidecar does not know host ${host} on port ${port}, and blocks requests to unknown hosts`;
      tracer?.add({ stage: 'host', matched: false, text: reason, place });
      return answeredBy(hasListener ? { kind: 'unavailable', status: 502, reason, place } : { kind: 'refused', reason, place });
    }
    tracer?.add({ stage: 'host', matched: true, text: `the sidecar does not know host ${host} on port ${port}, and forwards the request as it is` });
    if (hidden !== undefined) return this.direct(normal, { host, port, subset: undefined }, client);
    const responder = { kind: 'external' as const, host, port };
    return { outcomes: [{ share: Fraction.ALL, responder, delivered: unchanged(normal) }], mirrors: [] };
  }

  private direct(normal: NormalRequest, wanted: WantedDestination, client: Client): AnswerCase {
    const { responder } = this.destinations.find(wanted, normal.port!, client);
    const delivered = responder.kind === 'unavailable' ? {} : { delivered: unchanged(normal) };
    return { outcomes: [{ share: Fraction.ALL, responder, ...delivered }], mirrors: [] };
  }
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
