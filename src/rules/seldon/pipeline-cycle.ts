import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { pipelineCycleFaults } from '../../objects/core2/pipeline-cycle-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** Steps of a Pipeline that wait for each other. */
export const pipelineCycle: Rule = {
  id: 'pipeline-cycle',
  level: Level.ERROR,
  title: 'Steps of a Pipeline wait for each other',
  page: {
    explanation: `
Inputs and triggers of steps must not form a cycle, and a step must not read its own data. Seldon's scheduler rejects such a Pipeline unless
it has \`allowCycles\`. With it, a request may return to a step \`maxStepRevisits\` times, which is 0 by default, so that the first return fails.
A cycle through the output of the Pipeline passes the scheduler, and is a warning.`,
    wrong: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
      inputs: [classifier]
    - name: classifier
      inputs: [preprocess]
  output: { steps: [classifier] }`),
    right: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess]
  output: { steps: [classifier] }`),
  },
  check: eachObject([ClusterKind.PIPELINE, pipelineCycleFaults]),
};
