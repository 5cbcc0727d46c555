import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { ResourceType } from '../../plan/backend';
import { objectKey } from '../../plan/object-key';

/** What answers in the place of an object of Seldon Core 2. @internal */
export interface Core2Members {
  /** What messages call the object that hands requests on: `Experiment "a-or-b"`. */
  readonly by: string;
  /** Values of `seldon-model` that pick those that answer. */
  readonly headers: readonly string[];
}

/** An Experiment, as far as it says who answers. @internal */
export interface ExperimentMembers {
  /** The Experiment's `metadata.name`. */
  readonly name: string;
  /** Names of its candidates. */
  readonly candidates: readonly string[];
  /** Name of the candidate whose own requests it takes over. */
  readonly defaultCandidate?: string;
  /** What they are. */
  readonly type: ResourceType;
}

/**
 * The value of the header `seldon-model` that picks a Model or a Pipeline.
 *
 * @internal
 */
export function modelHeader(name: string, type: ResourceType): string {
  return type === ResourceType.PIPELINE ? `${name}.pipeline` : name;
}

/**
 * The Experiments and Pipelines of a mesh, by namespace and the header that picks them, and the models that answer behind them. Those
 * that live elsewhere are not known. Copies are thrown away, so who gets them does not answer.
 *
 * @internal
 */
export class Core2Registry {
  /** That of a construct's mesh. */
  public static of(construct: IConstruct): Core2Registry {
    return Mesh.of(construct)._part('core2-registry', () => new Core2Registry());
  }

  private readonly experiments = new Map<string, Core2Members>();
  private readonly defaults = new Map<string, Core2Members>();
  private readonly pipelines = new Map<string, () => Core2Members>();

  /** Adds an Experiment. */
  public addExperiment(namespace: string | undefined, { name, candidates, defaultCandidate, type }: ExperimentMembers): void {
    const members = { by: `Experiment "${name}"`, headers: candidates.map((candidate) => modelHeader(candidate, type)) };
    this.experiments.set(objectKey(namespace, `${name}.experiment`), members);
    if (defaultCandidate !== undefined) this.defaults.set(objectKey(namespace, modelHeader(defaultCandidate, type)), members);
  }

  /** Adds a Pipeline, whose steps come later. */
  public addPipeline(namespace: string | undefined, name: string, steps: () => readonly string[]): void {
    this.pipelines.set(objectKey(namespace, modelHeader(name, ResourceType.PIPELINE)), () => ({ by: `Pipeline "${name}"`, headers: steps() }));
  }

  /** Who answers for an Experiment: undefined for anything else, and for an existing one. */
  public candidatesOf(namespace: string | undefined, header: string): Core2Members | undefined {
    return this.experiments.get(objectKey(namespace, header));
  }

  /** Who works behind a header of Seldon's Envoy, at one remove. */
  public behind(namespace: string | undefined, header: string): readonly Core2Members[] {
    const key = objectKey(namespace, header);
    return [this.experiments.get(key), this.defaults.get(key), this.pipelines.get(key)?.()].filter((members) => members !== undefined);
  }
}
