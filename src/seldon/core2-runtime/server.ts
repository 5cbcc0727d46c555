import { Construct } from 'constructs';
import { capabilitiesOf, checkCapabilities, declaresCapabilities } from './capability-checks';
import { IServerConfig, ServerConfig } from './server-config';
import { ServerConfigs } from './server-config-registry';
import { ServerProps, ServerReferenceOptions } from './server-props';
import { toJson_ServerSpec } from '../../../imports/mlops.seldon.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Warnings } from '../../mesh/warnings';
import { checkInt32, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { Scaling, startOf } from '../core2/known-servers';
import { checkReplicas, warnOfZero } from '../core2/model-checks';
import { Core2Reference } from '../core2/reference';
import { ServerRegistry } from '../core2/server-registry';
import { PodJson, toContainer, toDeploymentStrategy, toPodOverride } from '../pods/pod-json';

export * from './server-props';

/** Seldon's operator creates a Service `<name>-<i>` for each replica, and Kubernetes labels pods with the name and a hash of 10 characters. */
const NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const MAX_NAME = 52;

/** A Server of Seldon Core 2: one of this app, or an existing one. */
export interface IServer {
  /** The Server's `metadata.name`. */
  readonly serverName: string;

  /** The namespace of the Server; undefined if it is not specified. */
  readonly serverNamespace?: string;
}

/**
 * Pods of Seldon Core 2 that load Models whose required capabilities they have.
 *
 * Its name is the construct id, without a hash, since Models refer to it.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/servers
 */
export class Server extends KubernetesObject implements IServer {
  /**
   * Refers to an existing Server, which this app does not define.
   *
   * @param scope The construct that the reference belongs to.
   * @param id Id of the construct.
   * @param serverName The Server's `metadata.name`.
   * @param options Describes the Server. Models of its namespace are compared with it, see `ServerInventory`.
   * @throws an error if the name or the replicas are invalid in Kubernetes, or a capability is invalid.
   */
  public static fromServerName(scope: Construct, id: string, serverName: string, options: ServerReferenceOptions = {}): IServer {
    return new ServerReference(scope, id, serverName, options);
  }

  /** The Server's `metadata.name`. */
  public readonly serverName: string;

  /** The namespace of the Server; undefined if it is not specified. */
  public readonly serverNamespace?: string;

  /**
   * Creates a Server.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one: at most 52 lower-case letters,
   * digits and hyphens, starting with a letter.
   * @param props Its template, capabilities and replicas.
   * @throws an error if Kubernetes would reject the name or the strategy, or Seldon the replicas; if both `capabilities`
   * and `extraCapabilities` are set, or one of them without a container that reads it; if a capability or a container is invalid.
   */
  public constructor(scope: Construct, id: string, props: ServerProps) {
    super(scope, id);
    checkProps(this, 'ServerProps', props, Server);
    this.serverName = nameOf(this, props);
    if (typeof this.serverName !== 'string' || this.serverName.length > MAX_NAME || !NAME.test(this.serverName)) {
      throw invalid(this, `name of Server ${show(this.serverName)}`,
        `expected at most ${MAX_NAME} lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen`);
    }
    this.serverNamespace = namespaceOf(this, props);
    const { serverConfig, capabilities, extraCapabilities, imageOverrides, statefulSetPersistentVolumeClaimRetentionPolicy: retention } = props;
    checkObjectName(this, 'name of serverConfig', serverConfig.serverConfigName);
    checkReplicas(this, props);
    warnOfZero(this, props);
    this.checkNativeScaling(props);
    const deploymentStrategy = props.deploymentStrategy === undefined ? undefined : toDeploymentStrategy(this, props.deploymentStrategy);
    const pod = props.podSpec === undefined ? undefined : toPodOverride(this, 'podSpec', props.podSpec);
    this.checkCapabilityLists(props, pod);
    const configs = ServerConfigs.of(this);
    this.node.addValidation({ validate: () => this.warnOfContainers(serverConfig, pod) });
    ServerRegistry.of(this).addServer(this, {
      name: this.serverName,
      namespace: this.serverNamespace,
      // The ServerConfig may be created later, and until then only its name is known.
      get capabilities() {
        return effectiveCapabilities({ ...props, serverConfig: configs.find(serverConfig) ?? serverConfig }, pod);
      },
      scaling: props,
      maximum: maximumOf(props),
    });
    if (imageOverrides !== undefined) Warnings._add(this, 'imageOverrides', 'Seldon\'s operator ignores them. Use podSpec instead');
    const spec = {
      ...toJson_ServerSpec({
        serverConfig: serverConfig.serverConfigName,
        capabilities,
        extraCapabilities,
        podSpec: pod,
        replicas: props.replicas,
        minReplicas: props.minReplicas,
        maxReplicas: props.maxReplicas,
        disableAutoUpdate: props.disableAutoUpdate,
        imageOverrides: imageOverrides && {
          agent: imageOverrides.agent === undefined ? undefined : toContainer(this, 'agent of imageOverrides', imageOverrides.agent),
          rclone: imageOverrides.rclone === undefined ? undefined : toContainer(this, 'rclone of imageOverrides', imageOverrides.rclone),
        },
      }),
      // Newer than the generated types.
      statefulSetPersistentVolumeClaimRetentionPolicy: retention && { whenDeleted: retention.whenDeleted, whenScaled: retention.whenScaled },
      deploymentStrategy,
    };
    writeManifest(this, { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Server', spec: () => spec }, props);
  }

  private checkCapabilityLists({ serverConfig, capabilities, extraCapabilities }: ServerProps, pod: PodJson | undefined): void {
    if (capabilities !== undefined) checkCapabilities(this, 'capabilities', capabilities);
    if (extraCapabilities === undefined && capabilities === undefined) return;
    if (extraCapabilities !== undefined) checkCapabilities(this, 'extraCapabilities', extraCapabilities);
    if (extraCapabilities !== undefined && capabilities !== undefined) {
      throw invalid(this, 'both capabilities and extraCapabilities', 'Seldon ignores extraCapabilities then. List all of them in capabilities');
    }
    if (serverConfig instanceof ServerConfig && !serverConfig._declaresCapabilities && (pod === undefined || !declaresCapabilities(pod))) {
      throw invalid(this, `${capabilities === undefined ? 'extraCapabilities' : 'capabilities'} with ServerConfig ${show(serverConfig.serverConfigName)}, which has none`,
        'Seldon only changes a variable that the pod already has. Set capabilities of the ServerConfig');
    }
  }

  /** A container whose name is not in the ServerConfig is an additional one, and must set an image. */
  private warnOfContainers(serverConfig: IServerConfig, pod: PodJson | undefined): string[] {
    const known = ServerConfigs.of(this).find(serverConfig)?._containers;
    for (const { name, image } of known === undefined ? [] : pod?.containers ?? []) {
      if (known!.has(name) || image !== undefined) continue;
      Warnings._add(this, `container ${show(name)} without an image in podSpec`,
        `ServerConfig ${show(serverConfig.serverConfigName)} has no container of that name. Set an image, or use one of ${[...known!].map(show).join(', ')}`);
    }
    return [];
  }

  private checkNativeScaling({ replicas, minReplicas, maxReplicas }: ServerProps): void {
    if ((minReplicas === undefined) === (maxReplicas === undefined)) return;
    // This is how to run no pods at all.
    if (replicas === 0 && minReplicas === 0) return;
    const [given, missing] = minReplicas === undefined ? ['maxReplicas', 'minReplicas'] : ['minReplicas', 'maxReplicas'];
    Warnings._add(this, `${given} without ${missing}`, 'Seldon scales a Server only if both are set. Set both or neither');
  }
}

/** An existing Server. */
class ServerReference extends Core2Reference implements IServer {
  public readonly serverName = this.objectName;
  public readonly serverNamespace = this.objectNamespace;

  public constructor(scope: Construct, id: string, name: string, options: ServerReferenceOptions) {
    super(scope, id, { kind: 'Server', name, checkName: checkObjectName }, 'ServerReferenceOptions', options);
    const { capabilities, maxReplicas } = options;
    if (capabilities !== undefined) checkCapabilities(this, 'capabilities', capabilities);
    checkInt32(this, 'maxReplicas', maxReplicas);
    ServerRegistry.of(this).addServer(this, { name, namespace: this.serverNamespace, capabilities, maximum: limitOf(maxReplicas) });
  }
}

function effectiveCapabilities({ serverConfig, capabilities, extraCapabilities = [] }: ServerProps, pod: PodJson | undefined): string[] | undefined {
  if (capabilities !== undefined) return capabilities;
  const own = pod !== undefined && declaresCapabilities(pod) ? capabilitiesOf(pod) : serverConfig.serverConfigCapabilities;
  return own && [...own, ...extraCapabilities];
}

/** The maximum number of replicas of the manifest. Seldon scales only if both bounds are set. */
function maximumOf(scaling: Scaling): number | undefined {
  const { minReplicas, maxReplicas } = scaling;
  return minReplicas === undefined || maxReplicas === undefined ? startOf(scaling) : limitOf(maxReplicas);
}

/** Seldon reads 0 as no limit. */
function limitOf(maxReplicas: number | undefined): number | undefined {
  return maxReplicas === 0 ? undefined : maxReplicas;
}
