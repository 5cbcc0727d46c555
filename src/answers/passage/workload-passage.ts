import { PassedFilters } from './passed-filters';
import { RulePassage, Sender } from './rule-passage';
import { EnvoyRelease } from '../../cluster/envoy-release';
import { ServiceView } from '../../cluster/services';
import { AnswerCase, DeliveredRequest, Retries } from '../answer';
import { answeredBy, repliedBy, under } from '../cases';
import { localReply } from '../delivery/local-reply';
import { DEFAULT_RETRIES } from '../delivery/retries';
import { Destinations, WantedDestination } from '../destinations/destinations';
import { filterSteps, passing } from '../filtered';
import { Fraction } from '../fraction';
import { RouteRequest } from '../matching/route-request';
import { MeshHosts, MeshTarget } from '../mesh/mesh-hosts';
import { NormalRequest } from '../normal-request';
import { hostName } from '../receiving/host-name';
import { receive, whyMalformed } from '../receiving/receive';
import { Request, WorkloadEntry } from '../request';
import { Tracer } from '../tracer';

/**
 * The way of a request from a workload of the mesh through its sidecar.
 *
 * @internal
 */
export class WorkloadPassage {
  constructor(
    private readonly hosts: MeshHosts,
    private readonly destinations: Destinations,
    private readonly rules: RulePassage,
    private readonly filters: PassedFilters,
    private readonly envoy: EnvoyRelease,
  ) {}

  /** The cases of a request. */
  public cases(request: Request, entry: WorkloadEntry, tracer: Tracer | undefined): readonly AnswerCase[] {
    const filters = this.filters.atCaller(entry);
    tracer?.addAll(filterSteps(filters));
    return this.hosts.find(entry, hostName(request.authority))
      .flatMap((target) => this.toTarget(request, entry, target, tracer).map((each) => passing(filters, under(target.condition, each))));
  }

  private toTarget(request: Request, entry: WorkloadEntry, target: MeshTarget, tracer: Tracer | undefined): readonly AnswerCase[] {
    const malformed = target.isHttp ? whyMalformed(request) : undefined;
    if (malformed !== undefined) return [answeredBy(malformed)];
    const { namespace, labels, serviceAccount, port } = entry;
    const peer = { kind: 'workload' as const, namespace, labels, serviceAccount };
    const normal = receive(request, { peer, port, scheme: 'http', envoy: this.envoy });
    if (target.isHttp && normal.headers.valuesOf('x-forwarded-proto')[0] === '') return [repliedBy(WITHOUT_PROTOCOL, normal)];
    const proxy = { client: { namespace, labels, scope: target.scope }, peer };
    const { virtualHosts } = target;
    if (virtualHosts.length === 0) return this.withoutRules(normal, target, proxy, tracer);
    tracer?.add({ stage: 'host', matched: true, text: `virtual host ${target.host}, port ${port}` });
    return virtualHosts.flatMap((virtualHost) => {
      const cases = this.rules.through(virtualHost, new RouteRequest(normal, undefined), proxy, tracer);
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
      return [hasListener ? repliedBy({ kind: 'unavailable', status: 502, reason, place }, normal) : answeredBy({ kind: 'refused', reason, place })];
    }
    tracer?.add({ stage: 'host', matched: true, text: `the sidecar does not know host ${host} on port ${port}, and forwards the request as it is` });
    if (hidden?.kind === 'Service') return this.toAddress(normal, hidden, hasListener, proxy, tracer);
    const responder = { kind: 'external' as const, host, port };
    return [{ outcomes: [{ share: Fraction.ALL, responder, delivered: unchanged(normal) }], mirrors: [] }];
  }

  /** A request to the address of a Service that the sidecar does not know: pods answer there all the same. */
  private toAddress(
    normal: NormalRequest, { host, namespace }: ServiceView, hasListener: boolean, { peer }: Sender, tracer: Tracer | undefined,
  ): readonly AnswerCase[] {
    const wanted = { host, port: normal.port!, subset: undefined };
    const cases = this.direct(normal, wanted, undefined, { peer, client: { namespace, labels: {} } }, tracer);
    const [{ responder }] = cases[0].outcomes;
    // Without a filter of HTTP there is no response.
    return responder.kind !== 'unavailable' || hasListener ? cases : [answeredBy({ kind: 'refused', reason: responder.reason })];
  }

  private direct(
    normal: NormalRequest, wanted: WantedDestination, retries: Retries | undefined, proxy: Sender, tracer: Tracer | undefined,
  ): readonly AnswerCase[] {
    const destination = this.destinations.find(wanted, normal.port!, proxy.client);
    const { responder } = destination;
    const outcome = responder.kind === 'unavailable' ? { responder: localReply(responder, normal.headers) } : { responder, delivered: unchanged(normal) };
    const answer = { outcomes: [{ share: Fraction.ALL, ...outcome }], mirrors: [], retries };
    return this.rules.arrived({ answer, destinations: [destination] }, normal, proxy, tracer);
  }
}

/** Envoy looks for no route then. */
const WITHOUT_PROTOCOL = { kind: 'not-found' as const, status: 404, reason: 'the header x-forwarded-proto is empty' };

const NOTHING: ReadonlyMap<string, string> = new Map();

function unchanged({ method, authority, path, query, headers }: NormalRequest): DeliveredRequest {
  return { method, authority, path: query === undefined ? path : `${path}?${query}`, headers: headers.lines, set: NOTHING, added: [], removed: [] };
}
