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

export type * from './server-config-props';

/** The container that reports the capabilities to the scheduler. */
const AGENT = 'agent';

/**
 * A template for Servers of Seldon Core 2. Seldon's chart installs two, `mlserver` and `triton`.
 *
 * The operator reads it in the operator's namespace, regardless of the namespaces of the Servers. Set that namespace, which is
 * `seldon-mesh` by default. Its name is the construct id, without a hash, since Servers refer to it.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/servers
 */
export class ServerConfig extends KubernetesObject implements IServerConfig {
  /** The ServerConfig for MLServer that Seldon's chart installs. */
  public static mlserver(): IServerConfig {
    return { serverConfigName: 'mlserver', serverConfigCapabilities: ServerCapability.ofMlserver() };
  }

  /** The ServerConfig for Triton that Seldon's chart installs. */
  public static triton(): IServerConfig {
    return { serverConfigName: 'triton', serverConfigCapabilities: ServerCapability.ofTriton() };
  }

  /**
   * Refers to an existing ServerConfig, which this app does not define.
   *
   * @param scope The construct that the reference belongs to.
   * @param id Id of the construct.
   * @param serverConfigName The ServerConfig's `metadata.name`.
   * @param options Describes the ServerConfig.
   * @throws an error if the name is not a valid name in Kubernetes, or a capability is invalid.
   */
  public static fromServerConfigName(
    scope: Construct, id: string, serverConfigName: string, options: ServerConfigReferenceOptions = {},
  ): IServerConfig {
    return new ServerConfigReference(scope, id, serverConfigName, options);
  }

  /** The ServerConfig's `metadata.name`. */
  public readonly serverConfigName: string;

  /** Default capabilities of its Servers; undefined if its pod reads them from a ConfigMap or Secret. */
  public readonly serverConfigCapabilities?: string[];

  /**
   * Whether a container declares capabilities. Those of a Server replace them, and have no effect without.
   *
   * @internal
   */
  public readonly _declaresCapabilities: boolean;

  /**
   * Names of the containers of its pod, which Servers override by name.
   *
   * @internal
   */
  public readonly _containers: ReadonlySet<string>;

  /**
   * Creates a ServerConfig.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props The pod, its volumes, and the capabilities.
   * @throws an error if there is no container; if two containers or volumes have the same name; if a volume has no access mode
   * or no size; if a capability is invalid, capabilities are also set in the podSpec, or there is no container `agent` for them.
   */
  public constructor(scope: Construct, id: string, props: ServerConfigProps) {
    super(scope, id);
    checkProps(this, 'ServerConfigProps', props, ServerConfig);
    this.serverConfigName = nameOf(this, props);
    const { capabilities } = props;
    const given = toPod(this, 'podSpec', props.podSpec);
    if (capabilities !== undefined) checkCapabilities(this, 'capabilities', capabilities);
    const podSpec = capabilities === undefined ? given : this.withCapabilities(given, capabilities);
    this._declaresCapabilities = declaresCapabilities(podSpec);
    this.serverConfigCapabilities = this._declaresCapabilities ? capabilitiesOf(podSpec) : [];
    this._containers = new Set((podSpec.containers ?? []).map(({ name }) => name));
    ServerConfigs.of(this).add(this);
    const volumeClaimTemplates = toClaims(this, 'ServerConfig', props.volumeClaimTemplates ?? []);
    const spec = { ...toJson_ServerConfigSpec({ podSpec, volumeClaimTemplates: [] }), volumeClaimTemplates };
    writeManifest(this, { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'ServerConfig', spec: () => spec }, props);
  }

  private withCapabilities(pod: PodJson, capabilities: readonly string[]): PodJson {
    if (declaresCapabilities(pod)) {
      throw invalid(this, `capabilities and a variable ${CAPABILITIES_VARIABLE} in the podSpec`, 'set them in one place');
    }
    if (!(pod.containers ?? []).some(({ name }) => name === AGENT)) {
      throw invalid(this, `capabilities of a podSpec without a container ${show(AGENT)}`, 'the agent reports them to Seldon\'s scheduler. Add the container, or set the variable in the container that runs the agent');
    }
    const withVariable = (container: ContainerJson): ContainerJson => container.name !== AGENT ? container
      : { ...container, env: [...container.env ?? [], { name: CAPABILITIES_VARIABLE, value: capabilities.join(',') }] };
    return { ...pod, containers: pod.containers?.map(withVariable) };
  }
}

/** An existing ServerConfig. */
class ServerConfigReference extends Construct implements IServerConfig {
  public readonly serverConfigName: string;
  public readonly serverConfigCapabilities?: string[];

  public constructor(scope: Construct, id: string, name: string, options: ServerConfigReferenceOptions) {
    super(scope, id);
    checkProps(this, 'ServerConfigReferenceOptions', options);
    checkObjectName(this, 'name of ServerConfig', name);
    const { capabilities } = options;
    if (capabilities !== undefined) checkCapabilities(this, 'capabilities', capabilities);
    this.serverConfigName = name;
    this.serverConfigCapabilities = capabilities === undefined ? chartCapabilities(name) : [...capabilities];
  }
}

/** The capabilities that Seldon's chart gives to its ServerConfigs. */
function chartCapabilities(name: string): string[] | undefined {
  return [ServerConfig.mlserver(), ServerConfig.triton()].find(({ serverConfigName }) => serverConfigName === name)?.serverConfigCapabilities;
}
