import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { SeldonComponent, SeldonServiceType } from './seldon-component';
import { ISeldonConfig, SeldonConfig } from './seldon-config';
import { SeldonConfiguration } from './seldon-configuration';
import { checkComponentNames, isHttp2, toConfiguration } from './seldon-configuration-json';
import { toJson_SeldonRuntimeSpec } from '../../../imports/mlops.seldon.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { checkInt32, checkObjectName } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { CORE2_SERVICE } from '../../plan/core2-service';
import { namespaceKey, namespaceName } from '../core2/namespace-key';
import { ServerRegistry } from '../core2/server-registry';
import { toPodOverride } from '../pods/pod-json';

/** Components whose Services have a configurable type. */
const WITH_SERVICE = [SeldonComponent.SCHEDULER, SeldonComponent.ENVOY];

/** Overrides one component of the SeldonConfig in the runtime's namespace. */
export interface SeldonRuntimeOverride {
  /** The component. */
  readonly name: SeldonComponent;

  /**
   * Whether the component does not run.
   *
   * @default false
   */
  readonly disable?: boolean;

  /**
   * Number of pods, 0 to 2147483647. Seldon's operator limits the replicas of the dataflow engine and the gateways to what the
   * number of Kafka partitions allows.
   *
   * @default - Seldon's default: the value of the SeldonConfig, otherwise 1
   */
  readonly replicas?: number;

  /**
   * Type of its Service. Only the Services of Seldon's Envoy and of the scheduler have a configurable type.
   *
   * @default - that of the runtime. It is always written, since Seldon would use ClusterIP for an override without a type.
   */
  readonly serviceType?: SeldonServiceType;

  /**
   * Overrides for the pods of the SeldonConfig. Lists are merged by name, and the list of containers may be
   * empty. Needs Seldon Core later than 2.6.
   *
   * @default - none
   */
  readonly podSpec?: k8s.PodSpec;
}

/**
 * Properties for `SeldonRuntime`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources/seldonruntime
 */
export interface SeldonRuntimeProps extends ManifestProps {
  /**
   * Its template. The operator reads it in the operator's namespace.
   *
   * @default - the one named `default`, which Seldon's chart installs
   */
  readonly seldonConfig?: ISeldonConfig;

  /**
   * Overrides for components, each listed once.
   *
   * @default - none
   */
  readonly overrides?: SeldonRuntimeOverride[];

  /**
   * Settings for this namespace, which override those of the SeldonConfig. Two of them have defaults here, which `serviceConfig` can
   * change.
   *
   * `grpcServicePrefix` is `http2-`. Istio selects the protocol by the name of a Service's port, and for Seldon's name without a
   * prefix, `data`, it selects HTTP/1.1. Then REST works, but each gRPC response arrives without its status, and no tool reports
   * it. With an empty string Seldon uses the prefix of the SeldonConfig, which is empty in Seldon's chart.
   *
   * `serviceType` is ClusterIP. Seldon's default, LoadBalancer, exposes Envoy and the scheduler to everyone who can reach the load
   * balancer, which bypasses the gateway and all its policies.
   *
   * @default - only these two settings
   */
  readonly config?: SeldonConfiguration;

  /**
   * Whether changes of its SeldonConfig are not applied until the SeldonRuntime itself changes.
   *
   * @default false
   */
  readonly disableAutoUpdate?: boolean;
}

/**
 * Runs Seldon Core 2 in a namespace: its scheduler, its Envoy behind the Service `seldon-mesh`, and its gateways. A tenant is a
 * namespace with its own runtime, Servers and Models. A namespace can have only one runtime.
 *
 * Its port names let gRPC work in Istio, and its Services are only reachable in the cluster, so that callers need a gateway: see
 * `config`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources/seldonruntime
 */
export class SeldonRuntime extends KubernetesObject {
  /** The SeldonRuntime's `metadata.name`. */
  public readonly runtimeName: string;

  /** The namespace of the runtime; undefined if it is not specified. */
  public readonly runtimeNamespace?: string;

  /** Type of its Services. */
  public readonly serviceType: SeldonServiceType;

  /** Host of the Service for its Models, Pipelines and Experiments; undefined if the namespace is not specified. */
  public readonly meshHost?: string;

