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
import { Core2ReferenceOptions } from './reference';
import { Core2Registry } from './registry';
import { core2Target } from './target';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Warnings } from '../../mesh/warnings';
import { BackendTarget, BackendUse, ResourceType, SeldonIdentity } from '../../plan/backend';
import { checkInt32, checkNoNamespace } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkPart, checkProps } from '../../plan/checks/props';

export { PipelineData } from './pipeline-data';
export type { IPipeline, IPipelineStep } from './pipeline-data';
export * from './pipeline-props';

/**
 * Models of Seldon Core 2 that work together: each step is a Model, which reads what comes into the Pipeline or what other
 * steps put out. Routes send requests to it as a backend, by the header `seldon-model: <name>.pipeline`.
 *
 * Its name is the construct id, without a hash, since clients and other objects name it. Seldon takes lower-case letters,
 * digits and hyphens there.
 *
 * What steps read is checked when they are added; whether all of it is there, and no step waits for itself, is checked at
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
   * A Pipeline that another chart, another repository or another tool makes.
   *
   * @param scope The construct that it is named for.
   * @param id Id of the construct.
   * @param pipelineName The Pipeline's `metadata.name`.
   * @param options What is known of it.
   * @throws an error when Seldon would not take the name.
   */
  public static fromPipelineName(scope: Construct, id: string, pipelineName: string, options: Core2ReferenceOptions = {}): IPipeline {
    return new PipelineReference(scope, id, pipelineName, options);
  }

  /** The Pipeline's `metadata.name`. */
  public readonly pipelineName: string;

  /** The namespace of the Pipeline; undefined when nobody said it. */
  public readonly pipelineNamespace?: string;

  /** What each step reads or waits for, and what is written of it. */
  private readonly steps = new Map<string, { readonly reads: readonly PipelineData[]; readonly json: StepJson }>();
  private answer?: { readonly reads: readonly PipelineData[]; readonly json: OutputJson };

  /**
   * Makes a Pipeline without steps.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props What it reads from other Pipelines, and how it runs.
   * @throws an error when Seldon would not take the name; when what comes in is of the Pipeline itself or of another
   * namespace, or nothing; when a number is out of its range. At synthesis when there is no step; when a step or the output
   * reads a step that is not there; when steps read in a circle that is not allowed.
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
   * Adds a Model as a step, which has its name.
   *
   * @param model The Model, of the namespace of the Pipeline.
   * @param props What it reads, and when.
   * @throws an error when the Model lives in another namespace, is a step already or has the name of the Pipeline; when data
   * is of another Pipeline or named twice; when a renamed tensor is not read; when a value is out of its range.
   */
  public addStep(model: IModel, props: PipelineStepProps = {}): IPipelineStep {
    const { modelName, modelNamespace } = (model ?? {}) as Partial<IModel>;
    if (typeof modelName !== 'string') {
      throw invalid(this, `a step of ${show(model)}`, 'expected a Model; give a name to addStepNamed');
    }
    if (modelNamespace !== undefined && this.pipelineNamespace !== undefined && modelNamespace !== this.pipelineNamespace) {
      throw invalid(this, `Model ${modelNamespace}/${modelName} as a step`, `Seldon looks for it in the namespace of the Pipeline, ${show(this.pipelineNamespace)}`);
    }
    return this.addStepNamed(modelName, props);
  }

  /**
   * Adds a step by the name of its Model, for one that this app does not make.
   *
   * @param modelName The Model's `metadata.name`, in the namespace of the Pipeline.
   * @param props What it reads, and when.
   * @throws an error as `addStep` does, and when Seldon would not take the name.
   */
  public addStepNamed(modelName: string, props: PipelineStepProps = {}): IPipelineStep {
    checkPart(this, `step ${show(modelName)}`, 'PipelineStepProps', props);
    const step = this.step(modelName);
    if (modelName === this.pipelineName) {
      throw invalid(this, `step ${show(modelName)} has the name of the Pipeline`, 'Seldon could not tell them apart: rename one of them');
    }
    if (this.steps.has(modelName)) {
      throw invalid(this, `step ${show(modelName)} twice`, 'a Model is one step of a Pipeline: make a second Model of the same files for another one');
    }
    checkStep(this, this, modelName, props);
    if (props.batch?.rolling !== undefined) {
      Warnings._add(this, `rolling of the batch of step ${show(modelName)}`, 'Seldon\'s operator ignores it: leave it out');
    }
    this.steps.set(modelName, { reads: [...props.inputs ?? [], ...props.triggers ?? []], json: stepJson(modelName, props) });
    return step;
  }

  /**
   * Says what the Pipeline answers, once. Without it the answers of its steps stay in Kafka, where other Pipelines read them, and
   * neither a route nor an Experiment can have it answer callers.
   *
   * @param output Data of its steps.
   * @throws an error when it was said already, is nothing, or is no data of a step.
   */
  public addOutput(output: PipelineOutput): void {
    checkPart(this, 'the output', 'PipelineOutput', output);
    if (this.answer !== undefined) throw invalid(this, 'a second output', 'name all that the Pipeline answers in one');
    checkOutput(this, this, output);
    this.answer = { reads: [...output.steps], json: outputJson(output) };
  }

  /**
   * What comes into the Pipeline: for its own steps, or for other Pipelines that read along.
   *
   * @param tensor One tensor of it; all when left out.
   * @throws an error when it is no name of a tensor.
   */
  public input(tensor?: string): PipelineData {
    return PipelineData._of(this, this, 'inputs', tensor);
  }

  /**
   * What the Pipeline answers, for other Pipelines.
   *
   * @param tensor One tensor of it; all when left out.
   * @throws an error when it is no name of a tensor.
   */
  public output(tensor?: string): PipelineData {
    return PipelineData._of(this, this, 'outputs', tensor);
  }

  /**
   * A step by its name, which is that of its Model. It may be one that is added later, as a cycle needs it.
   *
   * @param name Name of the step.
   * @throws an error when it is no name of a Model.
   */
  public step(name: string): IPipelineStep {
    return new NamedStep(this, this, name);
  }

  /**
   * Says how to reach the Pipeline.
   *
   * @param scope The construct that routes to it.
   * @throws an error when nobody said the Pipeline's namespace.
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

  /** Pipelines of this app are looked into, however they are named; what others have is theirs to know. */
  private missingSteps(data: PipelineData): string[] {
    const { pipelineName, pipelineNamespace } = data._pipeline;
    const other = PipelineRegistry.of(this).find(this, pipelineNamespace, pipelineName);
    return (other?._missing(data) ?? []).map((why) => `the input reads ${data}, which Pipeline ${pathOf(other!)} never has: ${why}`);
  }

  /**
   * Whether it says what it answers.
   *
   * @internal
   */
  public get _answers(): boolean {
    return this.answer !== undefined;
  }

  /**
   * Why data of the Pipeline is never there.
   *
   * @internal
   */
  public _missing(data: PipelineData): string[] {
    if (data._step === undefined) return data._side === 'inputs' || this.answer !== undefined ? [] : ['it has no output'];
    return this.steps.has(data._step) ? [] : [`it has no step ${show(data._step)}`];
  }
}

/** A Pipeline that lives elsewhere. */
class PipelineReference extends Construct implements IPipeline {
  public readonly pipelineName: string;
  public readonly pipelineNamespace?: string;

  public constructor(scope: Construct, id: string, pipelineName: string, options: Core2ReferenceOptions) {
    super(scope, id);
    checkProps(this, 'Core2ReferenceOptions', options);
    checkNoNamespace(this, 'Pipeline', pipelineName);
    checkCore2Name(this, 'name of Pipeline', pipelineName);
    this.pipelineName = pipelineName;
    this.pipelineNamespace = namespaceOf(this, options);
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
