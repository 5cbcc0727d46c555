import { JsonObject, objectOf, stringOf } from './json';
import { Origin } from './origin';

/**
 * The kinds that rules look at, with their API groups, whatever the version. Adapters leave out all others.
 *
 * @internal
 */
export enum ClusterKind {
  GATEWAY = 'networking.istio.io/Gateway',
  VIRTUAL_SERVICE = 'networking.istio.io/VirtualService',
  DESTINATION_RULE = 'networking.istio.io/DestinationRule',
  SERVICE_ENTRY = 'networking.istio.io/ServiceEntry',
  SIDECAR = 'networking.istio.io/Sidecar',
  AUTHORIZATION_POLICY = 'security.istio.io/AuthorizationPolicy',
  REQUEST_AUTHENTICATION = 'security.istio.io/RequestAuthentication',
  PEER_AUTHENTICATION = 'security.istio.io/PeerAuthentication',
  TELEMETRY = 'telemetry.istio.io/Telemetry',
  SERVICE = 'core/Service',
  NAMESPACE = 'core/Namespace',
  SECRET = 'core/Secret',
  DEPLOYMENT = 'apps/Deployment',
  STATEFUL_SET = 'apps/StatefulSet',
  DAEMON_SET = 'apps/DaemonSet',
  POD = 'core/Pod',
  MODEL = 'mlops.seldon.io/Model',
  PIPELINE = 'mlops.seldon.io/Pipeline',
  EXPERIMENT = 'mlops.seldon.io/Experiment',
  SERVER = 'mlops.seldon.io/Server',
  SERVER_CONFIG = 'mlops.seldon.io/ServerConfig',
  SELDON_RUNTIME = 'mlops.seldon.io/SeldonRuntime',
  SELDON_CONFIG = 'mlops.seldon.io/SeldonConfig',
  SELDON_DEPLOYMENT = 'machinelearning.seldon.io/SeldonDeployment',
}

/**
 * The kind of a manifest as rules know it: its API group, `core` for the unnamed one, and its kind.
 *
 * @internal
 */
export function kindOf(manifest: JsonObject): string {
  const { apiVersion, kind } = manifest;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return '';
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? 'core' : apiVersion.slice(0, slash)}/${kind}`;
}

/**
 * An object of a cluster. Fields that the API server would reject read as absent.
 *
 * @internal
 */
export class ClusterObject {
  /** API group and kind. */
  public readonly type: string;
  /** Name; empty if it has none. */
  public readonly name: string;
  /** Namespace, or the default one. */
  public readonly namespace: string;

  /**
   * Reads an object.
   *
   * @param manifest The object, such as parsed YAML.
   * @param origin Where it was read.
   * @param defaultNamespace The namespace if it has none.
   */
  constructor(public readonly manifest: JsonObject, public readonly origin: Origin, defaultNamespace: string = 'default') {
    this.type = kindOf(manifest);
    const metadata = objectOf(manifest.metadata);
    this.name = stringOf(metadata.name) ?? '';
    this.namespace = stringOf(metadata.namespace) ?? defaultNamespace;
  }

  /** Kind, without the API group. */
  public get kind(): string {
    return this.manifest.kind as string;
  }

  /** Its `spec`. */
  public get spec(): JsonObject {
    return objectOf(this.manifest.spec);
  }

  /** Its `metadata`. */
  public get metadata(): JsonObject {
    return objectOf(this.manifest.metadata);
  }

  /** Its annotations. */
  public get annotations(): JsonObject {
    return objectOf(this.metadata.annotations);
  }

  /** Its labels. */
  public get labels(): JsonObject {
    return objectOf(this.metadata.labels);
  }

  /** When the cluster created the object, in milliseconds; undefined if it was not read from a cluster. */
  public get created(): number | undefined {
    const time = Date.parse(stringOf(this.metadata.creationTimestamp) ?? '');
    return Number.isNaN(time) ? undefined : time;
  }

  /** The object as messages name it: `VirtualService models/iris`. */
  public toString(): string {
    return `${this.kind} ${this.namespace}/${this.name}`;
  }
}

/**
 * A key that is the same for all references to an object.
 *
 * @internal
 */
export function nameIn(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
