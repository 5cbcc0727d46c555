import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { HttpRoute } from '../istio/http-route';
import { MeshHosts } from '../istio/mesh-hosts';
import { checkVirtualService } from '../istio/virtual-service-checks';
import { toVirtualServiceSpec } from '../istio/virtual-service-json';
import { writeManifest } from '../mesh/manifest';
import { Mesh } from '../mesh/mesh';
import { BackendTarget } from '../plan/backend';
import { invalid } from '../plan/errors';
import { Plan } from '../plan/plan';
import { ResolvedEndpoint } from '../plan/resolve';
import { StringMatchKind } from '../plan/string-match';

/** The rules that an endpoint brings. */
interface Share {
  readonly endpoint: string;
  readonly path: string;
  readonly rules: HttpRoute[];
}

/**
 * The VirtualService of a host for callers inside the mesh. Istio reads one per host there and loses a second one as a
 * whole, so the endpoints of a chart share it. It ends in rules that leave the rest of the host as it was.
 *
 * @internal
 */
export class MeshRoutes extends Construct {
  /** Adds an endpoint to the VirtualService of one of its hosts. */
  public static add(at: Construct, plan: Plan, resolved: ResolvedEndpoint, host: string, rules: HttpRoute[]): void {
    if (plan.metadata?.name !== undefined) {
      throw invalid(at, `name "${plan.metadata.name}" for a route of callers inside the mesh`,
        `its VirtualService is shared by all endpoints on host "${host}" and named after the Service: leave the name out`);
    }
    const byHost = Mesh.of(at)._part('mesh-routes', () => new Map<string, MeshRoutes>());
    const owner = targetsOf(resolved).find((target) => target.host === host);
    // Hosts that differ in capitals are one host.
    let routes = byHost.get(host.toLowerCase());
    if (routes !== undefined && Chart.of(routes) !== Chart.of(at)) {
      throw invalid(at, `host "${host}" has mesh routes in chart ${Chart.of(routes).node.path} already`,
        'Istio reads one VirtualService per host inside the mesh: put all endpoints on that host into one chart');
    }
    if (routes === undefined) {
      routes = new MeshRoutes(Chart.of(at), host, owner?.namespace ?? plan.namespace);
      byHost.set(host.toLowerCase(), routes);
    }
    checkVirtualService(at, { hosts: [host], http: rules });
    routes.shares.push({ endpoint: resolved.plan.endpoint.name, path: at.node.path, rules });
    for (const port of owner?.ports ?? []) routes.ports.add(port);
    for (const [name, value] of Object.entries(plan.metadata?.labels ?? {})) routes.object.metadata.addLabel(name, value);
    for (const [name, value] of Object.entries(plan.metadata?.annotations ?? {})) routes.object.metadata.addAnnotation(name, value);
  }

  private readonly shares: Share[] = [];
  private readonly ports = new Set<number>();
  private readonly object: ApiObject;

  private constructor(chart: Chart, private readonly host: string, namespace: string | undefined) {
    super(chart, `mesh-routes-${host}`);
    this.object = writeManifest(this, {
      apiVersion: Mesh.of(this)._release.apiVersion(this, 'VirtualService'),
      kind: 'VirtualService',
      spec: () => toVirtualServiceSpec(this, namespace, { hosts: [this.host], http: this.orderedRules() }),
    }, { namespace, metadata: { name: `${Mesh.of(this)._objectNameFor(host)}-routes` } });
    MeshHosts.of(this).add(this, host, namespace);
  }

  /** By name of the endpoint, so that the order of construction changes nothing; what takes every path comes last. */
  private orderedRules(): HttpRoute[] {
    const byName = [...this.shares].sort((a, b) => compare(takesAll(a), takesAll(b)) || compare(a.endpoint, b.endpoint) || compare(a.path, b.path));
    const ports = [...this.ports].sort((a, b) => a - b);
    return [
      ...byName.flatMap(({ rules }) => rules),
      ...ports.map((port) => ({
        name: `rest-of-port-${port}`,
        match: [{ port }],
        route: [{ destination: { host: this.host, port } }],
      })),
    ];
  }
}

function compare<T>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Istio leaves out whatever follows a rule for all paths. */
function takesAll({ rules }: Share): boolean {
  return rules.some(({ match = [] }) => match.some(({ uri, headers }) => uri?.kind === StringMatchKind.PREFIX && uri.value === '/' && headers === undefined));
}

function targetsOf({ shared, matched }: ResolvedEndpoint): BackendTarget[] {
  return [...shared, ...matched].map(({ target }) => target);
}
