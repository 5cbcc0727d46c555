import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { delegation, ordered, partOf, Share, acceptsAll } from './mesh-parts';
import { RoutedBackends } from '../istio/destination-rule/routed-backends';
import { HttpRoute } from '../istio/virtual-service/http-route';
import { MeshHosts } from '../istio/virtual-service/mesh-hosts';
import { checkVirtualService } from '../istio/virtual-service/virtual-service-checks';
import { toVirtualServiceSpec } from '../istio/virtual-service/virtual-service-json';
import { findLarge, jsonSize, LARGE } from '../mesh/applied-size';
import { writeManifest } from '../mesh/manifest';
import { Mesh } from '../mesh/mesh';
import { Warnings } from '../mesh/warnings';
import { BackendTarget } from '../plan/backend';
import { invalid, pathOf, show } from '../plan/checks/errors';
import { Plan } from '../plan/plan';
import { ResolvedEndpoint } from '../plan/resolve';

/** The first release of Istio that accepts regular expressions in a delegate, and prefixes of statistics. */
const DELEGATES_SINCE = '1.15';

/** A label or an annotation of the shared object, and the construct that sets it. */
interface Labelled {
  readonly value: string;
  readonly by: Construct;
}

/**
 * The VirtualService of a host for callers inside the mesh. Istio reads only one per host there and ignores a second one, so the
 * endpoints of a chart share it. Its last rules leave the rest of the host unchanged.
 *
 * If its rules are too large for `kubectl apply`, they are divided into VirtualServices that it delegates to.
 *
 * @internal
 */
export class MeshRoutes extends Construct {
  /** Adds an endpoint to the VirtualService of one of its hosts. */
  public static add(at: Construct, plan: Plan, resolved: ResolvedEndpoint, host: string, rules: HttpRoute[]): void {
    if (plan.metadata?.name !== undefined) {
      throw invalid(at, `name "${plan.metadata.name}" for a route of callers inside the mesh`,
        `its VirtualService is shared by all endpoints on host "${host}" and named after the Service. Leave the name out`);
    }
    const mesh = Mesh.of(at);
    const byHost = mesh._part('mesh-routes', () => new Map<string, MeshRoutes>());
    const full = mesh._fullHost(host, plan.namespace);
    // Hosts are case-insensitive.
    const key = full.toLowerCase();
    const owner = targetsOf(resolved).find((target) => target.host.toLowerCase() === key);
    const namespace = mesh._namespaceOfService(key) ?? owner?.namespace ?? plan.namespace;
    let routes = byHost.get(key);
    if (routes !== undefined) routes.checkShared(at, full, namespace);
    checkVirtualService(at, { hosts: [host], http: rules });
    if (routes === undefined) byHost.set(key, routes = new MeshRoutes(at, key, namespace));
    routes.addLabels(at, plan);
    routes.addShare({ endpoint: resolved.plan.endpoint.name, path: at.node.path, rules }, full);
  }

  private readonly shares: Share[] = [];
  private readonly labels = new Map<string, Labelled>();
  private readonly annotations = new Map<string, Labelled>();
  private readonly root: ApiObject;
  private readonly name: string;
  private readonly parts = new Map<number, ApiObject>();
  private size = 0;
  private host: string;

  private constructor(private readonly first: Construct, private readonly key: string, private readonly namespace: string | undefined) {
    super(Chart.of(first), `mesh-routes-${key}`);
    this.host = key;
    this.name = `${Mesh.of(this)._objectNameFor(key)}-routes`;
    this.root = this.write(this, this.name, () => ({ hosts: [this.host], http: this.rules() }));
    MeshHosts.of(this).add(this, key, namespace);
    Warnings._later(this, () => this.warnOfSize());
    this.node.addValidation({ validate: () => this.findTooLarge() });
  }

  /** The endpoints of a host share one object, so they must agree on its chart and namespace. */
  private checkShared(at: Construct, host: string, namespace: string | undefined): void {
    const chart = Chart.of(this);
    if (chart !== Chart.of(at)) {
      throw invalid(at, `host "${host}" has mesh routes in chart ${pathOf(chart)} already`,
        'Istio reads one VirtualService per host inside the mesh. Put all endpoints on that host into one chart');
    }
    if (namespace !== this.namespace) {
      throw invalid(at, `namespace ${show(namespace)} for host "${host}" inside the mesh, for which ${pathOf(this.first)} has namespace ${show(this.namespace)}`,
        'all endpoints on a host inside the mesh share one VirtualService. Set the same namespace on each');
    }
  }