  /**
   * Creates a SeldonRuntime.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props Its template, overrides and settings.
   * @throws an error if the namespace already has a runtime; if a component is listed twice or is unknown; if Seldon, Kafka or Istio
   * would reject a setting, or it contains a secret.
   */
  public constructor(scope: Construct, id: string, props: SeldonRuntimeProps = {}) {
    super(scope, id);
    checkProps(this, 'SeldonRuntimeProps', props, SeldonRuntime);
    this.runtimeName = nameOf(this, props);
    this.runtimeNamespace = namespaceOf(this, props);
    this.checkOnlyInNamespace();
    const { seldonConfig = { seldonConfigName: 'default' }, config, disableAutoUpdate } = props;
    checkObjectName(this, 'name of seldonConfig', seldonConfig.seldonConfigName);
    const serviceConfig = {
      grpcServicePrefix: config?.serviceConfig?.grpcServicePrefix ?? 'http2-',
      serviceType: config?.serviceConfig?.serviceType ?? SeldonServiceType.CLUSTER_IP,
    };
    this.serviceType = serviceConfig.serviceType;
    this.meshHost = this.runtimeNamespace === undefined ? undefined
      : Mesh.of(this).serviceHost(CORE2_SERVICE, this.runtimeNamespace);
    const written = toConfiguration(this, { ...config, serviceConfig });
    if (serviceConfig.grpcServicePrefix === '' && !keepsStatus(seldonConfig)) {
      Warnings._add(this, 'grpcServicePrefix ""', `Seldon uses the prefix of SeldonConfig ${show(seldonConfig.seldonConfigName)}, and without a prefix Istio loses the status of `
        + 'gRPC calls. If Istio routes to them, leave it out, or start it with "http2-" or "grpc-"');
    }
    if (config?.scalingConfig?.servers?.enabled === false) ServerRegistry.of(this).keepSize(this, this.runtimeNamespace);
    const overrides = props.overrides === undefined ? undefined : this.toOverrides(props.overrides, seldonConfig);
    const spec = {
      ...toJson_SeldonRuntimeSpec({ seldonConfig: seldonConfig.seldonConfigName, disableAutoUpdate }),
      overrides,
      config: written,
    };
    writeManifest(this, { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'SeldonRuntime', spec: () => spec }, props);
  }

  /** Two runtimes in a namespace would share the Service `seldon-mesh`. */
  private checkOnlyInNamespace(): void {
    const runtimes = Mesh.of(this)._part('seldon-runtimes', () => new Map<string, SeldonRuntime>());
    const key = namespaceKey(this, this.runtimeNamespace);
    const other = runtimes.get(key);
    if (other !== undefined) {
      throw invalid(this, `${namespaceName(this, this.runtimeNamespace)} has SeldonRuntimes ${other.runtimeName} (${pathOf(other)}) and ${this.runtimeName}`,
        'a namespace can have only one, since both would write the same Services and pods. Remove one of them');
    }
    runtimes.set(key, this);
  }

  private toOverrides(overrides: readonly SeldonRuntimeOverride[], seldonConfig: ISeldonConfig): unknown[] {
    checkComponentNames(this, 'overrides', overrides);
    return overrides.map(({ name, disable, replicas, serviceType, podSpec }) => {
      checkInt32(this, `replicas of override ${name}`, replicas);
      if (seldonConfig instanceof SeldonConfig && !seldonConfig._components.has(name)) {
        Warnings._add(this, `override ${name}`, `SeldonConfig ${show(seldonConfig.seldonConfigName)} does not have this component, so it does not run. Add it there, or remove the override`);
      }
      const hasService = WITH_SERVICE.includes(name);
      if (serviceType !== undefined && !hasService) {
        Warnings._add(this, `serviceType of override ${name}`, `Seldon's operator ignores it, since only the Services of ${WITH_SERVICE.join(' and ')} have a configurable type. Remove it`);
      }
      return {
        name,
        disable,
        replicas,
        serviceType: serviceType ?? (hasService ? this.serviceType : undefined),
        // Newer than the generated types.
        podSpec: podSpec === undefined ? undefined : toPodOverride(this, `podSpec of override ${name}`, podSpec),
      };
    });
  }
}

/** Whether the prefix of the SeldonConfig, which replaces an empty one, keeps the status of gRPC calls. */
function keepsStatus(seldonConfig: ISeldonConfig): boolean {
  return seldonConfig instanceof SeldonConfig && isHttp2(seldonConfig._grpcServicePrefix ?? '');
}
