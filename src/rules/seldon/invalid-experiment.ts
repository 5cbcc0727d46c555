import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { experimentFaults } from '../../objects/core2/experiment-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** An Experiment that Seldon's scheduler rejects. */
export const invalidExperiment: Rule = {
  id: 'invalid-experiment',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'An Experiment that Seldon rejects',
  page: {
    explanation: `
An Experiment needs a candidate or a mirror. Each Model or Pipeline appears once among both, and the default must be one of the candidates.
Seldon's scheduler rejects the Experiment otherwise, in a status condition after the apply.

A \`resourceType\` other than \`model\` and \`pipeline\` is read as \`model\`, which is a warning.`,
    wrong: core2Example('Experiment', 'iris', `  default: iris-v1
  candidates:
    - { name: iris-v2, weight: 50 }
    - { name: iris-v3, weight: 50 }
  mirror: { name: iris-v3, percent: 100 }`),
    right: core2Example('Experiment', 'iris', `  default: iris-v2
  candidates:
    - { name: iris-v2, weight: 50 }
    - { name: iris-v3, weight: 50 }
  mirror: { name: iris-v4, percent: 100 }`),
  },
  check: eachObject([ClusterKind.EXPERIMENT, experimentFaults]),
};
