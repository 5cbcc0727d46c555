import type { k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { SeldonComponent } from './seldon-component';
import { SeldonConfiguration } from './seldon-configuration';
import { checkComponentNames, toConfiguration } from './seldon-configuration-json';
import { toJson_SeldonConfigSpecComponents } from '../../../imports/mlops.seldon.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { checkInt32, checkObjectName } from '../../plan/checks/checks';
import { checkAnnotations, checkLabels } from '../../plan/checks/labels';
import { checkProps } from '../../plan/checks/props';
import { toClaims, toPod } from '../pods/pod-json';
import { VolumeClaimTemplate } from '../pods/volume-claim-template';

/** The template of runtimes: a SeldonConfig of this app, or an existing one. */
export interface ISeldonConfig {
  /** The SeldonConfig's `metadata.name`. */
  readonly seldonConfigName: string;
}

/** A component that runs in each namespace with a SeldonRuntime. */
export interface SeldonConfigComponent {
  /** The component. */
  readonly name: SeldonComponent;

  /** Its pod. */
  readonly podSpec: k8s.PodSpec;

  /**
   * Number of pods, 0 to 2147483647. Runtimes can override it.
   *
   * @default - Seldon's default: 1
   */
  readonly replicas?: number;

  /**
   * Labels of its pods. Needs Seldon Core later than 2.6.
   *
   * @default - those of the SeldonConfig and the SeldonRuntime
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of its pods. Needs Seldon Core later than 2.6.
   *
   * @default - those of the SeldonConfig and the SeldonRuntime
   */
  readonly annotations?: { [name: string]: string };

  /**
   * Volumes of its pods. With volumes it runs as a StatefulSet, otherwise as a Deployment.
   *
   * @default - none
   */
  readonly volumeClaimTemplates?: VolumeClaimTemplate[];
}

/**
 * Properties for `SeldonConfig`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources/seldonconfig
 */
export interface SeldonConfigProps extends ManifestProps {
  /**
   * The components that its runtimes run, each listed once. A component that is not listed does not run.
   *
   * @default - none
   */
  readonly components?: SeldonConfigComponent[];

  /**
   * Settings of its runtimes, which can override them.
   *
   * @default - none
   */
  readonly config?: SeldonConfiguration;
}

/**
 * A template for the runtimes of Seldon Core 2. Seldon's chart installs one, named `default`.
 *
 * The operator reads it in the operator's namespace, regardless of the namespaces of the runtimes. Set that namespace, which is
 * `seldon-mesh` by default. Its name is the construct id, without a hash, since runtimes refer to it.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources/seldonconfig
 */
export class SeldonConfig extends KubernetesObject implements ISeldonConfig {
  /**
   * Refers to an existing SeldonConfig, which this app does not define.
   *
   * @param scope The construct that the reference belongs to.
   * @param id Id of the construct.
   * @param seldonConfigName The SeldonConfig's `metadata.name`.
   * @throws an error if the name is not a valid name in Kubernetes.
   */
  public static fromSeldonConfigName(scope: Construct, id: string, seldonConfigName: string): ISeldonConfig {
    return new SeldonConfigReference(scope, id, seldonConfigName);
  }

  /** The SeldonConfig's `metadata.name`. */
  public readonly seldonConfigName: string;

  /**
   * Its components.
   *
   * @internal
   */
  public readonly _components: ReadonlySet<SeldonComponent>;

  /**
   * Prefix of the port names in runtimes that do not set one.
   *
   * @internal
   */
  public readonly _grpcServicePrefix?: string;

  /**
   * Creates a SeldonConfig.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props The components and their settings.
   * @throws an error if a component is listed twice, is unknown or has no container; if Seldon, Kafka or Istio would reject a
   * setting, or it contains a secret.
   */
  public constructor(scope: Construct, id: string, props: SeldonConfigProps = {}) {
    super(scope, id);
    checkProps(this, 'SeldonConfigProps', props, SeldonConfig);
    this.seldonConfigName = nameOf(this, props);
    const components = props.components === undefined ? undefined : toComponents(this, props.components);
    const config = props.config === undefined ? undefined : toConfiguration(this, props.config);
    this._components = new Set((props.components ?? []).map(({ name }) => name));
    this._grpcServicePrefix = props.config?.serviceConfig?.grpcServicePrefix;
    writeManifest(this, { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'SeldonConfig', spec: () => ({ components, config }) }, props);
  }
}

/** An existing SeldonConfig. */
class SeldonConfigReference extends Construct implements ISeldonConfig {
  public constructor(scope: Construct, id: string, public readonly seldonConfigName: string) {
    super(scope, id);
    checkObjectName(this, 'name of SeldonConfig', seldonConfigName);
  }
}

function toComponents(at: IConstruct, components: readonly SeldonConfigComponent[]): unknown[] {
  checkComponentNames(at, 'components', components);
  return components.map(({ name, podSpec, replicas, labels, annotations, volumeClaimTemplates }) => {
    checkInt32(at, `replicas of component ${name}`, replicas);
    if (labels !== undefined) checkLabels(at, `component ${name}`, labels);
    if (annotations !== undefined) checkAnnotations(at, `component ${name}`, annotations);
    return {
      ...toJson_SeldonConfigSpecComponents({ name, replicas, podSpec: toPod(at, `podSpec of component ${name}`, podSpec) }),
      volumeClaimTemplates: volumeClaimTemplates === undefined ? undefined : toClaims(at, `component ${name}`, volumeClaimTemplates),
      // Newer than the generated types.
      labels,
      annotations,
    };
  });
}
