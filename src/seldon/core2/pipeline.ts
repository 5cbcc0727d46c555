import { Construct, IConstruct } from 'constructs';
import { bindResource } from './bind';
import { IModel } from './model';
import { checkCore2Name, warnOfTopic } from './names';
import { checkInput, checkOutput, checkStep } from './pipeline-checks';
import { IPipeline, IPipelineStep, NamedStep, PipelineData } from './pipeline-data';
import { graphProblems } from './pipeline-graph';
import { inputJson, OutputJson, outputJson, pipelineSpec, stepJson, StepJson } from './pipeline-json';
import { PipelineOutput, PipelineProps, PipelineStepProps } from './pipeline-props';
import { PipelineRegistry } from './pipeline-registry';
import { Core2Reference, Core2ReferenceOptions } from './reference';
import { Core2Registry } from './registry';
import { core2Target } from './target';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Warnings } from '../../mesh/warnings';
import { BackendTarget, BackendUse, ResourceType, SeldonIdentity } from '../../plan/backend';
import { checkInt32 } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkPart, checkProps } from '../../plan/checks/props';

export { PipelineData } from './pipeline-data';
export type { IPipeline, IPipelineStep } from './pipeline-data';
export * from './pipeline-props';

/**
 * A chain or graph of Models of Seldon Core 2: each step is a Model, which reads the input of the Pipeline or the output of other
 * steps. Routes use it as a backend, by the header `seldon-model: <name>.pipeline`.
 *
 * Its name is the construct id, without a hash, since clients and other objects use it. Seldon accepts lower-case letters,
 * digits and hyphens.
 *
 * The data that steps read is checked when they are added. Whether all of it exists, and whether there are cycles, is checked at
 * synthesis.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/pipelines
 *
 * @example
 * const pipeline = new Pipeline(chart, 'income');
 * const clean = pipeline.addStep(preprocessor);
 * const income = pipeline.addStep(classifier, { inputs: [clean.output()] });
 * const outlier = pipeline.addStep(detector, { inputs: [clean.output()] });
 * pipeline.addOutput({ steps: [income.output(), outlier.output('is_outlier')] });
 */
export class Pipeline extends KubernetesObject implements IPipeline {
  /**
   * Refers to an existing Pipeline, which this app does not define.
   *
   * @param scope The construct that the reference belongs to.
   * @param id Id of the construct.
   * @param pipelineName The Pipeline's `metadata.name`.
   * @param options The namespace of the Pipeline.
   * @throws an error if Seldon would reject the name.
   */
  public static fromPipelineName(scope: Construct, id: string, pipelineName: string, options: Core2ReferenceOptions = {}): IPipeline {
    return new PipelineReference(scope, id, pipelineName, options);
  }

  /** The Pipeline's `metadata.name`. */
  public readonly pipelineName: string;

  /** The namespace of the Pipeline; undefined if it is not specified. */
  public readonly pipelineNamespace?: string;

  /** The data that each step reads or waits for, and its manifest. */
  private readonly steps = new Map<string, { readonly reads: readonly PipelineData[]; readonly json: StepJson }>();
  private answer?: { readonly reads: readonly PipelineData[]; readonly json: OutputJson };