  private addLabels(at: Construct, { metadata }: Plan): void {
    for (const [kind, values, known] of [['label', metadata?.labels, this.labels], ['annotation', metadata?.annotations, this.annotations]] as const) {
      for (const [name, value] of Object.entries(values ?? {})) {
        const other = known.get(name);
        if (other !== undefined && other.value !== value) {
          throw invalid(at, `${kind} ${name} with ${show(value)} on host "${this.host}" inside the mesh, where ${pathOf(other.by)} sets ${show(other.value)}`,
            'all endpoints on a host inside the mesh share one VirtualService. Set the same value on each, or leave it out');
        }
        if (other === undefined) known.set(name, { value, by: at });
      }
    }
    for (const object of this.objects()) this.label(object);
  }

  private addShare(share: Share, host: string): void {
    this.shares.push(share);
    // If names differ only in case, the choice must not depend on the order of construction.
    this.host = this.shares.length === 1 || host < this.host ? host : this.host;
    this.size += jsonSize(toVirtualServiceSpec(this, this.namespace, { hosts: [], http: [...share.rules] }));
    if (!this.isDivided) return;
    for (const each of this.parts.size === 0 ? this.shares : [share]) this.addPart(each);
  }

  private get isDivided(): boolean {
    return this.size >= LARGE && Mesh.of(this)._release.isAtLeast(DELEGATES_SINCE);
  }

  private addPart(share: Share): void {
    const part = partOf(share);
    if (acceptsAll(share) || this.parts.has(part)) return;
    const scope = new Construct(this, `part-${part}`);
    const object = this.write(scope, this.partName(part), () => ({ hosts: [], http: this.rulesOfPart(part) }));
    this.parts.set(part, object);
    this.label(object);
    // Without the part, its requests would go to the rest of the host.
    this.root.node.addDependency(object);
    this.label(this.root);
  }

  private rulesOfPart(part: number): HttpRoute[] {
    return rulesOf(this.shares.filter((each) => !acceptsAll(each) && partOf(each) === part));
  }

  private rules(): HttpRoute[] {
    const own = this.parts.size === 0 ? this.shares : this.shares.filter(acceptsAll);
    return [
      ...[...this.parts.keys()].sort((a, b) => a - b).map((part) => delegation(this.partName(part))),
      ...rulesOf(own),
      ...RoutedBackends.of(this).portsOf(this.key).map((port) => ({
        name: `rest-of-port-${port}`,
        match: [{ port }],
        route: [{ destination: { host: this.host, port } }],
      })),
    ];
  }

  private partName(part: number): string {
    return `${this.name}-${part}`;
  }

  private write(scope: Construct, name: string, props: () => { hosts: string[]; http: HttpRoute[] }): ApiObject {
    return writeManifest(scope, {
      apiVersion: Mesh.of(this)._release.apiVersion(this, 'VirtualService'),
      kind: 'VirtualService',
      spec: () => toVirtualServiceSpec(this, this.namespace, props()),
    }, { namespace: this.namespace, metadata: { name } });
  }

  private label({ metadata }: ApiObject): void {
    for (const [name, { value }] of this.labels) metadata.addLabel(name, value);
    for (const [name, { value }] of this.annotations) metadata.addAnnotation(name, value);
  }

  private objects(): ApiObject[] {
    return [this.root, ...this.parts.values()];
  }

  private warnOfSize(): void {
    for (const { problem, remedy, rejected } of this.large()) if (!rejected) Warnings._add(this, problem, remedy);
  }

  private findTooLarge(): string[] {
    return this.large().flatMap(({ problem, remedy, rejected }) => (rejected ? [invalid(this, problem, remedy).message] : []));
  }

  private large() {
    return this.size < LARGE ? [] : this.objects().flatMap((object) => findLarge(object.toJson()) ?? []);
  }
}

function rulesOf(shares: readonly Share[]): HttpRoute[] {
  return ordered(shares).flatMap(({ rules }) => rules);
}

function targetsOf({ shared, matched }: ResolvedEndpoint): BackendTarget[] {
  return [...shared, ...matched].map(({ target }) => target);
}
