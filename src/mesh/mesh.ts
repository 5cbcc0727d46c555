import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { recordConstructs } from './construct-record';
import { checkFileNames } from './file-names';
import { acceptancesOfFinding, Finding, reportFindings, ruledFindings } from './findings';
import { ForeignObjects, MeshFacts } from './foreign-objects';
import { IstioRelease } from './release';
import { compareWithOtherMeshes } from './same-cluster';
import { SeldonReleases } from './seldon-release';
import { constructsBelow } from './tree';
import { Warnings } from './warnings';
import { isUnchanged } from './written-objects';
import { checkDnsLabel, isHost } from '../plan/checks/checks';
import { inSentences, invalid, pathOf, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { computeIfAbsent } from '../plan/groups';
import { byText } from '../plan/text-order';
import type * as SyncWaves from '../synthesis/sync-waves';
import type * as RoutesTable from '../synthesis/traffic/routes-table';

/** Options for `Mesh.configure`: properties of a whole mesh. */
export interface MeshOptions {
  /**
   * Istio's release, such as `1.22`. It determines the API versions, and newer fields are rejected.
   *
   * @default - 1.22 or later, and no field is rejected
   */
  readonly istioVersion?: string;

  /**
   * Seldon's release, such as `2.9` for Seldon Core 2 or `1.18` for Seldon Core 1. Newer fields are rejected: `kubectl apply` rejects
   * them too with strict validation, and drops them without it.
   *
   * @default - 2.6 or later, or 1.17 or later, and no field is rejected
   */
  readonly seldonVersion?: string;

  /**
   * The release of Seldon Core 1, such as `1.18`, for a mesh that has both and sets `seldonVersion` to that of Seldon Core 2.
   *
   * @default - 1.17 or later, and no field is rejected
   */
  readonly seldonCore1Version?: string;

  /**
   * DNS domain of the cluster.
   *
   * @default "cluster.local"
   */
  readonly clusterDomain?: string;

  /**
   * Istio's root namespace, whose policies apply to the whole mesh.
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
   * Namespace of the pods of the mesh's ingress gateway, where Istio looks up the secrets of its certificates.
   *
   * @default "istio-system"
   */
  readonly ingressNamespace?: string;

  /**
   * Whether Seldon Core 1's operator creates Istio objects. This is its setting `istio.enabled`, which applies to all SeldonDeployments
   * of a cluster. If `true`, a SeldonDeployment that this library routes to must set `disableOperatorRoutes`: of two routes for the same
   * requests Istio keeps the older one, and both sides write DestinationRules with the same names. If `false`, there are no such routes.
   *
   * @default - not known: a route of this library to a SeldonDeployment without `disableOperatorRoutes` causes one warning
   * @see https://docs.seldon.io/projects/seldon-core/en/latest/ingress/istio.html
   */
  readonly operatorIstio?: boolean;

  /**
   * Whether objects are annotated for Argo CD, so that it applies them in an order in which each finds what it needs: SeldonRuntimes,
   * Servers, Models and SeldonDeployments, Pipelines, Experiments, then rules of Istio, and routes at the end. All other objects come first, and so
   * do rules and routes for hosts outside the cluster, from which Models are loaded. Argo CD waits for each wave to be healthy, for which
   * it needs the health checks of `ArgoCdSettings`; otherwise it only waits until the objects exist.
   *
   * What routes refer to is deleted at the end of a sync, after all changes of routes (`PruneLast=true`); otherwise Argo CD deletes a Model before it
   * changes the route to it. This does not help a subset that is removed from its DestinationRule, which is applied before the routes: set the
   * weight of its arm to 0 in one commit, and remove the arm in the next. A Model with `replicas: 0` is in the last wave, since it is
   * never ready.
   *
   * Annotations set on an object take precedence.
   *
   * @default false
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  readonly syncWaves?: boolean;

  /**
   * Whether synthesis prints the table of all routes on standard error: host, path and headers, who answers with which share, mirrors and policies.
   * It is that of `Traffic.table()` and of `npx cdk8s-seldon-istio routes dist/`.
   *
   * @default false
   */
  readonly printRoutes?: boolean;
}

/**
 * A finding of a rule about the objects of a mesh.
 *
 * @internal
 */
export interface RuleProblem {
  /** Name of the rule. */
  readonly rule: string;
  /** How serious it is. */
  readonly level: string;
  /** The construct that it is about. */
  readonly at: IConstruct;
  /** The problem and its remedy. */
  readonly message: string;
}

const CONFIGURED = Symbol.for('cdk8s-seldon-istio.mesh.configured');
const USED = Symbol.for('cdk8s-seldon-istio.mesh.used');

/** The mesh of a construct, and the construct that used it first. */
interface Use {
  readonly mesh: Mesh;
  readonly by: IConstruct;
}

/** The properties that the mesh adds to constructs. */
interface Marked extends IConstruct {
  [CONFIGURED]?: Mesh;
  [USED]?: Use;
}

/**
 * The mesh that constructs belong to. It is configured once, on an App, a Chart or any other scope, for all constructs below.
 *
 * Checks across charts compare only the objects of one mesh, so an App can use the same names for development and production in two
 * scopes.
 */
export class Mesh {
  /**
   * Configures the mesh of all constructs below a scope.
   *
   * @param scope An App, a Chart or any other construct.
   * @param options The options that differ from the defaults.
   * @throws an error when a value is invalid, when the scope is configured twice, or when a construct below it has already used its
   * mesh: configure the mesh first.
   */
  public static configure(scope: Construct, options: MeshOptions): Mesh {
    checkProps(scope, 'MeshOptions', options);
    const marked = scope as Marked;
    if (marked[USED] !== undefined) {
      throw invalid(scope, `Mesh.configure called after ${pathOf(marked[USED].by)} used the mesh`,
        'configure the mesh before creating constructs below this scope');
    }
    if (marked[CONFIGURED] !== undefined) {
      throw invalid(scope, 'Mesh.configure called twice on one scope', 'set all options in one call');
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
    return Mesh.use(construct, construct).mesh;
  }

  /** Remembers the mesh at the construct and at each scope up to the one that has it. These cannot configure another one later. */
  private static use(construct: Marked, by: IConstruct): Use {
    if (construct[USED] !== undefined) return construct[USED];
    const { scope } = construct.node;
    const mesh = construct[CONFIGURED] ?? (scope === undefined ? construct[CONFIGURED] = new Mesh(construct, {}) : Mesh.use(scope, by).mesh);
    return construct[USED] = { mesh, by };
  }

  /** DNS domain of the cluster. */
  public readonly clusterDomain: string;

  /** Istio's root namespace, whose policies apply to the whole mesh. */
  public readonly rootNamespace: string;

  /** Labels of the pods of the mesh's ingress gateway. */
  public readonly ingressSelector: { [label: string]: string };

  /** Namespace of the pods of the mesh's ingress gateway. */
  public readonly ingressNamespace: string;

  /** Whether Seldon Core 1's operator creates Istio objects; undefined if that is not configured. */
  public readonly operatorIstio?: boolean;

  /** @internal */
  public readonly _release: IstioRelease;

  /** @internal */
  public readonly _seldon: SeldonReleases;

  /** Equal for meshes with equal options. */
  private readonly fingerprint: string;
  private readonly syncWaves: boolean;
  private hasPrinted = false;
  private readonly parts = new Map<string, object>();
  private readonly foreign = new ForeignObjects();

  private constructor(private readonly scope: IConstruct, options: MeshOptions) {
    this.clusterDomain = options.clusterDomain ?? 'cluster.local';
    this.rootNamespace = options.rootNamespace ?? 'istio-system';
    this.ingressSelector = { ...(options.ingressSelector ?? { istio: 'ingressgateway' }) };
    this.ingressNamespace = options.ingressNamespace ?? 'istio-system';
    this._release = options.istioVersion === undefined ? IstioRelease.UNSPECIFIED : IstioRelease.parse(scope, options.istioVersion);
    this._seldon = SeldonReleases.parse(scope, options.seldonVersion, options.seldonCore1Version);
    if (!isHost(this.clusterDomain) || this.clusterDomain.includes('*')) {
      throw invalid(scope, `clusterDomain ${show(this.clusterDomain)}`, 'expected a DNS domain such as "cluster.local"');
    }
    checkDnsLabel(scope, 'rootNamespace', this.rootNamespace);
    checkDnsLabel(scope, 'ingressNamespace', this.ingressNamespace);
    if (Object.keys(this.ingressSelector).length === 0) {
      throw invalid(scope, 'an empty ingressSelector', 'set a label of the ingress pods, or leave it out');
    }
    this.syncWaves = options.syncWaves ?? false;
    this.operatorIstio = options.operatorIstio;
    const { printRoutes = false } = options;
    for (const [name, value] of Object.entries({ syncWaves: this.syncWaves, operatorIstio: this.operatorIstio, printRoutes })) {
      if (value !== undefined && typeof value !== 'boolean') throw invalid(scope, `${name} ${show(value)}`, 'expected true or false');
    }
    const { clusterDomain, rootNamespace, ingressNamespace, syncWaves } = this;
    const ingressSelector = sortedEntries(this.ingressSelector);
    const used = { ...options, clusterDomain, rootNamespace, ingressNamespace, syncWaves, printRoutes, ingressSelector };
    this.fingerprint = JSON.stringify(sortedEntries(used));
    reportFindings(scope, () => {
      const constructs = constructsOf(this, scope);
      if (this.syncWaves) this.annotate(constructs);
      recordConstructs(scope);
      return [...findProblems(this, constructs), ...this.foreign.errors(constructs, this.facts())];
    });
    Warnings._later(scope, () => this.foreign.warn(constructsOf(this, scope), this.facts()));
    checkFileNames(scope);
    if (printRoutes) Warnings._later(scope, () => this.printRoutes());
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
   * A host as Istio reads it: a name without dots is a Service in the namespace of the object that refers to it.
   *
   * @internal
   */
  public _fullHost(host: string, namespace: string | undefined): string {
    return host.includes('.') || host.startsWith('*') || namespace === undefined ? host : this.serviceHost(host, namespace);
  }

  /**
   * A name for an object about a host: that of the Service, or the whole host if it is not a Service of the cluster.
   *
   * @internal
   */
  public _objectNameFor(host: string): string {
    if (host.endsWith(`.svc.${this.clusterDomain}`)) return host.slice(0, host.indexOf('.'));
    // Hyphens are doubled, so that "a-b.test" and "a.b-test" have different names.
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

  private annotate(constructs: readonly IConstruct[]): void {
    const { annotateSyncWaves } = require('../synthesis/sync-waves') as typeof SyncWaves;
    annotateSyncWaves(constructs, this.facts(), isUnchanged);
  }

  /** cdk8s validates the whole app once more for each chart. */
  private printRoutes(): void {
    if (this.hasPrinted) return;
    this.hasPrinted = true;
    queueMicrotask(() => { this.hasPrinted = false; });
    const { tableOf } = require('../synthesis/traffic/routes-table') as typeof RoutesTable;
    console.error(tableOf(this._contents()));
  }

  private facts(): MeshFacts {
    const { clusterDomain, rootNamespace, operatorIstio } = this;
    const core1Routes = operatorIstio ? 'operator' : 'library';
    return { clusterDomain, rootNamespace, ...operatorIstio === undefined ? {} : { core1Routes } };
  }

  /**
   * The constructs of the mesh, and what their objects do not tell.
   *
   * @internal
   */
  public _contents(): { readonly constructs: readonly IConstruct[]; readonly facts: MeshFacts } {
    return { constructs: constructsOf(this, this.scope), facts: this.facts() };
  }

  /**
   * All findings of rules about objects of the mesh, except accepted ones.
   *
   * @internal
   */
  public _findAll(): readonly RuleProblem[] {
    const constructs = constructsOf(this, this.scope);
    const own = new Set(constructs);
    const reported = ruledFindings(this.scope).filter((finding) => own.has(finding.at) && acceptancesOfFinding(finding).length === 0);
    return [
      ...reported.map(({ rule, at, text }) => ({ rule, level: 'error', at, message: text })),
      ...this.foreign.find(constructs, this.facts())
        .map(({ rule, level, at, problem, remedy }) => ({ rule, level, at, message: inSentences(problem, remedy) })),
    ];
  }

  /**
   * The single instance of something that the constructs of this mesh share, created on first use.
   *
   * @internal
   */
  public _part<T extends object>(name: string, make: (scope: IConstruct) => T): T {
    return computeIfAbsent(this.parts, name, () => make(this.scope)) as T;
  }
}

/** The constructs of a mesh, except those of meshes that are configured below it. */
function constructsOf(mesh: Mesh, scope: IConstruct): readonly IConstruct[] {
  const all = constructsBelow(scope);
  const others = all.filter((construct: Marked) => construct[CONFIGURED] !== undefined && construct[CONFIGURED] !== mesh);
  if (others.length === 0) return all;
  const ofOthers = new Set(others.flatMap(constructsBelow));
  return all.filter((construct) => !ofOthers.has(construct));
}

function sortedEntries(values: { readonly [name: string]: unknown }): (readonly [string, unknown])[] {
  return Object.entries(values).filter(([, value]) => value !== undefined).sort(([a], [b]) => byText(a, b));
}

/**
 * Finds objects with the same identity, which would overwrite each other in the cluster, whichever charts they come from. Objects that
 * were not written by this library are also checked against the release of Seldon.
 */
function findProblems(mesh: Mesh, constructs: readonly IConstruct[]): Finding[] {
  const seen = new Map<string, ApiObject>();
  const problems: Finding[] = [];
  for (const construct of constructs) {
    if (ApiObject.isApiObject(construct)) {
      const { apiGroup, kind, name, metadata } = construct;
      if (mesh._seldon.covers(apiGroup)) {
        problems.push(...mesh._seldon.problems(apiGroup, kind, construct.toJson())
          .map((problem) => ({ at: construct, text: `${problem} (at ${pathOf(construct)})` })));
      }
      const key = `${apiGroup}/${kind}/${metadata.namespace ?? ''}/${name}`;
      const other = seen.get(key);
      if (other === undefined) {
        seen.set(key, construct);
      } else {
        const where = metadata.namespace === undefined ? 'no namespace' : `namespace "${metadata.namespace}"`;
        const text = inSentences(`two objects of kind ${kind} with name "${name}" in ${where}, ${pathOf(other)} and ${pathOf(construct)}`,
          'one would overwrite the other. Rename or remove one of them, or configure two meshes with Mesh.configure if they are for different clusters');
        problems.push({ at: construct, text });
      }
    }
  }
  return problems;
}
