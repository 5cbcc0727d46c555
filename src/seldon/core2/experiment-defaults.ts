import { IConstruct } from 'constructs';
import { kindOf } from './names';
import { namespaceKey } from './namespace-key';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { ResourceType } from '../../plan/backend';
import { invalid, pathOf, show } from '../../plan/checks/errors';

/** An Experiment, as it registers itself. */
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
 * The Models and Pipelines of a mesh whose own requests an Experiment takes over.
 *
 * @internal
 */
export class ExperimentDefaults {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): ExperimentDefaults {
    return Mesh.of(construct)._part('experiment-defaults', (scope) => new ExperimentDefaults(scope));
  }

  private readonly takers = new Map<string, Registered>();
  private readonly shared: { readonly at: IConstruct; readonly named: Named }[] = [];

  private constructor(scope: IConstruct) {
    scope.node.addValidation({ validate: () => this.warn() });
  }

  /** Two Experiments that take over one Model: Seldon refuses the second, in a status condition. */
  public claim(experiment: Registered, type: ResourceType, name: string): void {
    const key = keyOf(experiment, { namespace: experiment.experimentNamespace, type, name });
    const other = this.takers.get(key);
    if (other !== undefined) {
      throw invalid(experiment, `${kindOf(type)} ${show(name)} is the default of Experiments ${other.experimentName} (${pathOf(other)}) `
        + `and ${experiment.experimentName}`, 'only one Experiment of a namespace can take it over');
    }
    this.takers.set(key, experiment);
  }

  /** Says that something else shares requests with a Model or a Pipeline. */
  public share(at: IConstruct, named: Named): void {
    this.shared.push({ at, named });
  }

  private warn(): string[] {
    for (const { at, named } of this.shared) {
      const taker = this.takers.get(keyOf(at, named));
      if (taker === undefined) continue;
      const what = `${kindOf(named.type)} ${show(named.name)}`;
      Warnings._add(at, `${what} is one of several that share requests here, and Experiment ${show(taker.experimentName)} (${pathOf(taker)}) takes over what asks for it`,
        'the shares are not what they say: leave out its defaultCandidate, or share in one of the two');
    }
    return [];
  }
}

function keyOf(at: IConstruct, { namespace, type, name }: Named): string {
  return `${namespaceKey(at, namespace)}/${kindOf(type)}/${name}`;
}
