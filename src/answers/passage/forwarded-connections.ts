import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { computeIfAbsent } from '../../plan/groups';
import { AnswerCase, Outcome, ProxyResponder } from '../answer';
import { answeredBy, under } from '../cases';
import { armsOf } from '../delivery/arm';
import { Destinations } from '../destinations/destinations';
import { Client } from '../destinations/subsets';
import { Entrance } from '../gateways/gateway-entrance';
import { OpaqueRoute, OpaqueRoutes } from '../gateways/opaque-routes';
import { GatewayEntry, Request } from '../request';
import { Tracer } from '../tracer';

/**
 * Connections that gateways forward as they are, by the rules for TLS and TCP.
 *
 * @internal
 */
export class ForwardedConnections {
  private readonly routes = new Map<GatewayServer, OpaqueRoutes>();

  constructor(private readonly cluster: Cluster, private readonly destinations: Destinations) {}

  /** The cases of a request over such a connection. */
  public forward(request: Request, { tls, port }: GatewayEntry, { opaque, listener }: Entrance, tracer: Tracer | undefined): readonly AnswerCase[] {
    const server = opaque!;
    const { pods } = listener!;
    if (server.tlsMode === 'AUTO_PASSTHROUGH') return [answeredBy(FOR_OTHER_CLUSTERS)];
    const routes = computeIfAbsent(this.routes, server, () => new OpaqueRoutes(this.cluster, server, pods)).find(tls?.serverName);
    if (routes.length === 0) {
      const reason = server.tlsMode === 'PASSTHROUGH' ? `no rule for TLS has server name ${tls?.serverName ?? '(none)'}` : 'no rule for TCP matches';
      tracer?.add({ stage: 'rule', matched: false, text: reason });
      return [answeredBy({ kind: 'refused', reason })];
    }
    const cases = routes.map((route) => this.along(route, request, port, pods, tracer));
    return cases.length === 1 ? cases : cases.map((each, i) => under(`${routes[i].object.toString()} is the oldest of those that match`, each));
  }

  private along({ object, field, rule }: OpaqueRoute, request: Request, port: number, client: Client, tracer: Tracer | undefined): AnswerCase {
    tracer?.add({ stage: 'rule', matched: true, text: `${object.toString()} forwards the connection`, place: { object, field } });
    const arms = armsOf(this.cluster, object, field, rule, (wanted) => this.destinations.find(wanted, port, client));
    const { method, authority, path, query, headers } = request;
    const delivered = { method, authority, path: query === undefined ? path : `${path}?${query}`, headers, set: NOTHING, added: [], removed: [] };
    // Without a destination the connection is closed.
    const outcomes = arms.map(({ share, destination: { responder } }): Outcome => (
      responder.kind === 'unavailable' ? { share, responder: { kind: 'refused', reason: responder.reason } } : { share, responder, delivered }
    ));
    return { outcomes: outcomes.sort((a, b) => b.share.compare(a.share)), mirrors: [], rule: { object, field } };
  }
}

const NOTHING: ReadonlyMap<string, string> = new Map();

const FOR_OTHER_CLUSTERS: ProxyResponder = { kind: 'refused', reason: 'TLS mode AUTO_PASSTHROUGH is for the gateways of other clusters' };
