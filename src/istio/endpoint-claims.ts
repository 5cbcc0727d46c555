import { IConstruct } from 'constructs';
import { hostsFor } from './gateway-host';
import { GatewayRegistry } from './gateway-registry';
import type { HttpMatch } from './http-route';
import { findRedirected } from './redirect-checks';
import type { VirtualService } from './virtual-service';
import { Mesh } from '../mesh/mesh';
import { Claim, findCaptures, MESH } from '../plan/captures';
import { invalid } from '../plan/errors';
import { GatewayListener, IGateway } from '../plan/gateway-ref';
import { hostIntersection } from '../plan/hosts';
import { EndpointPlan, Plan } from '../plan/plan';
import { Protocol } from '../plan/request-match';
import { ResolvedEndpoint } from '../plan/resolve';
import { StringMatch } from '../plan/string-match';

/** Where requests arrive. */
interface Place {
  readonly listener: string;
  readonly host: string;
}

/** A route that somebody else writes. */
interface Foreign {
  /** What messages call it. */
  readonly description: string;
  /** What messages advise where it takes requests of another one. */
  readonly remedy?: string;
}

/** An endpoint as it was routed. */
class Routed {
  public readonly takesHost: boolean;

  constructor(
    private readonly at: IConstruct,
    public readonly plan: Plan,
    public readonly endpoint: EndpointPlan,
    public readonly takesGrpc: boolean,
    private readonly foreign?: Foreign,
  ) {
    this.takesHost = endpoint.endpoint.takesHost ?? false;
  }

  /** Built for a message only: a construct's path is put together anew each time. */
  public get description(): string {
    return this.foreign?.description ?? `endpoint "${this.endpoint.endpoint.name}" of ${this.at.node.path}`;
  }

  public get remedy(): string | undefined {
    return this.foreign?.remedy;
  }
}

/** Requests of a routed endpoint at one place. */
class EndpointClaim implements Claim {
  public readonly listener: string;
  public readonly host: string;

  constructor(
    private readonly routed: Routed,
    place: Place,
    public readonly protocol: Protocol,
    public readonly path: StringMatch,
    public readonly headers: Claim['headers'],
  ) {
    this.listener = place.listener;
    this.host = place.host;
  }

  public get owner(): string {
    return this.routed.description;
  }

  public get remedy(): string | undefined {
    return this.routed.remedy;
  }

  public get plan(): Plan {
    return this.routed.plan;
  }

  public get endpoint(): EndpointPlan {
    return this.routed.endpoint;
  }

  public get takesHost(): boolean {
    return this.routed.takesHost;
  }
}

/**
 * All endpoints of a mesh, so that no two of them take requests from each other, whatever charts they are in.
 *
 * @internal
 */
export class EndpointClaims {
  public static of(construct: IConstruct): EndpointClaims {
    return Mesh.of(construct)._part('endpoint-claims', (scope) => new EndpointClaims(scope));
  }

  private readonly routed: Routed[] = [];
  private readonly handWritten = new Set<VirtualService>();
  private checked = { count: 0, problems: [] as string[] };

  private constructor(private readonly scope: IConstruct) {
    scope.node.addValidation({ validate: () => this.validate() });
  }

  /** Adds a VirtualService, which stands for itself unless an endpoint turns out to own it. */
  public addVirtualService(virtualService: VirtualService): void {
    this.handWritten.add(virtualService);
  }

  public add(at: IConstruct, plan: Plan, { plan: endpoint, grpc }: ResolvedEndpoint, owned?: VirtualService): void {
    const { gateways, hosts } = endpoint.endpoint;
    const routed = new Routed(at, plan, endpoint, grpc);
    if (gateways.length > 0) {
      checkCoverage(at, gateways, hosts, plan.namespace);
      GatewayRegistry.of(at).name(() => routed.description, gateways);
    }
    this.routed.push(routed);
    if (owned !== undefined) this.handWritten.delete(owned);
  }

  /** All endpoints that were routed, with the text by which messages name them. */
  public get endpoints(): readonly { readonly description: string; readonly plan: Plan; readonly endpoint: EndpointPlan }[] {
    return this.routed;
  }

  /** Adds an endpoint whose route somebody else writes, as Seldon's operator does. */
  public addForeign(at: IConstruct, plan: Plan, endpoint: EndpointPlan, foreign: Foreign): void {
    this.routed.push(new Routed(at, plan, endpoint, true, foreign));
  }

  /** Each chart of an app validates all of it, so the answer is kept until there is more to look at. */
  private validate(): string[] {
    const count = this.routed.length + this.handWritten.size;
    if (this.checked.count !== count) {
      this.checked = { count, problems: [...findCaptures(this.claims()), ...findRedirected(this.scope, this.routed)] };
    }
    return this.checked.problems;
  }

  private claims(): Claim[] {
    const known = new Map<string, IGateway>();
    for (const { endpoint } of this.routed) {
      for (const gateway of endpoint.endpoint.gateways) {
        if (gateway.gatewayListeners !== undefined) known.set(referenceOf(gateway), gateway);
      }
    }
    const claims: Claim[] = [];
    for (const routed of this.routed) {
      const { gateways } = routed.endpoint.endpoint;
      // Hosts that differ in capitals are one host.
      const hosts = routed.endpoint.endpoint.hosts.map((host) => host.toLowerCase());
      const places = gateways.length === 0
        ? hosts.map((host) => ({ listener: MESH, host }))
        : gateways.flatMap((gateway) => placesOf(known.get(referenceOf(gateway)) ?? gateway, hosts, routed.plan.namespace));
      for (const place of places) addClaims(claims, routed, place);
    }
    for (const virtualService of this.handWritten) addHandWritten(claims, virtualService, known);
    return claims;
  }
}

