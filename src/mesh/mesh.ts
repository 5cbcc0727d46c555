import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { checkFileNames } from './file-names';
import { Finding, reportFindings } from './findings';
import { IstioRelease } from './release';
import { compareWithOtherMeshes } from './same-cluster';
import { SeldonReleases } from './seldon-release';
import { checkDnsLabel, isHost } from '../plan/checks/checks';
import { invalid, pathOf, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { computeIfAbsent } from '../plan/groups';

/** What is true of a whole mesh. */
export interface MeshOptions {
  /**
   * Istio's release, such as `1.22`. It decides the API versions, and fields that came later are refused.
   *
   * @default - 1.22 or later, and no field is refused
   */
  readonly istioVersion?: string;

  /**
   * Seldon's release, such as `2.9` of Seldon Core 2 or `1.18` of Seldon Core 1. Fields that came later are refused: a strict apply
   * refuses them, too, and a loose one drops them.
   *
   * @default - 2.6 or later, or 1.17 or later, and no field is refused
   */
  readonly seldonVersion?: string;

  /**
   * The release of Seldon Core 1, such as `1.18`, in a mesh that has both and states that of Seldon Core 2 as `seldonVersion`.
   *
   * @default - 1.17 or later, and no field is refused
   */
  readonly seldonCore1Version?: string;

  /**
   * DNS domain of the cluster.
   *
   * @default "cluster.local"
   */
  readonly clusterDomain?: string;

  /**
   * Namespace whose policies hold for the whole mesh.
   *
   * @default "istio-system"
   */
  readonly rootNamespace?: string;

  /**
   * Labels of the pods of the mesh's ingress gateway.
   *
   * @default - `istio: ingressgateway`
   */
  readonly ingressSelector?: { [label: string]: string };

  /**
   * Namespace that the pods of the mesh's ingress gateway run in, where Istio looks for the secrets of its certificates.
   *
   * @default "istio-system"
   */
  readonly ingressNamespace?: string;

  /**
   * Whether Seldon Core 1's operator manages Istio, as its setting `istio.enabled` says, which holds for all SeldonDeployments of a
   * cluster. If `true`, a route of this library to a SeldonDeployment needs `disableOperatorRoutes` there: of two routes for the same
   * requests Istio keeps the older one, and both sides write DestinationRules of the same names. If `false`, no such route exists.
   *
   * @default - not known: a route of this library to a SeldonDeployment without `disableOperatorRoutes` causes one warning
   * @see https://docs.seldon.io/projects/seldon-core/en/latest/ingress/istio.html
   */
  readonly operatorIstio?: boolean;

  /**
   * Whether Argo CD is told what comes first: DestinationRules get `argocd.argoproj.io/sync-wave: "0"`, the wave of all that has
   * none, and VirtualServices `"1"`. So a route is applied when the subsets that it names are there and the pods behind it are
   * healthy, where Argo CD can tell; without that its first requests get 503. An annotation of an object's own wins.
   *
   * The order is the same for what goes away: a subset leaves its rule before the routes to it are changed. So give its arm
   * weight 0 in one commit, and take the arm out in the next.
   *
   * @default false
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  readonly syncWaves?: boolean;
}

/** What Argo CD reads, and what it is told about kinds that have to wait for others, or others for them. */
const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
const WAVES: { readonly [kind: string]: string } = { DestinationRule: '0', VirtualService: '1' };

const CONFIGURED = Symbol.for('cdk8s-seldon-istio.mesh.configured');
const ASKED = Symbol.for('cdk8s-seldon-istio.mesh.asked');

/** What the mesh leaves on constructs, beside their own properties. */
interface Marked extends IConstruct {
  [CONFIGURED]?: Mesh;
  [ASKED]?: { readonly mesh: Mesh; readonly by: IConstruct };
}

/**
 * The mesh that constructs belong to: said once, on an App, a Chart or any other scope, and asked by all constructs below.
 *
 * Checks that look at several charts stay within one mesh, so an App may hold the same names for development and for
 * production in two scopes.
 */
export class Mesh {
  /**
   * Says what is true of the mesh of all constructs below a scope.
   *
   * @param scope An App, a Chart or any other construct.
   * @param options What differs from the defaults.
   * @throws an error when a value is wrong, when the scope is configured twice, and when a construct below it has used
   * its mesh already: configure first.
   */
  public static configure(scope: Construct, options: MeshOptions): Mesh {
    checkProps(scope, 'MeshOptions', options);
    const marked = scope as Marked;
    if (marked[ASKED] !== undefined) {
      throw invalid(scope, `Mesh.configure called after ${pathOf(marked[ASKED].by)} used the mesh`,
        'configure the mesh before making constructs below this scope');
    }
    if (marked[CONFIGURED] !== undefined) {
      throw invalid(scope, 'Mesh.configure called twice on one scope', 'say everything in one call');
    }
    const mesh = marked[CONFIGURED] = new Mesh(scope, options);
    compareWithOtherMeshes({ scope, options: mesh.fingerprint });
    return mesh;
  }

  /**
   * The mesh that a construct belongs to: that of its nearest configured scope, else one with the defaults for the App.
   *
   * @param construct Any construct.
   */
  public static of(construct: IConstruct): Mesh {
    const passed: Marked[] = [];
    let scope: Marked | undefined = construct as Marked;
    let mesh: Mesh | undefined;
    let last: Marked = scope;
    while (scope !== undefined && mesh === undefined) {
      mesh = scope[ASKED]?.mesh ?? scope[CONFIGURED];
      passed.push(scope);
      last = scope;
      scope = scope.node.scope as Marked | undefined;
    }
    const found = mesh ?? (last[CONFIGURED] = new Mesh(last, {}));
    for (const each of passed) each[ASKED] ??= { mesh: found, by: construct };
    return found;
  }

  /** DNS domain of the cluster. */
  public readonly clusterDomain: string;

  /** Namespace whose policies hold for the whole mesh. */
  public readonly rootNamespace: string;

  /** Labels of the pods of the mesh's ingress gateway. */
  public readonly ingressSelector: { [label: string]: string };

  /** Namespace that the pods of the mesh's ingress gateway run in. */
  public readonly ingressNamespace: string;

  /** Whether Seldon Core 1's operator manages Istio; undefined when the mesh was not configured so. */
  public readonly operatorIstio?: boolean;

  /** @internal */
  public readonly _release: IstioRelease;

  /** @internal */
  public readonly _seldon: SeldonReleases;

  /** Equal for meshes with equal options. */
  private readonly fingerprint: string;
  private readonly syncWaves: boolean;
  private readonly parts = new Map<string, object>();

  private constructor(private readonly scope: IConstruct, options: MeshOptions) {
    this.clusterDomain = options.clusterDomain ?? 'cluster.local';
    this.rootNamespace = options.rootNamespace ?? 'istio-system';
    this.ingressSelector = { ...(options.ingressSelector ?? { istio: 'ingressgateway' }) };
    this.ingressNamespace = options.ingressNamespace ?? 'istio-system';
    this._release = options.istioVersion === undefined ? IstioRelease.UNSTATED : IstioRelease.parse(scope, options.istioVersion);
    this._seldon = SeldonReleases.parse(scope, options.seldonVersion, options.seldonCore1Version);
    if (!isHost(this.clusterDomain) || this.clusterDomain.includes('*')) {
      throw invalid(scope, `clusterDomain ${show(this.clusterDomain)}`, 'expected a DNS domain such as "cluster.local"');
    }
    checkDnsLabel(scope, 'rootNamespace', this.rootNamespace);
    checkDnsLabel(scope, 'ingressNamespace', this.ingressNamespace);
    if (Object.keys(this.ingressSelector).length === 0) {
      throw invalid(scope, 'an empty ingressSelector', 'name a label of the ingress pods, or leave it out');
    }
    this.syncWaves = options.syncWaves ?? false;
    this.operatorIstio = options.operatorIstio;
    for (const [name, value] of Object.entries({ syncWaves: this.syncWaves, operatorIstio: this.operatorIstio })) {
      if (value !== undefined && typeof value !== 'boolean') throw invalid(scope, `${name} ${show(value)}`, 'expected true or false');
    }
    const { clusterDomain, rootNamespace, ingressNamespace, syncWaves } = this;
    const used = { ...options, clusterDomain, rootNamespace, ingressNamespace, syncWaves, ingressSelector: sortedEntries(this.ingressSelector) };
    this.fingerprint = JSON.stringify(sortedEntries(used));
    reportFindings(scope, () => findProblems(this, scope));
    checkFileNames(scope);
  }

  /**
   * Full DNS name of a Service of the cluster.
   *
   * @param service Name of the Service.
   * @param namespace Its namespace.
   */
  public serviceHost(service: string, namespace: string): string {
    return `${service}.${namespace}.svc.${this.clusterDomain}`;
  }

  /**
   * A host as Istio reads it: a name without dots is a Service in the namespace of the object that names it.
   *
   * @internal
   */
  public _fullHost(host: string, namespace: string | undefined): string {
    return host.includes('.') || host.startsWith('*') || namespace === undefined ? host : this.serviceHost(host, namespace);
  }

  /**
   * A name for an object about a host: that of the Service, or the whole host where it is none of the cluster's.
   *
   * @internal
   */
  public _objectNameFor(host: string): string {
    if (host.endsWith(`.svc.${this.clusterDomain}`)) return host.slice(0, host.indexOf('.'));
    // A hyphen is doubled, so that "a-b.test" and "a.b-test" have two names.
    return host.toLowerCase().replaceAll('-', '--').replace('*', 'any').replace(/[.:]/g, '-').replace(/^-+|-+$/g, '');
  }

  /**
   * Namespace of a Service of the cluster, by its full DNS name in lower case; undefined for other hosts.
   *
   * @internal
   */
  public _namespaceOfService(host: string): string | undefined {
    const [, namespace, ...domain] = host.split('.');
    return domain.join('.') === `svc.${this.clusterDomain.toLowerCase()}` ? namespace : undefined;
  }

  /**
   * The annotations of an object of a kind, where the mesh has some for it: those of its own win.
   *
   * @internal
   */
  public _annotations(kind: string, own: { [name: string]: string } | undefined): { [name: string]: string } | undefined {
    return this.syncWaves && Object.hasOwn(WAVES, kind) ? { [SYNC_WAVE]: WAVES[kind], ...own } : own;
  }

  /**
   * The annotations of an object that is applied after all others of its kind, where the mesh has some for it.
   *
   * @internal
   */
  public _annotationsAfter(kind: string): { [name: string]: string } {
    return this.syncWaves && Object.hasOwn(WAVES, kind) ? { [SYNC_WAVE]: String(Number(WAVES[kind]) + 1) } : {};
  }

  /**
   * The one instance of something that the constructs of this mesh share, made on first use.
   *
   * @internal
   */
  public _part<T extends object>(name: string, make: (scope: IConstruct) => T): T {
    return computeIfAbsent(this.parts, name, () => make(this.scope)) as T;
  }
}

function sortedEntries(values: { readonly [name: string]: unknown }): (readonly [string, unknown])[] {
  return Object.entries(values).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * Two objects with one identity would overwrite each other in the cluster, whatever charts they come from. And what constructs of this
 * library do not write is compared with the stated release of Seldon as well.
 */
function findProblems(mesh: Mesh, scope: IConstruct): Finding[] {
  const seen = new Map<string, ApiObject>();
  const problems: Finding[] = [];
  const visit = (construct: IConstruct): void => {
    const own = (construct as Marked)[CONFIGURED];
    if (own !== undefined && own !== mesh) return;
    if (ApiObject.isApiObject(construct)) {
      const { apiGroup, kind, name, metadata } = construct;
      if (mesh._seldon.judges(apiGroup)) {
        problems.push(...mesh._seldon.problems(apiGroup, kind, construct.toJson())
          .map((problem) => ({ at: construct, text: `${problem} (at ${pathOf(construct)})` })));
      }
      const key = `${apiGroup}/${kind}/${metadata.namespace ?? ''}/${name}`;
      const other = seen.get(key);
      if (other === undefined) {
        seen.set(key, construct);
      } else {
        const where = metadata.namespace === undefined ? 'no namespace' : `namespace "${metadata.namespace}"`;
        const text = `two objects of kind ${kind} with name "${name}" in ${where}: ${pathOf(other)} and ${pathOf(construct)}; `
          + 'one would overwrite the other: rename or remove one, or say with Mesh.configure that they are for two meshes';
        problems.push({ at: construct, text });
      }
    }
    for (const child of construct.node.children) visit(child);
  };
  visit(scope);
  return problems;
}
