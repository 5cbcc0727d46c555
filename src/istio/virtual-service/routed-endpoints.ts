import { IConstruct } from 'constructs';
import { comparedAt, MatchedRequests, handWrittenRequests, requestsOf } from './matched-requests';
import { VirtualServiceProps } from './virtual-service-props';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { pathOf } from '../../plan/checks/errors';
import { findRouteConflicts } from '../../plan/conflicts/route-conflicts';
import { RouteEntry, MESH } from '../../plan/conflicts/route-entry';
import { IGateway } from '../../plan/gateway-ref';
import { EndpointPlan, Plan } from '../../plan/plan';
import { ResolvedEndpoint } from '../../plan/resolve';
import { StringMatch } from '../../plan/string-match';
import { findCertificateBypasses, ServedRoute } from '../gateway/client-certificate-checks';
import { checkCoverage } from '../gateway/gateway-coverage';
import { GatewayRegistry } from '../gateway/gateway-registry';
import { GatewayServers } from '../gateway/gateway-servers';
import { HostListeners, HostListener } from '../gateway/host-listeners';
import { findRedirected } from '../gateway/redirect-checks';

/** A route that this library does not write. */
interface ExternalRoute {
  /** Its description in messages. */
  readonly description: string;
  /** Remedy in messages about a conflict with another route. */
  readonly remedy?: string;
}

/** A routed endpoint, as other checks see it. @internal */
export interface RoutedEndpoint {
  /** The construct that created the route. */
  readonly at: IConstruct;
  /** Its description in messages. */
  readonly description: string;
  /** The endpoint. */
  readonly endpoint: EndpointPlan;
  /** Whether its gRPC calls are routed. */
  readonly routesGrpc: boolean;
  /** The route, if this library does not write it. */
  readonly external?: ExternalRoute;
}

/** A hand-written VirtualService, as other checks see it. @internal */
export interface WrittenRoute {
  /** Its construct. */
  readonly at: IConstruct;
  /** Its description in messages. */
  readonly description: string;
  /** Its hosts. */
  readonly hosts: readonly string[];
  /** Its gateways; none for callers inside the mesh. */
  readonly gateways: readonly IGateway[];
  /** Paths that it matches without further conditions. */
  readonly paths: readonly StringMatch[];
}

/** A registered VirtualService. */
interface Registered extends IConstruct {
  readonly hosts: string[];
}

/** A routed endpoint, with its plan. */
class Routed implements RoutedEndpoint {
  constructor(
    public readonly at: IConstruct,
    public readonly plan: Plan,
    public readonly endpoint: EndpointPlan,
    public readonly routesGrpc: boolean,
    public readonly external?: ExternalRoute,
  ) {}

  /** A getter, since building a construct's path is slow and only messages need it. */
  public get description(): string {
    return this.external?.description ?? `endpoint "${this.endpoint.endpoint.name}" of ${pathOf(this.at)}`;
  }

  public get remedy(): string | undefined {
    return this.external?.remedy;
  }
}

/** Requests of a routed endpoint on one listener. */
class EndpointEntry implements RouteEntry {
  public readonly listener: string;
  public readonly host: string;
  public readonly protocol: RouteEntry['protocol'];
  public readonly path: RouteEntry['path'];
  public readonly headers: RouteEntry['headers'];
  public readonly withoutHeaders: RouteEntry['withoutHeaders'];
  public readonly selectsArm: RouteEntry['selectsArm'];

  constructor(private readonly routed: Routed, listener: HostListener, requests: MatchedRequests) {
    this.listener = listener.listener;
    this.host = listener.host;
    this.protocol = requests.protocol;
    this.path = requests.path;
    this.headers = requests.headers;
    this.withoutHeaders = requests.withoutHeaders;
    this.selectsArm = requests.selectsArm;
  }

  public get at(): IConstruct {
    return this.routed.at;
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

  /** The operator has no such option. If one of its routes is hidden, the route that hides it is reported. */
  public get mayHide(): boolean {
    return this.routed.external !== undefined;
  }
}

/**
 * All endpoints of a mesh in all charts, so that conflicts between their routes are found.
 *
 * @internal
 */
export class RoutedEndpoints {
  public static of(construct: IConstruct): RoutedEndpoints {
    return Mesh.of(construct)._part('routed-endpoints', (scope) => new RoutedEndpoints(scope));
  }

  private readonly routed: Routed[] = [];
  private readonly handWritten = new Map<Registered, VirtualServiceProps>();
  private checked = { count: 0, problems: [] as Finding[] };

