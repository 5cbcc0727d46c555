import { ForwardedConnections } from './forwarded-connections';
import { PassedFilters } from './passed-filters';
import { RulePassage } from './rule-passage';
import { ClusterObject } from '../../cluster/cluster-object';
import { EnvoyRelease } from '../../cluster/envoy-release';
import { AccessPolicies } from '../access/access-policies';
import { AccessCheck } from '../access-check';
import { AnswerCase, ProxyResponder } from '../answer';
import { answeredBy, repliedBy, under } from '../cases';
import { Client } from '../destinations/subsets';
import { filterSteps, passing } from '../filtered';
import { Entrance, GatewayEntrances } from '../gateways/gateway-entrance';
import { GatewayHost } from '../gateways/gateway-hosts';
import { Claims, RouteRequest } from '../matching/route-request';
import { GatewayPeer, NormalRequest, Peer } from '../normal-request';
import { receive, whyMalformed } from '../receiving/receive';
import { GatewayEntry, Request } from '../request';
import { HostTable } from '../routes/host-table';
import { Tracer } from '../tracer';

/** What all requests that enter by the same entrance have in common. */
interface Common {
  /** The filters that they pass. */
  readonly filters: readonly ClusterObject[];
  /** The policies; undefined if every request passes. */
  readonly check: AccessCheck | undefined;
  /** The pods of the gateway, as they see DestinationRules. */
  readonly client: Client;
  /** They as the next proxy sees them, for clients whose address is not known; undefined if the Gateway is not among the objects. */
  readonly peer: GatewayPeer | undefined;
}

/**
 * The way of a request from outside the mesh: connection, policies of the gateway, virtual host, rules.
 *
 * @internal
 */
export class GatewayPassage {
  private readonly known = new WeakMap<Entrance, Common>();

  constructor(
    private readonly entrances: GatewayEntrances,
    private readonly policies: AccessPolicies,
    private readonly connections: ForwardedConnections,
    private readonly rules: RulePassage,
    private readonly filters: PassedFilters,
    private readonly envoy: EnvoyRelease,
  ) {}

  /**
   * The cases of a request.
   *
   * @throws an Error if the request does not tell where it enters, or names an unknown Gateway.
   */
  public cases(request: Request, entry: GatewayEntry, tracer: Tracer | undefined): readonly AnswerCase[] {
    const entrances = this.entrances.find(entry, request.authority);
    if (entrances.length === 1) return this.entered(request, entry, entrances[0], tracer);
    return entrances.flatMap((entrance) => this.entered(request, entry, entrance, tracer).map((each) => under(entrance.condition, each)));
  }

  private entered(request: Request, entry: GatewayEntry, entrance: Entrance, tracer: Tracer | undefined): readonly AnswerCase[] {
    tracer?.add(entrance.step);
    const common = this.commonTo(entrance, entry);
    const { filters } = common;
    if (filters.length === 0) return this.through(request, entry, entrance, common, tracer);
    tracer?.addAll(filterSteps(filters));
    return this.through(request, entry, entrance, common, tracer).map((each) => passing(filters, each));
  }

  private commonTo(entrance: Entrance, entry: GatewayEntry): Common {
    let common = this.known.get(entrance);
    if (common === undefined) this.known.set(entrance, common = this.readCommon(entrance, entry));
    return common;
  }

  private readCommon(entrance: Entrance, entry: GatewayEntry): Common {
    const { gateway, listener } = entrance;
    const check = gateway === undefined ? undefined : this.policies.atGateway(gateway);
    return {
      filters: this.filters.atEntrance(entrance),
      check: check?.isEmpty === true ? undefined : check,
      client: { namespace: listener?.pods.namespace ?? entry.gateway?.split('/')[0] ?? '', labels: listener?.pods.labels ?? {} },
      peer: gateway === undefined ? undefined : { kind: 'gateway', gateway },
    };
  }

  private through(request: Request, entry: GatewayEntry, entrance: Entrance, common: Common, tracer: Tracer | undefined): readonly AnswerCase[] {
    const { refused, opaque, hosts, ignoresCertificates } = entrance;
    if (refused !== undefined) return [answeredBy(refused)];
    if (opaque !== undefined) return this.connections.forward(request, entry, entrance, tracer);
    const malformed = whyMalformed(request);
    if (malformed !== undefined) return [answeredBy(malformed)];
    const { tls, sourceAddress, port } = entry;
    const certificate = ignoresCertificates ? undefined : tls?.certificate;
    const peer = { kind: 'outside' as const, certificate, serverName: tls?.serverName, sourceAddress, remoteAddress: remoteAddressOf(entry) };
    const normal = receive(request, { peer, port, scheme: tls === undefined ? 'http' : 'https', envoy: this.envoy });
    const { check } = common;
    if (check === undefined) return this.atHosts(hosts!, common, normal, undefined, tracer);
    const verdict = check.check(normal);
    tracer?.addAll(verdict.steps());
    const { request: sent = normal, claims, responder: refusal, cases } = verdict;
    if (cases === undefined && refusal === undefined) return this.atHosts(hosts!, common, sent, claims, tracer);
    if (cases === undefined) return [repliedBy(refusal!, normal)];
    const decided = (responder: ProxyResponder | undefined) => (
      responder === undefined ? this.atHosts(hosts!, common, sent, claims, tracer) : [repliedBy(responder, normal)]
    );
    return cases.flatMap(({ condition, responder }) => decided(responder).map((each) => under(condition, each)));
  }

  private atHosts(
    hosts: HostTable<GatewayHost>, { client, peer }: Common, normal: NormalRequest, claims: Claims | undefined, tracer: Tracer | undefined,
  ): readonly AnswerCase[] {
    const host = hosts.find(normal.host);
    if (host === undefined) {
      tracer?.add({ stage: 'host', matched: false, text: `no virtual host for ${normal.host}` });
      return [repliedBy({ kind: 'not-found', status: 404, reason: `no virtual host of the gateway has host ${normal.host}` }, normal)];
    }
    tracer?.add({ stage: 'host', matched: true, text: `virtual host ${host.virtualHost.host}` });
    if (host.redirect !== undefined && normal.scheme !== 'https') {
      const place = { object: host.redirect.gateway, field: [...host.redirect.field, 'tls', 'httpsRedirect'] };
      const location = `https://${normal.authority}${normal.path}${normal.query === undefined ? '' : `?${normal.query}`}`;
      tracer?.add({ stage: 'gateway', matched: true, text: 'the server redirects requests to https', place });
      return [repliedBy({ kind: 'redirect', status: 301, location, reason: 'the server redirects requests to https', place }, normal)];
    }
    return this.rules.through(host.virtualHost, new RouteRequest(normal, claims), { client, peer: forwardedPeer(peer, normal.peer) }, tracer);
  }
}

/** A gateway among the objects forwards the address of the client. */
function forwardedPeer(gateway: GatewayPeer | undefined, client: Peer): Peer {
  if (gateway === undefined) return client;
  return client.kind !== 'outside' || client.remoteAddress === undefined ? gateway : { ...gateway, remoteAddress: client.remoteAddress };
}

function remoteAddressOf({ sourceAddress, remoteAddress = sourceAddress }: GatewayEntry): string | undefined {
  return remoteAddress;
}
