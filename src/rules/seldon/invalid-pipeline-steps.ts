import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { pipelineStepFaults } from '../../objects/core2/pipeline-step-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A Pipeline without steps, or with steps that Seldon cannot distinguish. */
export const invalidPipelineSteps: Rule = {
  id: 'invalid-pipeline-steps',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A Pipeline whose steps Seldon rejects',
  page: {
    explanation: `
A Pipeline needs at least one step. Each step is a Model and appears once. No step may have the name of the Pipeline, since references to
data name both of them in the same way. Seldon's scheduler rejects the Pipeline in a status condition, after the apply.`,
    wrong: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: income
      inputs: [preprocess]
  output: { steps: [income] }`),
    right: core2Example('Pipeline', 'income-pipeline', `  steps:
    - name: preprocess
    - name: income
      inputs: [preprocess]
  output: { steps: [income] }`),
  },
  check: eachObject([ClusterKind.PIPELINE, pipelineStepFaults]),
};
