import { ClusterKind, ClusterObject, nameIn } from './cluster-object';
import { computeIfAbsent } from '../plan/groups';
import { byText } from '../plan/text-order';

/**
 * What is true of a cluster and cannot be read from its objects.
 *
 * @internal
 */
export interface ClusterSettings {
  /** Release of Istio, such as `1.22`. */
  readonly istioVersion?: string;
  /** Release of Seldon Core 2, such as `2.9`. */
  readonly seldonVersion?: string;
  /** Domain of Services. @default "cluster.local" */
  readonly clusterDomain?: string;
  /** Namespace of objects that apply to the whole mesh. @default "istio-system" */
  readonly rootNamespace?: string;
  /** Who writes the routes of SeldonDeployments; not known if undefined. */
  readonly core1Routes?: 'operator' | 'library';
  /** The tool that applies the manifests, if it has the health checks for Seldon's kinds; not known if undefined. */
  readonly healthChecks?: 'argocd' | 'flux';
}

/**
 * The objects of an app, or of any set of manifests, indexed once. Rules and answers read them from here.
 *
 * @internal
 */
export class Cluster {
  /** Domain of Services. */
  public readonly clusterDomain: string;
  /** Namespace of objects that apply to the whole mesh. */
  public readonly rootNamespace: string;
  private readonly byType = new Map<string, ClusterObject[]>();
  private readonly byName = new Map<string, Map<string, ClusterObject>>();
  private readonly parts = new Map<unknown, unknown>();

  /**
   * Indexes objects.
   *
   * @param objects The objects. Their order makes no difference.
   * @param settings What the objects do not tell.
   * @param earlier The cluster before a change; undefined if it is not known.
   */
  constructor(public readonly objects: readonly ClusterObject[], public readonly settings: ClusterSettings = {}, public readonly earlier?: Cluster) {
    this.clusterDomain = settings.clusterDomain ?? 'cluster.local';
    this.rootNamespace = settings.rootNamespace ?? 'istio-system';
    for (const object of objects) computeIfAbsent(this.byType, object.type, () => []).push(object);
    for (const list of this.byType.values()) list.sort(byNamespaceAndName);
  }

  /** The objects of a kind, ordered by namespace and name. */
  public all(kind: ClusterKind): readonly ClusterObject[] {
    return this.byType.get(kind) ?? [];
  }

  /** The object of a kind with a name. */
  public find(kind: ClusterKind, namespace: string, name: string): ClusterObject | undefined {
    const names = computeIfAbsent(this.byName, kind, () => new Map(this.all(kind).map((object) => [nameIn(object.namespace, object.name), object])));
    return names.get(nameIn(namespace, name));
  }

  /**
   * What several rules derive from the objects, computed when it is first asked for.
   *
   * @param derive The function that derives it, which is also its key.
   */
  public derived<T>(derive: (cluster: Cluster) => T): T {
    return computeIfAbsent(this.parts, derive, () => derive(this)) as T;
  }

  /** The full name of a host that an object refers to: a name without a dot is that of a Service in its own namespace. */
  public fullHost(host: string, namespace: string): string {
    const lower = host.toLowerCase();
    return lower.includes('.') || lower === '*' ? lower : `${lower}.${namespace}.svc.${this.clusterDomain}`;
  }
}

function byNamespaceAndName(a: ClusterObject, b: ClusterObject): number {
  return byText(a.namespace, b.namespace) || byText(a.name, b.name) || byText(sourceOf(a), sourceOf(b));
}

function sourceOf({ origin }: ClusterObject): string {
  return origin.construct ?? origin.file ?? '';
}
