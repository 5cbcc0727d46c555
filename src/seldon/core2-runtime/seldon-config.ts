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

/** What runtimes are made of: a SeldonConfig of this app, or one that lives elsewhere. */
export interface ISeldonConfig {
  /** The SeldonConfig's `metadata.name`. */
  readonly seldonConfigName: string;
}

/** One of the parts that run in each namespace with a SeldonRuntime. */
export interface SeldonConfigComponent {
  /** Which one. */
  readonly name: SeldonComponent;

  /** Its pod. */
  readonly podSpec: k8s.PodSpec;

  /**
   * How many pods run, 0 to 2147483647. Runtimes may say otherwise.
   *
   * @default - Seldon's: 1
   */
  readonly replicas?: number;

  /**
   * Labels of its pods. Seldon Core later than 2.6.
   *
   * @default - those of the SeldonConfig and the SeldonRuntime
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of its pods. Seldon Core later than 2.6.
   *
   * @default - those of the SeldonConfig and the SeldonRuntime
   */
  readonly annotations?: { [name: string]: string };

  /**
   * Volumes of its pods; with one it runs as a StatefulSet.
   *
   * @default - none, and it runs as a Deployment
   */
  readonly volumeClaimTemplates?: VolumeClaimTemplate[];
}

/**
 * What a SeldonConfig takes.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources/seldonconfig
 */
export interface SeldonConfigProps extends ManifestProps {
  /**
   * The parts that runtimes made of it run, each once. A part that is not named does not run.
   *
   * @default - none
   */
  readonly components?: SeldonConfigComponent[];

  /**
   * Settings of the runtimes made of it, unless they say otherwise.
   *
   * @default - none
   */
  readonly config?: SeldonConfiguration;
}

/**
 * What the runtimes of Seldon Core 2 are made of. Seldon's chart installs one, named `default`.
 *
 * The operator looks for it in its own namespace, wherever the runtimes are: give that one, `seldon-mesh` unless the operator
 * was installed elsewhere. Its name is the construct id, without a hash, since runtimes name it.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/kubernetes-resources/seldonconfig
 */
export class SeldonConfig extends KubernetesObject implements ISeldonConfig {
  /**
   * A SeldonConfig that another chart, another repository or another tool makes.
   *
   * @param seldonConfigName The SeldonConfig's `metadata.name`.
   * @throws an error when Kubernetes would not take the name.
   */
  public static fromSeldonConfigName(seldonConfigName: string): ISeldonConfig {
    checkObjectName('SeldonConfig.fromSeldonConfigName', 'name of SeldonConfig', seldonConfigName);
    return { seldonConfigName };
  }

  /** The SeldonConfig's `metadata.name`. */
  public readonly seldonConfigName: string;

  /**
   * The parts that it has.
   *
   * @internal
   */
  public readonly _components: ReadonlySet<SeldonComponent>;

  /**
   * What the names of ports begin with in runtimes that say nothing.
   *
   * @internal
   */
  public readonly _grpcServicePrefix?: string;

  /**
   * Makes a SeldonConfig.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise.
   * @param props The parts and their settings.
   * @throws an error when a part is named twice, unknown or has no container; when a setting is one that Seldon, Kafka or Istio
   * would not take, or holds a secret.
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
