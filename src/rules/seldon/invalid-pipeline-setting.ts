import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { pipelineSettingFaults } from '../../objects/core2/pipeline-setting-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A number of a Pipeline that Seldon cannot read. */
export const invalidPipelineSetting: Rule = {
  id: 'invalid-pipeline-setting',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A setting of a Pipeline that Seldon cannot read',
  page: {
    explanation: `
Sizes of batches, windows and numbers of revisits must not be negative. The API server accepts negative numbers, and the operator cannot read
them.`,
    wrong: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess]
      batch: { size: -1 }
  output: { steps: [classifier, preprocess] }`),
    right: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess]
      batch: { size: 10 }
  output: { steps: [classifier, preprocess] }`),
  },
  check: eachObject([ClusterKind.PIPELINE, pipelineSettingFaults]),
};