function referenceOf({ gatewayName, gatewayNamespace }: IGateway): string {
  return `${gatewayNamespace ?? ''}/${gatewayName}`;
}

/** Where the requests arrive: Gateways of the same pods share the routes of a plain port, whoever made them. */
function placesOf(gateway: IGateway, hosts: readonly string[], namespace: string | undefined): Place[] {
  if (gateway.gatewayListeners === undefined) return hosts.map((host) => ({ listener: referenceOf(gateway), host }));
  const places = new Map<string, Place>();
  for (const each of gateway.gatewayListeners) {
    const pods = each.tls || gateway.gatewaySelector === undefined ? referenceOf(gateway) : podsOf(gateway.gatewaySelector);
    const listener = `${pods}:${each.port}`;
    for (const served of servedHosts(gateway, each, namespace)) {
      for (const asked of hosts) {
        const host = hostIntersection(served.toLowerCase(), asked);
        if (host !== undefined) places.set(`${listener}|${host}`, { listener, host });
      }
    }
  }
  return [...places.values()];
}

/** The same labels select the same pods, in whatever order they are said. */
function podsOf(selector: { [label: string]: string }): string {
  return Object.keys(selector).sort().map((label) => `${label}=${selector[label]}`).join(',');
}

/** The hosts of a listener that routes of a namespace may use, without the namespaces before them. */
function servedHosts(gateway: IGateway, listener: GatewayListener, namespace: string | undefined): string[] {
  return hostsFor(listener.hosts, gateway.gatewayNamespace, namespace);
}

/**
 * Every host needs a gateway that serves it, and a gateway that serves none of them would be named for nothing.
 *
 * @internal
 */
export function checkCoverage(at: IConstruct, gateways: readonly IGateway[], hosts: readonly string[], namespace: string | undefined): void {
  const served = gateways.map((gateway) => gateway.gatewayListeners?.flatMap((listener) => servedHosts(gateway, listener, namespace)));
  // Istio compares hosts of gateways and routes with their capitals.
  const meets = (each: string, host: string) => hostIntersection(each, host) !== undefined;
  const where = namespace === undefined ? '' : ` for routes of namespace "${namespace}"`;
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : [...new Set(names)].map((name) => `"${name}"`).join(', '));
  gateways.forEach(({ gatewayName }, i) => {
    if (served[i]?.every((each) => !hosts.some((host) => meets(each, host)))) {
      throw invalid(at, `gateway ${gatewayName} serves none of the hosts ${list(hosts)}`, `its servers answer for ${list(served[i])}${where}`);
    }
  });
  for (const host of hosts) {
    if (served.every((all) => all?.every((each) => !meets(each, host)) ?? false)) {
      throw invalid(at, `host "${host}" is served by none of the gateways`, `their servers answer for ${list(served.flatMap((all) => all ?? []))}${where}`);
    }
  }
}

const NO_HEADERS: Claim['headers'] = {};

/** The requests that an endpoint takes: its paths and calls, narrowed by the matches when nothing is shared. */
function addClaims(claims: Claim[], routed: Routed, place: Place): void {
  const { endpoint, arms, directResponses = [] } = routed.endpoint;
  const shares = arms.some(({ weight, matches }) => weight !== undefined || matches === undefined);
  const narrowed = shares ? [NO_HEADERS] : arms.flatMap(({ matches = [] }) => matches.map(({ headers }) => headers ?? NO_HEADERS));
  for (const more of narrowed) {
    for (const path of endpoint.paths) claims.push(new EndpointClaim(routed, place, Protocol.REST, path, more));
    if (!routed.takesGrpc) continue;
    for (const set of endpoint.grpc.headerSets) {
      const headers: { [name: string]: StringMatch } = { ...more };
      for (const [name, value] of Object.entries(set)) headers[name] = StringMatch.exact(value);
      claims.push(new EndpointClaim(routed, place, Protocol.GRPC, endpoint.grpc.methods, headers));
    }
  }
  for (const { path } of directResponses) claims.push(new EndpointClaim(routed, place, Protocol.REST, path, NO_HEADERS));
}

/** What was written by hand may overlap with itself as it likes: its author knows the order. */
const HAND_WRITTEN = {};

const ANY_PATH = StringMatch.prefix('/');

/** The hosts behind gateways that a VirtualService takes, and the paths that it takes without further conditions. */
function addHandWritten(claims: Claim[], virtualService: VirtualService, known: ReadonlyMap<string, IGateway>): void {
  const { hosts, gateways = [], http = [], namespace, takesHost = false } = virtualService._claimed;
  const owner = `VirtualService ${virtualService.node.path}`;
  const paths = http.flatMap(({ match }) => (match === undefined || match.length === 0 ? [ANY_PATH] : match.flatMap(plainPath)));
  for (const gateway of gateways) {
    for (const place of placesOf(known.get(referenceOf(gateway)) ?? gateway, hosts.map((host) => host.toLowerCase()), namespace)) {
      for (const path of paths) {
        claims.push({ ...place, owner, plan: HAND_WRITTEN, endpoint: HAND_WRITTEN, takesHost, protocol: Protocol.REST, path, headers: NO_HEADERS });
      }
    }
  }
}

/** The path of a match that asks for nothing else. */
function plainPath({ name: _name, uri, ignoreUriCase: _case, statPrefix: _prefix, ...others }: HttpMatch): StringMatch[] {
  return Object.values(others).every((condition) => condition === undefined) ? [uri ?? ANY_PATH] : [];
}