  /**
   * Creates a Pipeline without steps.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props The input from other Pipelines, and settings.
   * @throws an error if Seldon would reject the name; if the input is empty, or is data of the Pipeline itself or of another
   * namespace; if a number is out of range. At synthesis if there is no step; if a step or the output reads a step that does not
   * exist; if there is a cycle that is not allowed.
   */
  public constructor(scope: Construct, id: string, props: PipelineProps = {}) {
    super(scope, id);
    checkProps(this, 'PipelineProps', props, Pipeline);
    this.pipelineName = nameOf(this, props);
    checkCore2Name(this, 'name of Pipeline', this.pipelineName);
    this.pipelineNamespace = namespaceOf(this, props);
    warnOfTopic(this, ResourceType.PIPELINE, this.pipelineNamespace, this.pipelineName);
    checkInt32(this, 'maxStepRevisits', props.maxStepRevisits);
    const { input } = props;
    if (input !== undefined) checkInput(this, this, input);
    const brought = [...input?.inputs ?? [], ...input?.triggers ?? []];
    const [allowCycles, maxStepRevisits] = [props.allowCycles ?? false, props.maxStepRevisits ?? 0];
    const missing = () => brought.flatMap((data) => this.missingSteps(data));
    this.node.addValidation({ validate: () => [...this.problems(allowCycles, maxStepRevisits), ...missing()] });
    PipelineRegistry.of(this).add(this);
    Core2Registry.of(this).addPipeline(this.pipelineNamespace, this.pipelineName, () => [...this.steps.keys()]);
    const read = input === undefined ? undefined : inputJson(input);
    const spec = () => pipelineSpec(props, [...this.steps.values()].map(({ json }) => json), read, this.answer?.json);
    writeManifest(this, { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Pipeline', spec }, props);
  }

  /**
   * Adds a Model as a step of the same name.
   *
   * @param model The Model, in the namespace of the Pipeline.
   * @param props The data that it reads and waits for.
   * @throws an error if the Model is in another namespace, is already a step or has the name of the Pipeline; if data is of
   * another Pipeline or listed twice; if a renamed tensor is not read; if a value is out of range.
   */
  public addStep(model: IModel, props: PipelineStepProps = {}): IPipelineStep {
    const { modelName, modelNamespace } = (model ?? {}) as Partial<IModel>;
    if (typeof modelName !== 'string') {
      throw invalid(this, `a step of ${show(model)}`, 'expected a Model. For a name use addStepNamed');
    }
    if (modelNamespace !== undefined && this.pipelineNamespace !== undefined && modelNamespace !== this.pipelineNamespace) {
      throw invalid(this, `Model ${modelNamespace}/${modelName} as a step`, `the Model must be in the namespace of the Pipeline, ${show(this.pipelineNamespace)}`);
    }
    return this.addStepNamed(modelName, props);
  }

  /**
   * Adds a step by the name of an existing Model.
   *
   * @param modelName The Model's `metadata.name`, in the namespace of the Pipeline.
   * @param props The data that it reads and waits for.
   * @throws an error as `addStep` does, and if Seldon would reject the name.
   */
  public addStepNamed(modelName: string, props: PipelineStepProps = {}): IPipelineStep {
    checkPart(this, `step ${show(modelName)}`, 'PipelineStepProps', props);
    const step = this.step(modelName);
    if (modelName === this.pipelineName) {
      throw invalid(this, `step ${show(modelName)} has the name of the Pipeline`, 'Seldon could not distinguish them. Rename one of them');
    }
    if (this.steps.has(modelName)) {
      throw invalid(this, `step ${show(modelName)} twice`, 'a Model can be only one step of a Pipeline. For another step add a second Model with the same files');
    }
    checkStep(this, this, modelName, props);
    if (props.batch?.rolling !== undefined) {
      Warnings._add(this, `rolling of the batch of step ${show(modelName)}`, 'Seldon\'s operator ignores it. Leave it out');
    }
    this.steps.set(modelName, { reads: [...props.inputs ?? [], ...props.triggers ?? []], json: stepJson(modelName, props) });
    return step;
  }

  /**
   * Sets the output of the Pipeline, once. Without an output the results of its steps are only in Kafka, for other Pipelines, and
   * the Pipeline cannot be a backend of a route or a candidate of an Experiment.
   *
   * @param output Data of its steps.
   * @throws an error if the output is already set, is empty, or is not data of a step.
   */
  public addOutput(output: PipelineOutput): void {
    checkPart(this, 'the output', 'PipelineOutput', output);
    if (this.answer !== undefined) throw invalid(this, 'a second output', 'list all data in one output');
    checkOutput(this, this, output);
    this.answer = { reads: [...output.steps], json: outputJson(output) };
  }

  /**
   * The input of the Pipeline, for its own steps or for other Pipelines.
   *
   * @param tensor One tensor of it; all of them if not set.
   * @throws an error if it is not a valid name of a tensor.
   */
  public input(tensor?: string): PipelineData {
    return PipelineData._of(this, this, 'inputs', tensor);
  }

  /**
   * The output of the Pipeline, for other Pipelines.
   *
   * @param tensor One tensor of it; all of them if not set.
   * @throws an error if it is not a valid name of a tensor.
   */
  public output(tensor?: string): PipelineData {
    return PipelineData._of(this, this, 'outputs', tensor);
  }

  /**
   * A step by its name, which is that of its Model. It may be added later, which a cycle needs.
   *
   * @param name Name of the step.
   * @throws an error if it is not a valid name of a Model.
   */
  public step(name: string): IPipelineStep {
    return new NamedStep(this, this, name);
  }

  /**
   * Returns how to reach the Pipeline.
   *
   * @param scope The construct that routes to it.
   * @throws an error if the namespace of the Pipeline is not specified.
   */
  public target(scope: IConstruct): BackendTarget {
    return pipelineTarget(scope, this);
  }

  /**
   * Binds the Pipeline to a route.
   *
   * @param scope The construct that routes to it.
   * @param use How the route uses it.
   * @throws an error when the namespace of the Pipeline is not specified.
   */
  public bind(scope: IConstruct, use: BackendUse): BackendTarget {
    return bindResource(scope, this.target(scope), use);
  }

  private problems(allowCycles: boolean, maxStepRevisits: number): string[] {
    const steps = new Map([...this.steps].map(([name, { reads }]) => [name, reads]));
    return graphProblems({ steps, output: this.answer?.reads, allowCycles, maxStepRevisits });
  }

  /** Checks data of Pipelines of this app, including references to them. Existing Pipelines are not known. */
  private missingSteps(data: PipelineData): string[] {
    const { pipelineName, pipelineNamespace } = data._pipeline;
    const other = PipelineRegistry.of(this).find(this, pipelineNamespace, pipelineName);
    return (other?._missing(data) ?? []).map((why) => `the input reads ${data}, but Pipeline ${pathOf(other!)} has no ${why}`);
  }

  /**
   * Whether it has an output.
   *
   * @internal
   */
  public get _answers(): boolean {
    return this.answer !== undefined;
  }

  /**
   * The missing part of the Pipeline that some data needs, if any.
   *
   * @internal
   */
  public _missing(data: PipelineData): string[] {
    if (data._step === undefined) return data._side === 'inputs' || this.answer !== undefined ? [] : ['output'];
    return this.steps.has(data._step) ? [] : [`step ${show(data._step)}`];
  }
}

/** An existing Pipeline. */
class PipelineReference extends Core2Reference implements IPipeline {
  public readonly pipelineName = this.objectName;
  public readonly pipelineNamespace = this.objectNamespace;

  public constructor(scope: Construct, id: string, name: string, options: Core2ReferenceOptions) {
    super(scope, id, { kind: 'Pipeline', name, checkName: checkCore2Name }, 'Core2ReferenceOptions', options);
  }

  public input(tensor?: string): PipelineData {
    return PipelineData._of(this, this, 'inputs', tensor);
  }

  public output(tensor?: string): PipelineData {
    return PipelineData._of(this, this, 'outputs', tensor);
  }

  public step(name: string): IPipelineStep {
    return new NamedStep(this, this, name);
  }

  public target(scope: IConstruct): BackendTarget {
    return pipelineTarget(scope, this);
  }

  public bind(scope: IConstruct, use: BackendUse): BackendTarget {
    return bindResource(scope, this.target(scope), use);
  }
}

function pipelineTarget(scope: IConstruct, pipeline: IPipeline): BackendTarget {
  const { pipelineName: name, pipelineNamespace: namespace } = pipeline;
  return core2Target(scope, { kind: 'Pipeline', name, namespace, header: `${name}.pipeline`, seldon: SeldonIdentity.ofResource(ResourceType.PIPELINE, name) });
}
