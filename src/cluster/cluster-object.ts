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
  WORKLOAD_ENTRY = 'networking.istio.io/WorkloadEntry',
  WORKLOAD_GROUP = 'networking.istio.io/WorkloadGroup',
  SIDECAR = 'networking.istio.io/Sidecar',
  AUTHORIZATION_POLICY = 'security.istio.io/AuthorizationPolicy',
  REQUEST_AUTHENTICATION = 'security.istio.io/RequestAuthentication',
  PEER_AUTHENTICATION = 'security.istio.io/PeerAuthentication',
  TELEMETRY = 'telemetry.istio.io/Telemetry',
  ENVOY_FILTER = 'networking.istio.io/EnvoyFilter',
  WASM_PLUGIN = 'extensions.istio.io/WasmPlugin',
  TRAFFIC_EXTENSION = 'extensions.istio.io/TrafficExtension',
  SERVICE = 'core/Service',
  NAMESPACE = 'core/Namespace',
  SECRET = 'core/Secret',
  CERTIFICATE = 'cert-manager.io/Certificate',
  DEPLOYMENT = 'apps/Deployment',
  STATEFUL_SET = 'apps/StatefulSet',
  DAEMON_SET = 'apps/DaemonSet',
  POD = 'core/Pod',
  HORIZONTAL_POD_AUTOSCALER = 'autoscaling/HorizontalPodAutoscaler',
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
 * How to read an object only when it is asked for.
 *
 * @internal
 */
export interface LazyObject {
  /** API version and kind. */
  readonly type: { readonly apiVersion: string; readonly kind: string };
  /** Name. */
  readonly name: string;
  /** Namespace; the default one if undefined. */
  readonly namespace: string | undefined;
  /** Whether its construct has found everything that rules about single objects would find. */
  readonly isChecked: boolean;
  /** Reads its annotations. */
  annotations(): JsonObject;
  /** Reads the whole object. */
  manifest(): JsonObject;
}

const DEFAULT_NAMESPACE = 'default';

/**
 * An object of a cluster. Fields that the API server would reject read as absent.
 *
 * @internal
 */
export class ClusterObject {
  /**
   * An object of which most rules need only the name.
   *
   * @param object How to read it.
   * @param origin Where it comes from.
   */
  public static lazily(object: LazyObject, origin: Origin): ClusterObject {
    const { name, namespace, type } = object;
    return new ClusterObject({ ...type, metadata: { name, namespace } }, origin, DEFAULT_NAMESPACE, object, object.isChecked);
  }

  /** API group and kind. */
  public readonly type: string;
  /** Kind, without the API group. */
  public readonly kind: string;
  /** Name; empty if it has none. */
  public readonly name: string;
  /** Namespace, or the default one. */
  public readonly namespace: string;
  private written: JsonObject;
  private ownAnnotations?: JsonObject;

  /**
   * Reads an object.
   *
   * @param manifest The object, such as parsed YAML.
   * @param origin Where it was read.
   * @param defaultNamespace The namespace if it has none.
   * @param lazy How to read the rest of it, if the manifest holds only its name.
   * @param isChecked Whether rules about single objects leave it out, since its construct has checked it.
   */
  constructor(
    manifest: JsonObject,
    public readonly origin: Origin,
    defaultNamespace: string = DEFAULT_NAMESPACE,
    private lazy?: LazyObject,
    public readonly isChecked: boolean = false,
  ) {
    this.written = manifest;
    this.type = kindOf(manifest);
    this.kind = stringOf(manifest.kind) ?? '';
    const metadata = objectOf(manifest.metadata);
    this.name = stringOf(metadata.name) ?? '';
    this.namespace = stringOf(metadata.namespace) ?? defaultNamespace;
  }

  /** The whole object. */
  public get manifest(): JsonObject {
    if (this.lazy !== undefined) {
      this.written = this.lazy.manifest();
      this.lazy = undefined;
    }
    return this.written;
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
    return this.ownAnnotations ??= objectOf(this.lazy === undefined ? this.metadata.annotations : this.lazy.annotations());
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
    return this.name === '' ? `the unnamed ${this.kind}` : `${this.kind} ${this.namespace}/${this.name}`;
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

/**
 * A key that all versions of an object share.
 *
 * @internal
 */
export function objectKey({ type, namespace, name }: ClusterObject): string {
  return `${type} ${nameIn(namespace, name)}`;
}
