import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { pipelineSettingFaults } from '../../objects/core2/pipeline-setting-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A join type or a number of a Pipeline that Seldon cannot read. */
export const invalidPipelineSetting: Rule = {
  id: 'invalid-pipeline-setting',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A setting of a Pipeline that Seldon cannot read',
  page: {
    explanation: `
The join types are \`inner\`, \`outer\` and \`any\`. Seldon's operator reads any other text as \`inner\`, so a step waits for all its inputs: where
only one of them gets data, as after a condition, it never runs. That is a warning.

Sizes of batches, windows and numbers of revisits must not be negative. The API server accepts negative numbers, and the operator cannot read
them.`,
    wrong: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess]
      batch: { size: -1 }
  output: { steps: [classifier, preprocess], stepsJoin: ANY }`),
    right: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess]
      batch: { size: 10 }
  output: { steps: [classifier, preprocess], stepsJoin: any }`),
  },
  check: eachObject([ClusterKind.PIPELINE, pipelineSettingFaults]),
};