  private constructor(private readonly scope: IConstruct) {
    reportFindings(scope, () => this.validate(), true);
    Warnings._later(scope, () => this.warnOfBypasses());
  }

  /** Adds a VirtualService that no endpoint owns. */
  public addVirtualService(virtualService: Registered, props: VirtualServiceProps): void {
    this.handWritten.set(virtualService, props);
  }

  public add(at: IConstruct, plan: Plan, { plan: endpoint, grpc }: ResolvedEndpoint): void {
    const { gateways, hosts } = endpoint.endpoint;
    const routed = new Routed(at, plan, endpoint, grpc);
    if (gateways.length > 0) {
      checkCoverage(at, gateways, hosts, plan.namespace);
      GatewayRegistry.of(at).name(at, () => routed.description, gateways);
    }
    this.routed.push(routed);
  }

  /** All routed endpoints. */
  public get endpoints(): readonly RoutedEndpoint[] {
    return this.routed;
  }

  /** The VirtualServices that no endpoint owns, with the paths that they match without further conditions. */
  public get virtualServices(): readonly WrittenRoute[] {
    return [...this.handWritten].map(([written, props]) => ({
      at: written,
      description: descriptionOf(written),
      hosts: written.hosts,
      gateways: props.gateways ?? [],
      paths: handWrittenRequests(props).flatMap(({ path, selectsArm, underConditions }) => (selectsArm || underConditions ? [] : [path])),
    }));
  }

  /** Adds an endpoint whose route is not written by this library but, for example, by Seldon's operator. */
  public addExternal(at: IConstruct, plan: Plan, endpoint: EndpointPlan, external: ExternalRoute): void {
    this.routed.push(new Routed(at, plan, endpoint, true, external));
  }

  /** Each chart of an app validates the whole app, so the result is cached until something is added. */
  private validate(): Finding[] {
    const count = this.routed.length + this.handWritten.size;
    if (this.checked.count !== count) {
      this.checked = { count, problems: [...findRouteConflicts(this.entries()), ...findRedirected(this.scope, this.routed)] };
    }
    return this.checked.problems;
  }

  private warnOfBypasses(): void {
    const routes: ServedRoute[] = [
      ...this.routed.map((routed) => ({
        hosts: routed.endpoint.endpoint.hosts,
        gateways: routed.endpoint.endpoint.gateways,
        namespace: routed.plan.namespace,
        get description() { return routed.description; },
      })),
      ...[...this.handWritten].map(([written, { namespace, gateways = [] }]) => ({
        hosts: written.hosts, namespace, gateways, description: descriptionOf(written),
      })),
    ];
    const bypasses = findCertificateBypasses(GatewayServers.of(this.scope), routes);
    for (const { open, problem, remedy } of bypasses) Warnings._add(open.gateway, problem, remedy);
  }

  private entries(): RouteEntry[] {
    const listeners = new HostListeners([
      ...[...this.handWritten.values()].flatMap(({ gateways }) => gateways ?? []),
      ...this.routed.flatMap(({ endpoint }) => endpoint.endpoint.gateways),
    ]);
    const entries: RouteEntry[] = [];
    for (const routed of this.routed) {
      const { gateways, hosts } = routed.endpoint.endpoint;
      const requests = requestsOf(routed.endpoint, routed.routesGrpc);
      for (const listener of listenersOf(listeners, gateways, hosts, routed.plan.namespace)) {
        for (const each of comparedAt(listener.listener, requests)) entries.push(new EndpointEntry(routed, listener, each));
      }
    }
    for (const [virtualService, props] of this.handWritten) {
      const { hosts, gateways = [], namespace } = props;
      const owner = descriptionOf(virtualService);
      const requests = handWrittenRequests(props);
      for (const listener of listenersOf(listeners, gateways, hosts, namespace)) {
        for (const each of requests) {
          entries.push({ at: virtualService, ...listener, ...each, owner, plan: HAND_WRITTEN, endpoint: HAND_WRITTEN });
        }
      }
    }
    return entries;
  }
}

function descriptionOf(written: Registered): string {
  return `VirtualService ${pathOf(written)}`;
}

/** Hosts are compared without regard to case. */
function listenersOf(
  listeners: HostListeners, gateways: readonly IGateway[], names: readonly string[], namespace: string | undefined,
): HostListener[] {
  const hosts = names.map((host) => host.toLowerCase());
  if (gateways.length === 0) return hosts.map((host) => ({ listener: MESH, host }));
  return gateways.flatMap((gateway) => listeners.of(gateway, hosts, namespace));
}

/** Hand-written rules may overlap with each other, since their order is intended. */
const HAND_WRITTEN = {};
