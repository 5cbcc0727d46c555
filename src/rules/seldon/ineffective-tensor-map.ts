import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { tensorMapFaults } from '../../objects/core2/tensor-map-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** An entry of a tensor map that Seldon silently ignores, or that loses a tensor. */
export const ineffectiveTensorMap: Rule = {
  id: 'ineffective-tensor-map',
  level: Level.WARNING,
  title: 'A tensor map without effect',
  page: {
    explanation: `
A tensor map renames tensors that a step reads. Each key is a tensor of its inputs, such as \`preprocess.outputs.OUTPUT0\`. Seldon silently
ignores a key that the step does not read, and the model then gets a tensor with an unexpected name. If two tensors get the same name, one of
them is lost.`,
    wrong: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess.outputs.OUTPUT0]
      tensorMap: { preprocess.outputs.OUTPUT1: INPUT }
  output: { steps: [classifier] }`),
    right: core2Example('Pipeline', 'income', `  steps:
    - name: preprocess
    - name: classifier
      inputs: [preprocess.outputs.OUTPUT0]
      tensorMap: { preprocess.outputs.OUTPUT0: INPUT }
  output: { steps: [classifier] }`),
  },
  check: eachObject([ClusterKind.PIPELINE, tensorMapFaults]),
};
