import { Construct, IConstruct } from 'constructs';
import { bindResource } from './bind';
import { checkModel, warnOfIgnored, warnOfRemote, warnOfZero } from './model-checks';
import { memoryQuantity } from './model-memory';
import { ModelProps } from './model-props';
import { checkCore2Name, warnOfTopic } from './names';
import { Core2Reference, Core2ReferenceOptions } from './reference';
import { ServerRegistry } from './server-registry';
import { core2Target } from './target';
import { ModelSpec, ModelSpecMemory, toJson_ModelSpec } from '../../../imports/mlops.seldon.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { BackendTarget, BackendUse, IBackend, ResourceType, SeldonIdentity } from '../../plan/backend';
import { checkProps } from '../../plan/checks/props';

export type { Core2ReferenceOptions } from './reference';
export * from './model-props';

/** A Model of Seldon Core 2: one of this app, or an existing one. */
export interface IModel extends IBackend {
  /** The Model's `metadata.name`. */
  readonly modelName: string;

  /** The namespace of the Model; undefined if it is not specified. */
  readonly modelNamespace?: string;
}

/**
 * A model that Seldon Core 2 serves. Routes use it as a backend. Seldon's Envoy selects it by the header
 * `seldon-model`.
 *
 * Its name is the construct id, without a hash, since clients and other objects use it. Seldon accepts lower-case letters,
 * digits and hyphens, and no dots, capitals or underscores, although Kubernetes accepts dots.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/models
 */
export class Model extends KubernetesObject implements IModel {
  /**
   * Refers to an existing Model, which this app does not define.
   *
   * @param scope The construct that the reference belongs to.
   * @param id Id of the construct.
   * @param modelName The Model's `metadata.name`.
   * @param options The namespace of the Model.
   * @throws an error if Seldon would reject the name.
   */
  public static fromModelName(scope: Construct, id: string, modelName: string, options: Core2ReferenceOptions = {}): IModel {
    return new ModelReference(scope, id, modelName, options);
  }

  /** The Model's `metadata.name`. */
  public readonly modelName: string;

  /** The namespace of the Model; undefined if it is not specified. */
  public readonly modelNamespace?: string;

  /**
   * Creates a Model.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props The location of its files, and its requirements.
   * @throws an error if Seldon would reject the name or the replicas; if a required string is empty, or a parameter is set twice or
   * contains a private key; if both `explainer` and `llm` are set, or one of them names both a Model and a Pipeline, or `llm`
   * neither.
   */
  public constructor(scope: Construct, id: string, props: ModelProps) {
    super(scope, id);
    checkProps(this, 'ModelProps', props, Model);
    this.modelName = nameOf(this, props);
    checkCore2Name(this, 'name of Model', this.modelName);
    this.modelNamespace = namespaceOf(this, props);
    checkModel(this, props);
    warnOfIgnored(this, props);
    warnOfZero(this, props);
    warnOfRemote(this, props);
    warnOfTopic(this, ResourceType.MODEL, this.modelNamespace, this.modelName);
    const memory = props.memory === undefined ? undefined : ModelSpecMemory.fromString(memoryQuantity(this, props.memory));
    const { llm, cleanTopicsOnDelete } = props;
    const spec = toJson_ModelSpec(memory === undefined ? props as object as ModelSpec : { ...props, memory })!;
    // Newer than the generated types.
    if (llm !== undefined) spec.llm = { modelRef: llm.modelRef, pipelineRef: llm.pipelineRef };
    if (cleanTopicsOnDelete !== undefined) spec.dataflow = { cleanTopicsOnDelete };
    ServerRegistry.of(this).addModel(this, props);
    writeManifest(this, { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', spec: () => spec }, props);
  }

  /**
   * Returns how to reach the model.
   *
   * @param scope The construct that routes to it.
   * @throws an error if the namespace of the model is not specified.
   */
  public target(scope: IConstruct): BackendTarget {
    return modelTarget(scope, this);
  }

  /**
   * Binds the model to a route.
   *
   * @param scope The construct that routes to it.
   * @param use How the route uses it.
   * @throws an error when the namespace of the model is not specified.
   */
  public bind(scope: IConstruct, use: BackendUse): BackendTarget {
    return bindResource(scope, this.target(scope), use);
  }
}

/** An existing Model. */
class ModelReference extends Core2Reference implements IModel {
  public readonly modelName = this.objectName;
  public readonly modelNamespace = this.objectNamespace;

  public constructor(scope: Construct, id: string, name: string, options: Core2ReferenceOptions) {
    super(scope, id, { kind: 'Model', name, checkName: checkCore2Name }, 'Core2ReferenceOptions', options);
  }

  public target(scope: IConstruct): BackendTarget {
    return modelTarget(scope, this);
  }

  public bind(scope: IConstruct, use: BackendUse): BackendTarget {
    return bindResource(scope, this.target(scope), use);
  }
}

function modelTarget(scope: IConstruct, model: IModel): BackendTarget {
  const { modelName: name, modelNamespace: namespace } = model;
  return core2Target(scope, { kind: 'Model', name, namespace, header: name, seldon: SeldonIdentity.ofResource(ResourceType.MODEL, name) });
}
