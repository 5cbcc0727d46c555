import { AttachedPolicies } from './attached-policies';
import { Cluster } from './cluster';
import { ClusterKind, ClusterObject } from './cluster-object';
import { labelsOf } from './gateways';
import { listOf, objectOf, stringOf } from './json';
import { PolicyTarget, targetOf } from './policies';
import { gatewayPods, Pods } from './policy-pods';

/**
 * A part of a proxy that filters change.
 *
 * @internal
 */
export enum ProxyPart {
  /** A gateway. */
  GATEWAY = 'gateway',
  /** What a sidecar does with the requests that its workload sends. */
  OUTBOUND = 'outbound',
  /** What a sidecar does with the requests that its workload receives. */
  INBOUND = 'inbound',
}

const ALL_PARTS: readonly ProxyPart[] = Object.values(ProxyPart);

/** The contexts of patches; without one, or with `ANY`, a patch is for all parts. */
const PARTS_OF_CONTEXT: ReadonlyMap<string | undefined, readonly ProxyPart[]> = new Map([
  ['GATEWAY', [ProxyPart.GATEWAY]],
  ['SIDECAR_OUTBOUND', [ProxyPart.OUTBOUND]],
  ['SIDECAR_INBOUND', [ProxyPart.INBOUND]],
  ['WAYPOINT', []],
]);

/** The modes of extensions; without one, or with both, an extension is for all parts. A gateway counts as a client. */
const PARTS_OF_MODE: ReadonlyMap<string | undefined, readonly ProxyPart[]> = new Map([
  ['CLIENT', [ProxyPart.GATEWAY, ProxyPart.OUTBOUND]],
  ['SERVER', [ProxyPart.INBOUND]],
]);

/** An object whose effect on requests its manifest does not tell. */
interface ProxyFilter {
  readonly object: ClusterObject;
  readonly target: PolicyTarget;
  readonly parts: readonly ProxyPart[];
}

/**
 * The EnvoyFilters, WasmPlugins and TrafficExtensions of a cluster, by the proxies that they change. What they do there is not known.
 *
 * @internal
 */
export class ProxyFilters {
  /** The filters of a cluster, read once. */
  public static of(cluster: Cluster): ProxyFilters {
    return cluster.derived(ProxyFilters.read);
  }

  private static read(this: void, cluster: Cluster): ProxyFilters {
    return new ProxyFilters(cluster, filtersOf(cluster));
  }

  /** Whether there are none at all. */
  public readonly isEmpty: boolean;
  private readonly byTarget: AttachedPolicies<ProxyFilter>;

  private constructor(private readonly cluster: Cluster, filters: readonly ProxyFilter[]) {
    this.isEmpty = filters.length === 0;
    this.byTarget = new AttachedPolicies(filters, cluster.rootNamespace);
  }

  /** The filters at pods with some labels, in a part of their proxies. */
  public at(pods: Pods, part: ProxyPart): readonly ClusterObject[] {
    return this.byTarget.forPods(pods).filter(({ parts }) => parts.includes(part)).map(({ object }) => object);
  }

  /** The filters at any of the pods of a Gateway. */
  public atGateway(gateway: ClusterObject): readonly ClusterObject[] {
    return [...new Set(gatewayPods(this.cluster, gateway).flatMap((pods) => this.at(pods, ProxyPart.GATEWAY)))];
  }
}

function filtersOf(cluster: Cluster): readonly ProxyFilter[] {
  const extensions = [ClusterKind.WASM_PLUGIN, ClusterKind.TRAFFIC_EXTENSION].flatMap((kind) => cluster.all(kind));
  return [
    ...cluster.all(ClusterKind.ENVOY_FILTER).map((object) => ({ object, target: targetOfEnvoyFilter(object), parts: patchedParts(object) })),
    ...extensions.map((object) => ({ object, target: targetOf(object), parts: extendedParts(object) })),
  ];
}

function targetOfEnvoyFilter(object: ClusterObject): PolicyTarget {
  return { ...targetOf(object), labels: labelsOf(objectOf(object.spec.workloadSelector).labels) };
}

function patchedParts({ spec }: ClusterObject): readonly ProxyPart[] {
  return anyOf(listOf(spec.configPatches).map((patch) => PARTS_OF_CONTEXT.get(stringOf(objectOf(objectOf(patch).match).context)) ?? ALL_PARTS));
}

function extendedParts({ spec }: ClusterObject): readonly ProxyPart[] {
  const selectors = listOf(spec.match);
  if (selectors.length === 0) return ALL_PARTS;
  return anyOf(selectors.map((selector) => PARTS_OF_MODE.get(stringOf(objectOf(selector).mode)) ?? ALL_PARTS));
}

function anyOf(lists: readonly (readonly ProxyPart[])[]): readonly ProxyPart[] {
  return [...new Set(lists.flat())];
}
