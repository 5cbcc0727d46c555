import { IConstruct } from 'constructs';
import { namespaceKey } from './namespace-key';
import type { PipelineData } from './pipeline-data';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { invalid } from '../../plan/checks/errors';
import { objectKey } from '../../plan/object-key';

/** A Pipeline of this app, as it registers itself. */
interface Registered extends IConstruct {
  readonly pipelineName: string;
  readonly pipelineNamespace?: string;
  /** Whether it says what it answers. */
  readonly _answers: boolean;
  /** Why data of it is never there. */
  _missing(data: PipelineData): string[];
}

/**
 * The Pipelines of a mesh, for those who name them: by construct, by reference or as candidates of an Experiment.
 *
 * @internal
 */
export class PipelineRegistry {
  /** That of a construct's mesh. */
  public static of(construct: IConstruct): PipelineRegistry {
    return Mesh.of(construct)._part('pipelines', (scope) => new PipelineRegistry(scope));
  }

  private readonly pipelines = new Map<string, Registered>();
  /** Who asks which, each once: callers who stay are asked for twice. */
  private readonly asked = new Map<string, { readonly at: IConstruct; readonly key: string; readonly what: string }>();

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => [...this.asked.values()].flatMap((each) => this.silent(each)));
  }

  /** Adds a Pipeline of this app. */
  public add(pipeline: Registered): void {
    this.pipelines.set(keyOf(pipeline, pipeline.pipelineNamespace, pipeline.pipelineName), pipeline);
  }

  /** The Pipeline of this app that has a name; undefined when there is none. */
  public find(at: IConstruct, namespace: string | undefined, name: string): Registered | undefined {
    return this.pipelines.get(keyOf(at, namespace, name));
  }

  /** Says that callers wait for what a Pipeline answers. */
  public ask(at: IConstruct, namespace: string | undefined, name: string): void {
    const key = keyOf(at, namespace, name);
    this.asked.set(`${at.node.path} ${key}`, { at, key, what: namespace === undefined ? name : `${namespace}/${name}` });
  }

  private silent({ at, key, what }: { readonly at: IConstruct; readonly key: string; readonly what: string }): Finding[] {
    const pipeline = this.pipelines.get(key);
    if (pipeline === undefined || pipeline._answers) return [];
    const { message } = invalid(at, `Pipeline ${what} answers callers and has no output`, 'its answers would stay in Kafka: say with addOutput what it answers');
    return [{ at, text: message }];
  }
}

function keyOf(at: IConstruct, namespace: string | undefined, name: string): string {
  return objectKey(namespaceKey(at, namespace), name);
}
