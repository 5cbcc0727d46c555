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

/** Components whose Services have a type of their own. */
const WITH_SERVICE = [SeldonComponent.SCHEDULER, SeldonComponent.ENVOY];

/** What is different in a namespace about one of the parts that Seldon Core 2 runs there. */
export interface SeldonRuntimeOverride {
  /** Which part. */
  readonly name: SeldonComponent;

  /**
   * Whether it does not run.
   *
   * @default false
   */
  readonly disable?: boolean;

  /**
   * How many pods run, 0 to 2147483647. Seldon's operator runs fewer of the dataflow engine and the gateways when Kafka has too
   * few partitions for so many.
   *
   * @default - Seldon's: as the SeldonConfig says, else 1
   */
  readonly replicas?: number;

  /**
   * Who can reach its Service; only Seldon's Envoy and the scheduler have one of which it can be said.
   *
   * @default - that of the runtime. Left to Seldon, an override without a type would make it ClusterIP, whatever the runtime says.
   */
  readonly serviceType?: SeldonServiceType;

  /**
   * What is different in its pods from those of the SeldonConfig. Lists are merged by name, and the list of containers may be
   * empty. Seldon Core later than 2.6.
   *
   * @default - nothing
   */
  readonly podSpec?: k8s.PodSpec;
}

/**
 * What a SeldonRuntime takes.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources/seldonruntime
 */
export interface SeldonRuntimeProps extends ManifestProps {
  /**
   * What it is made of. The operator looks for it in its own namespace.
   *
   * @default - the one named `default`, which Seldon's chart installs
   */
  readonly seldonConfig?: ISeldonConfig;

  /**
   * What is different here about the parts, each named once.
   *
   * @default - nothing
   */
  readonly overrides?: SeldonRuntimeOverride[];

  /**
   * Settings of this namespace; they come before those of the SeldonConfig. Two have defaults here, which `serviceConfig` can say
   * otherwise.
   *
   * `grpcServicePrefix` is `http2-`: Istio reads from the name of a Service's port how to speak to it, and the name that Seldon
   * gives without a prefix, `data`, makes it HTTP/1.1. Then REST works, and each gRPC call comes back without its status, although
   * the model answered; no tool reports it. An empty text is that of the SeldonConfig, which is none in Seldon's chart.
   *
   * `serviceType` is ClusterIP: Seldon's own default, LoadBalancer, opens Envoy and the scheduler to whoever reaches the load
   * balancer, past the gateway and all policies that hold there.
   *
   * @default - those two
   */
  readonly config?: SeldonConfiguration;

  /**
   * Whether it stays as it is when its SeldonConfig changes, until it is changed itself.
   *
   * @default false
   */
  readonly disableAutoUpdate?: boolean;
}

/**
 * Seldon Core 2 in a namespace: its scheduler, its Envoy behind the Service `seldon-mesh`, and its gateways. A tenant is a
 * namespace with a runtime of its own, Servers and Models; each namespace takes one.
 *
 * Its port names let gRPC through Istio, and its Services are for the cluster only, so that callers come through a gateway: see
 * `config`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources/seldonruntime
 */
export class SeldonRuntime extends KubernetesObject {
  /** The SeldonRuntime's `metadata.name`. */
  public readonly runtimeName: string;

  /** The namespace of the runtime; undefined when nobody said it. */
  public readonly runtimeNamespace?: string;

  /** Who can reach its Services. */
  public readonly serviceType: SeldonServiceType;

  /** Host of the Service that its Models, Pipelines and Experiments answer behind; undefined when nobody said the namespace. */
  public readonly meshHost?: string;

  /**
   * Makes a SeldonRuntime.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise.
   * @param props What is different here.
   * @throws an error when the namespace has a runtime; when a part is named twice or unknown; when a setting is one that Seldon,
   * Kafka or Istio would not take, or holds a secret.
   */
  public constructor(scope: Construct, id: string, props: SeldonRuntimeProps = {}) {
    super(scope, id);
    checkProps(this, 'SeldonRuntimeProps', props, SeldonRuntime);
    this.runtimeName = nameOf(this, props);
    this.runtimeNamespace = namespaceOf(this, props);
    this.claimNamespace();
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
      Warnings._add(this, 'grpcServicePrefix ""', `Seldon takes that of SeldonConfig ${show(seldonConfig.seldonConfigName)}, and without one Istio loses the status of `
        + 'gRPC calls: leave it out, or begin it with "http2-" or "grpc-", if Istio is what routes to them');
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

  /** The Service `seldon-mesh` of a second runtime would be that of the first. */
  private claimNamespace(): void {
    const runtimes = Mesh.of(this)._part('seldon-runtimes', () => new Map<string, SeldonRuntime>());
    const key = namespaceKey(this, this.runtimeNamespace);
    const other = runtimes.get(key);
    if (other !== undefined) {
      throw invalid(this, `${namespaceName(this, this.runtimeNamespace)} has SeldonRuntimes ${other.runtimeName} (${pathOf(other)}) and ${this.runtimeName}`,
        'a namespace takes one: both would write the same Services and pods');
    }
    runtimes.set(key, this);
  }

  private toOverrides(overrides: readonly SeldonRuntimeOverride[], seldonConfig: ISeldonConfig): unknown[] {
    checkComponentNames(this, 'overrides', overrides);
    return overrides.map(({ name, disable, replicas, serviceType, podSpec }) => {
      checkInt32(this, `replicas of override ${name}`, replicas);
      if (seldonConfig instanceof SeldonConfig && !seldonConfig._components.has(name)) {
        Warnings._add(this, `override ${name}`, `SeldonConfig ${show(seldonConfig.seldonConfigName)} does not have it, so it does not run: add it there, or leave the override out`);
      }
      const hasService = WITH_SERVICE.includes(name);
      if (serviceType !== undefined && !hasService) {
        Warnings._add(this, `serviceType of override ${name}`, `Seldon's operator ignores it: only ${WITH_SERVICE.join(' and ')} have a Service of such a type`);
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

/** A prefix of nothing is that of the SeldonConfig. */
function keepsStatus(seldonConfig: ISeldonConfig): boolean {
  return seldonConfig instanceof SeldonConfig && isHttp2(seldonConfig._grpcServicePrefix ?? '');
}
