import { eachObject } from './each-object';
import { deploymentExample, predictorExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { predictorFaults } from '../../objects/core1/predictor-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** Predictors that the webhook of Seldon's operator does not accept together. */
export const invalidPredictors: Rule = {
  id: 'invalid-predictors',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'Predictors that Seldon does not accept together',
  page: {
    explanation: `
The webhook of Seldon's operator rejects a SeldonDeployment without predictors, with two predictors of the same name or the same Service, with
several shadows, or with nothing but a shadow.`,
    wrong: deploymentExample(`  predictors:\n${[
      predictorExample('main'), predictorExample('first', '      shadow: true'), predictorExample('second', '      shadow: true'),
    ].join('\n')}`),
    right: deploymentExample(`  predictors:\n${[predictorExample('main'), predictorExample('first', '      shadow: true')].join('\n')}`),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, predictorFaults]),
};
