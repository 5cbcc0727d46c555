import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { EXPLAINER_CAPABILITY, MLSERVER_CAPABILITIES, TRITON_CAPABILITIES } from '../../objects/core2/capabilities';
import { groupBy } from '../../plan/groups';

/** The environment variable by which the agent of a Server reports its capabilities. */
const CAPABILITIES_VARIABLE = 'SELDON_SERVER_CAPABILITIES';

/** The ServerConfigs of Seldon's chart. */
const CHART: ReadonlyMap<string, readonly string[]> = new Map([['mlserver', MLSERVER_CAPABILITIES], ['triton', TRITON_CAPABILITIES]]);

/** A Server. @internal */
export interface ServerView {
  /** The Server. */
  readonly object: ClusterObject;
  /** Its capabilities; undefined if they are not known. */
  readonly capabilities: ReadonlySet<string> | undefined;
  /** Maximum number of its replicas. */
  readonly maximum: number;
}

/**
 * The Servers of each namespace.
 *
 * @internal
 */
export function serversByNamespace(cluster: Cluster): ReadonlyMap<string, readonly ServerView[]> {
  const configs = groupBy(cluster.all(ClusterKind.SERVER_CONFIG), ({ name }) => name);
  const servers = cluster.all(ClusterKind.SERVER).map((object): ServerView => {
    const capabilities = capabilitiesOf(object.spec, configs);
    return { object, capabilities: capabilities && new Set(capabilities), maximum: maximumOf(object.spec) };
  });
  return groupBy(servers, ({ object }) => object.namespace);
}

/** Seldon ignores an empty list, and extraCapabilities together with capabilities. */
function capabilitiesOf(spec: JsonObject, configs: ReadonlyMap<string, readonly ClusterObject[]>): readonly string[] | undefined {
  const own = stringsOf(spec.capabilities);
  if (own.length > 0) return own.flatMap(split);
  const inherited = declaredIn(spec.podSpec) ?? ofConfig(stringOf(spec.serverConfig) ?? '', configs);
  return inherited === undefined || inherited === 'unknown' ? undefined : [...inherited, ...stringsOf(spec.extraCapabilities).flatMap(split)];
}

function ofConfig(name: string, configs: ReadonlyMap<string, readonly ClusterObject[]>): readonly string[] | 'unknown' | undefined {
  const [config, ...others] = configs.get(name) ?? [];
  // Operators in several namespaces may each have a ServerConfig of the same name.
  if (others.length > 0) return undefined;
  return config === undefined ? CHART.get(name) : declaredIn(config.spec.podSpec);
}

/** The capabilities that a pod declares: `unknown` if they come from another object, undefined if it declares none. */
function declaredIn(pod: unknown): readonly string[] | 'unknown' | undefined {
  const variables = listOf(objectOf(pod).containers).flatMap((container) => listOf(objectOf(container).env))
    .filter(isObject).filter(({ name }) => name === CAPABILITIES_VARIABLE);
  const values = new Set(variables.map(({ value }) => value));
  if (values.size === 0) return undefined;
  const [value] = values;
  return values.size === 1 && typeof value === 'string' ? split(value) : 'unknown';
}

function split(list: string): string[] {
  return list.split(',').map((capability) => capability.trim()).filter((capability) => capability !== '');
}

/** Seldon scales a Server only if both bounds are set, and reads a maximum of 0 as no limit. */
function maximumOf(spec: JsonObject): number {
  const [minimum, maximum] = [numberOf(spec.minReplicas), numberOf(spec.maxReplicas)];
  if (minimum === undefined || maximum === undefined) return replicasOf(spec);
  return maximum === 0 ? Infinity : maximum;
}

/**
 * The initial number of replicas of a Model or a Server. Seldon reads 0 alone as 1.
 *
 * @internal
 */
export function replicasOf(spec: JsonObject): number {
  const [replicas, minimum] = [numberOf(spec.replicas), numberOf(spec.minReplicas)];
  if (replicas === 0 && minimum === undefined) return 1;
  return replicas ?? (minimum !== undefined && minimum > 0 ? minimum : 1);
}

/**
 * The capabilities that a Model requires of a Server.
 *
 * @internal
 */
export function requirementsOf({ requirements, modelType, explainer }: JsonObject): string[] {
  const all = [...stringsOf(requirements), stringOf(modelType), ...isObject(explainer) ? [EXPLAINER_CAPABILITY] : []];
  return [...new Set(all.filter((each) => each !== undefined).map((each) => each.trim()))];
}

/**
 * The Server of Seldon's chart that can load a Model; undefined if none can.
 *
 * @internal
 */
export function chartServerFor(requirements: readonly string[]): string | undefined {
  return [...CHART].find(([, capabilities]) => requirements.every((each) => capabilities.includes(each)))?.[0];
}
