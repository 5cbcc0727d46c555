import { Cluster } from '../../cluster/cluster';
import { AnswerCase, Outcome } from '../answer';
import { answeredBy } from '../cases';
import { armsOf } from '../delivery/arm';
import { Destinations } from '../destinations/destinations';
import { Entrance } from '../gateways/gateway-entrance';
import { opaqueRoute } from '../gateways/opaque-routes';
import { GatewayEntry, Request } from '../request';
import { Tracer } from '../tracer';

/**
 * Connections that gateways forward as they are, by the rules for TLS and TCP.
 *
 * @internal
 */
export class ForwardedConnections {
  constructor(private readonly cluster: Cluster, private readonly destinations: Destinations) {}

  /** The case of a request over such a connection. */
  public forward(request: Request, { tls, port }: GatewayEntry, { opaque, listener }: Entrance, tracer: Tracer | undefined): AnswerCase {
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
    // Without a destination the connection is closed.
    const outcomes = arms.map(({ share, destination: { responder } }): Outcome => (
      responder.kind === 'unavailable' ? { share, responder: { kind: 'refused', reason: responder.reason } } : { share, responder, delivered }
    ));
    return { outcomes: outcomes.sort((a, b) => b.share.compare(a.share)), mirrors: [], rule: { object, field } };
  }
}
