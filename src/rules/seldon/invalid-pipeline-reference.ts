import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { pipelineReferenceFaults } from '../../objects/core2/pipeline-reference-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A reference to data of a Pipeline that Seldon's scheduler cannot read. */
export const invalidPipelineReference: Rule = {
  id: 'invalid-pipeline-reference',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A reference to data that Seldon cannot read',
  page: {
    explanation: `
A step reads data of its own Pipeline: \`step\`, \`step.outputs\`, \`step.inputs\`, or one tensor of these, such as \`step.outputs.OUTPUT0\`.
The name of the Pipeline stands for its input. The \`input\` of a Pipeline reads other Pipelines: \`pipeline.outputs\` or
\`pipeline.step.name.outputs\`, each with a tensor as well. Seldon's scheduler rejects a Pipeline with any other form, in a status condition.`,
    wrong: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess.output.OUTPUT0]
  output: { steps: [classifier] }`),
    right: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess.outputs.OUTPUT0]
  output: { steps: [classifier] }`),
  },
  check: eachObject([ClusterKind.PIPELINE, pipelineReferenceFaults]),
};
