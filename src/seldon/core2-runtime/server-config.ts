import { Construct } from 'constructs';
import { CAPABILITIES_VARIABLE, capabilitiesOf, checkCapabilities, declaresCapabilities } from './capability-checks';
import { IServerConfig, ServerConfigProps, ServerConfigReferenceOptions } from './server-config-props';
import { ServerConfigs } from './server-config-registry';
import { toJson_ServerConfigSpec } from '../../../imports/mlops.seldon.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { writeManifest } from '../../mesh/manifest';
import { checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { ServerCapability } from '../core2/capability';
import { ContainerJson, PodJson, toClaims, toPod } from '../pods/pod-json';

export * from './server-config-props';

/** The container that tells it. */
const AGENT = 'agent';

/**
 * What Servers of Seldon Core 2 are made of. Seldon's chart installs two, `mlserver` and `triton`.
 *
 * The operator looks for it in its own namespace, wherever the Servers are: give that one, `seldon-mesh` unless the operator
 * was installed elsewhere. Its name is the construct id, without a hash, since Servers name it.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/servers
 */
export class ServerConfig extends KubernetesObject implements IServerConfig {
  /** Seldon's own for MLServer, as its chart installs it. */
  public static mlserver(): IServerConfig {
    return ServerConfig.fromServerConfigName('mlserver');
  }

  /** Seldon's own for Triton, as its chart installs it. */
  public static triton(): IServerConfig {
    return ServerConfig.fromServerConfigName('triton');
  }

  /**
   * A ServerConfig that another chart, another repository or another tool makes.
   *
   * @param serverConfigName The ServerConfig's `metadata.name`.
   * @param options What is known of it.
   * @throws an error when Kubernetes would not take the name, or a capability is none.
   */
  public static fromServerConfigName(serverConfigName: string, options: ServerConfigReferenceOptions = {}): IServerConfig {
    const at = 'ServerConfig.fromServerConfigName';
    checkObjectName(at, 'name of ServerConfig', serverConfigName);
    checkProps(at, 'ServerConfigReferenceOptions', options);
    if (options.capabilities !== undefined) checkCapabilities(at, 'capabilities', options.capabilities);
    const serverConfigCapabilities = options.capabilities === undefined ? usualCapabilities(serverConfigName) : [...options.capabilities];
    return { serverConfigName, serverConfigCapabilities };
  }

  /** The ServerConfig's `metadata.name`. */
  public readonly serverConfigName: string;

  /** What its Servers can do unless they say otherwise; undefined when its pod takes it from elsewhere. */
  public readonly serverConfigCapabilities?: string[];

  /**
   * Whether a container tells what the Servers can do: what a Server says replaces that and is added nowhere else.
   *
   * @internal
   */
  public readonly _tellsCapabilities: boolean;

  /**
   * Names of the containers of its pod, which Servers change by them.
   *
   * @internal
   */
  public readonly _containers: ReadonlySet<string>;

  /**
   * Makes a ServerConfig.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise.
   * @param props The pod.
   * @throws an error when there is no container; when two containers or volumes have one name; when a volume has no access mode
   * or no size; when a capability is none, is said twice, or there is no container `agent` to say it to.
   */
  public constructor(scope: Construct, id: string, props: ServerConfigProps) {
    super(scope, id);
    checkProps(this, 'ServerConfigProps', props, ServerConfig);
    this.serverConfigName = nameOf(this, props);
    const { capabilities } = props;
    const given = toPod(this, 'podSpec', props.podSpec);
    if (capabilities !== undefined) checkCapabilities(this, 'capabilities', capabilities);
    const podSpec = capabilities === undefined ? given : this.withCapabilities(given, capabilities);
    this._tellsCapabilities = declaresCapabilities(podSpec);
    this.serverConfigCapabilities = this._tellsCapabilities ? capabilitiesOf(podSpec) : [];
    this._containers = new Set((podSpec.containers ?? []).map(({ name }) => name));
    ServerConfigs.of(this).add(this);
    const volumeClaimTemplates = toClaims(this, 'ServerConfig', props.volumeClaimTemplates ?? []);
    const spec = { ...toJson_ServerConfigSpec({ podSpec, volumeClaimTemplates: [] }), volumeClaimTemplates };
    writeManifest(this, { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'ServerConfig', spec: () => spec }, props);
  }

  private withCapabilities(pod: PodJson, capabilities: readonly string[]): PodJson {
    if (declaresCapabilities(pod)) {
      throw invalid(this, `capabilities and a variable ${CAPABILITIES_VARIABLE} in the podSpec`, 'say them once');
    }
    if (!(pod.containers ?? []).some(({ name }) => name === AGENT)) {
      throw invalid(this, `capabilities of a podSpec without a container ${show(AGENT)}`, 'the agent is what tells them to Seldon\'s scheduler');
    }
    const told = (container: ContainerJson): ContainerJson => container.name !== AGENT ? container
      : { ...container, env: [...container.env ?? [], { name: CAPABILITIES_VARIABLE, value: capabilities.join(',') }] };
    return { ...pod, containers: pod.containers?.map(told) };
  }
}

function usualCapabilities(serverConfigName: string): string[] | undefined {
  if (serverConfigName === 'mlserver') return ServerCapability.ofMlserver();
  return serverConfigName === 'triton' ? ServerCapability.ofTriton() : undefined;
}
