import { IConstruct } from 'constructs';
import { kindOf } from './names';
import { namespaceKey } from './namespace-key';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { ResourceType } from '../../plan/backend';
import { invalid, pathOf, show } from '../../plan/checks/errors';

/** A registered Experiment. */
interface Registered extends IConstruct {
  readonly experimentName: string;
  readonly experimentNamespace?: string;
}

/** A Model or a Pipeline. */
interface Named {
  readonly namespace?: string;
  readonly type: ResourceType;
  readonly name: string;
}

/**
 * The Models and Pipelines of a mesh whose requests an Experiment takes over, as their default candidate.
 *
 * @internal
 */
export class ExperimentDefaults {
  /** The defaults of a construct's mesh. */
  public static of(construct: IConstruct): ExperimentDefaults {
    return Mesh.of(construct)._part('experiment-defaults', (scope) => new ExperimentDefaults(scope));
  }

  private readonly experiments = new Map<string, Registered>();
  private readonly shared: { readonly at: IConstruct; readonly named: Named }[] = [];

  private constructor(scope: IConstruct) {
    scope.node.addValidation({ validate: () => this.warn() });
  }

  /** Registers the default candidate of an Experiment. Of two Experiments with the same default, Seldon rejects the second in a status condition. */
  public add(experiment: Registered, type: ResourceType, name: string): void {
    const key = keyOf(experiment, { namespace: experiment.experimentNamespace, type, name });
    const other = this.experiments.get(key);
    if (other !== undefined) {
      throw invalid(experiment, `${kindOf(type)} ${show(name)} is the default of Experiments ${other.experimentName} (${pathOf(other)}) `
        + `and ${experiment.experimentName}`, 'set defaultCandidate in only one Experiment of the namespace');
    }
    this.experiments.set(key, experiment);
  }

  /** Registers a Model or a Pipeline that is one of several weighted arms of a route. */
  public share(at: IConstruct, named: Named): void {
    this.shared.push({ at, named });
  }

  private warn(): string[] {
    for (const { at, named } of this.shared) {
      const experiment = this.experiments.get(keyOf(at, named));
      if (experiment === undefined) continue;
      const what = `${kindOf(named.type)} ${show(named.name)}`;
      Warnings._add(at, `${what} is one of several arms, and Experiment ${show(experiment.experimentName)} (${pathOf(experiment)}) takes over its requests`,
        'the arms would not get the shares of their weights. Remove defaultCandidate from the Experiment, or split the traffic in only one of the two');
    }
    return [];
  }
}

function keyOf(at: IConstruct, { namespace, type, name }: Named): string {
  return `${namespaceKey(at, namespace)}/${kindOf(type)}/${name}`;
}
