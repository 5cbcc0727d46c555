import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { modelFaults } from '../../objects/core2/model-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A Model that Seldon rejects or cannot load. */
export const invalidModel: Rule = {
  id: 'invalid-model',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A Model that Seldon rejects',
  page: {
    explanation: `
Seldon Core 2 has no webhook. What the API server accepts and Seldon's operator or scheduler rejects shows only in a status condition:
\`explainer\` together with \`llm\`, memory such as \`1.5Gi\` that is no whole number of its unit, a requirement with a comma, which no Server can
report as its capability.`,
    wrong: core2Example('Model', 'iris', `  storageUri: gs://models/iris
  requirements: ["sklearn,mlserver"]
  memory: 1.5Gi`),
    right: core2Example('Model', 'iris', `  storageUri: gs://models/iris
  requirements: [sklearn, mlserver]
  memory: 1536Mi`),
  },
  check: eachObject([ClusterKind.MODEL, modelFaults]),
};
