import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { ResourceType } from '../../plan/backend';
import { objectKey } from '../../plan/object-key';

/** The Models and Pipelines that answer for an object of Seldon Core 2. @internal */
export interface Core2Members {
  /** How messages describe the object that forwards requests: `Experiment "a-or-b"`. */
  readonly by: string;
  /** Their values of `seldon-model`. */
  readonly headers: readonly string[];
}

/** The candidates of an Experiment. @internal */
export interface ExperimentMembers {
  /** The Experiment's `metadata.name`. */
  readonly name: string;
  /** Names of its candidates. */
  readonly candidates: readonly string[];
  /** Name of the candidate whose requests it takes over. */
  readonly defaultCandidate?: string;
  /** Kind of the candidates. */
  readonly type: ResourceType;
}

/**
 * The value of the header `seldon-model` that selects a Model or a Pipeline.
 *
 * @internal
 */
export function modelHeader(name: string, type: ResourceType): string {
  return type === ResourceType.PIPELINE ? `${name}.pipeline` : name;
}

/**
 * The Experiments and Pipelines of a mesh, by namespace and header, and the models that answer for them. Existing ones are not known.
 * Mirrors are not included, since their responses are discarded.
 *
 * @internal
 */
export class Core2Registry {
  /** The registry of a construct's mesh. */
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

  /** Adds a Pipeline, whose steps are added later. */
  public addPipeline(namespace: string | undefined, name: string, steps: () => readonly string[]): void {
    this.pipelines.set(objectKey(namespace, modelHeader(name, ResourceType.PIPELINE)), () => ({ by: `Pipeline "${name}"`, headers: steps() }));
  }

  /** The candidates of an Experiment; undefined for anything else, and for an existing Experiment. */
  public candidatesOf(namespace: string | undefined, header: string): Core2Members | undefined {
    return this.experiments.get(objectKey(namespace, header));
  }

  /** The objects that directly answer for a value of `seldon-model`. */
  public behind(namespace: string | undefined, header: string): readonly Core2Members[] {
    const key = objectKey(namespace, header);
    return [this.experiments.get(key), this.defaults.get(key), this.pipelines.get(key)?.()].filter((members) => members !== undefined);
  }
}
