import { IConstruct } from 'constructs';
import { namespaceKey } from './namespace-key';
import type { PipelineData } from './pipeline-data';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { invalid } from '../../plan/checks/errors';
import { objectKey } from '../../plan/object-key';

/** A registered Pipeline of this app. */
interface Registered extends IConstruct {
  readonly pipelineName: string;
  readonly pipelineNamespace?: string;
  /** Whether it has an output. */
  readonly _answers: boolean;
  /** The missing part that some data needs, if any. */
  _missing(data: PipelineData): string[];
}

/**
 * The Pipelines of a mesh, for constructs that refer to them directly, by name or as candidates of an Experiment.
 *
 * @internal
 */
export class PipelineRegistry {
  /** The registry of a construct's mesh. */
  public static of(construct: IConstruct): PipelineRegistry {
    return Mesh.of(construct)._part('pipelines', (scope) => new PipelineRegistry(scope));
  }

  private readonly pipelines = new Map<string, Registered>();
  /** The constructs whose callers need the output of a Pipeline, each once. */
  private readonly required = new Map<string, { readonly at: IConstruct; readonly key: string; readonly what: string }>();

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => [...this.required.values()].flatMap((each) => this.missingOutput(each)));
  }

  /** Adds a Pipeline of this app. */
  public add(pipeline: Registered): void {
    this.pipelines.set(keyOf(pipeline, pipeline.pipelineNamespace, pipeline.pipelineName), pipeline);
  }

  /** The Pipeline of this app that has a name; undefined when there is none. */
  public find(at: IConstruct, namespace: string | undefined, name: string): Registered | undefined {
    return this.pipelines.get(keyOf(at, namespace, name));
  }

  /** Registers that callers need the output of a Pipeline. */
  public requireOutput(at: IConstruct, namespace: string | undefined, name: string): void {
    const key = keyOf(at, namespace, name);
    this.required.set(`${at.node.path} ${key}`, { at, key, what: namespace === undefined ? name : `${namespace}/${name}` });
  }

  private missingOutput({ at, key, what }: { readonly at: IConstruct; readonly key: string; readonly what: string }): Finding[] {
    const pipeline = this.pipelines.get(key);
    if (pipeline === undefined || pipeline._answers) return [];
    const { message } = invalid(at, `Pipeline ${what} serves callers and has no output`, 'its results would only be in Kafka. Add an output with addOutput');
    return [{ at, text: message }];
  }
}

function keyOf(at: IConstruct, namespace: string | undefined, name: string): string {
  return objectKey(namespaceKey(at, namespace), name);
}
