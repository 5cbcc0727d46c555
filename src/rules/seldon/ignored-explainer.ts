import { eachObject } from './each-object';
import { deploymentExample, predictorExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { explainerFaults } from '../../objects/core1/explainer-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** An explainer of a SeldonDeployment that does not start. */
export const ignoredExplainer: Rule = {
  id: 'ignored-explainer',
  level: Level.WARNING,
  title: 'An explainer that does not start',
  page: {
    explanation: `
Seldon's operator silently ignores an explainer without a type, and the CRD accepts any string as its type. Requests to such an explainer get
404, or reach pods that never become ready.`,
    wrong: deploymentExample(`  predictors:\n${predictorExample('main', '      explainer: { modelUri: gs://models/explainer }')}`),
    right: deploymentExample(`  predictors:\n${predictorExample('main', '      explainer: { type: AnchorTabular, modelUri: gs://models/explainer }')}`),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, explainerFaults]),
};
