import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { experimentWeightFaults } from '../../objects/core2/experiment-weight-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** Weights of an Experiment that cannot be applied. */
export const invalidExperimentWeights: Rule = {
  id: 'invalid-experiment-weights',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'Weights of an Experiment that cannot be applied',
  page: {
    explanation: `
The weights of candidates are relative: each gets its weight divided by the sum of all. Seldon checks none of them. Its Envoy rejects a route
whose weights add up to 0, and the operator cannot read negative numbers. A mirror of more than 100 percent is a warning.`,
    wrong: core2Example('Experiment', 'iris', `  candidates:
    - { name: iris-v1, weight: 0 }
    - { name: iris-v2, weight: 0 }`),
    right: core2Example('Experiment', 'iris', `  candidates:
    - { name: iris-v1, weight: 90 }
    - { name: iris-v2, weight: 10 }`),
  },
  check: eachObject([ClusterKind.EXPERIMENT, experimentWeightFaults]),
};
