import { core2Example, examples } from './examples';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { readExperiment } from '../../objects/core2/experiment';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

const candidates = (other: string) => `  candidates:
    - { name: iris-v1, weight: 90 }
    - { name: ${other}, weight: 10 }`;

/** A Model or a Pipeline that is the default of two Experiments. */
export const sharedExperimentDefault: Rule = {
  id: 'shared-experiment-default',
  level: Level.ERROR,
  title: 'Two Experiments have the same default',
  page: {
    explanation: `
An Experiment with a \`default\` takes over the requests for that Model or Pipeline. Seldon's scheduler accepts only one such Experiment, and
rejects any later one in a status condition. Which one is later depends on the order of the apply, so the finding is at the one that the
cluster created later, or else at the one whose name comes later.`,
    wrong: examples(
      core2Example('Experiment', 'first', `  default: iris-v1\n${candidates('iris-v2')}`),
      core2Example('Experiment', 'second', `  default: iris-v1\n${candidates('iris-v3')}`),
    ),
    right: examples(
      core2Example('Experiment', 'first', `  default: iris-v1\n${candidates('iris-v2')}`),
      core2Example('Experiment', 'second', candidates('iris-v3')),
    ),
  },
  check: (cluster: Cluster) => [...cluster.derived(experimentsByDefault).values()].flatMap(problemsOf),
};

/** An Experiment that takes over requests. @internal */
export interface TakingExperiment {
  /** The Experiment. */
  readonly object: ClusterObject;
  /** The Model or Pipeline, by its kind and name. */
  readonly what: string;
}

/**
 * The Experiments with a default, by namespace and the value of `seldon-model` whose requests they take over. The oldest is first.
 *
 * @internal
 */
export function experimentsByDefault(cluster: Cluster): ReadonlyMap<string, readonly TakingExperiment[]> {
  const all = cluster.all(ClusterKind.EXPERIMENT).flatMap((object) => {
    const { defaultCandidate, kind } = readExperiment(object.manifest);
    if (defaultCandidate === undefined) return [];
    const header = kind === 'Model' ? defaultCandidate : `${defaultCandidate}.pipeline`;
    return [{ object, what: `${kind} ${show(defaultCandidate)}`, key: `${object.namespace}/${header}` }];
  });
  const sorted = all.sort((a, b) => (a.object.created ?? 0) - (b.object.created ?? 0));
  return groupBy(sorted, ({ key }) => key);
}

function problemsOf([first, ...others]: readonly TakingExperiment[]): Problem[] {
  return others.filter(({ object }) => object.name !== first.object.name).map(({ object, what }) => ({
    object,
    field: ['spec', 'default'],
    problem: `${what} is also the default of ${first.object}, and Seldon rejects the Experiment that is created later`,
    remedy: 'set default in only one Experiment of the namespace',
    related: [{ object: first.object, field: ['spec', 'default'] }],
  }));
}
