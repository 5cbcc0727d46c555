import { eachObject } from './each-object';
import { deploymentExample, predictorExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { trafficFaults } from '../../objects/core1/traffic-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** Percentages of predictors that do not add up to 100. */
export const invalidPredictorTraffic: Rule = {
  id: 'invalid-predictor-traffic',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'Traffic of predictors does not add up to 100',
  page: {
    explanation: `
The webhook of Seldon's operator accepts several predictors only if the \`traffic\` of those that are not shadows adds up to 100. A missing
value counts as 0. A single predictor gets all requests, and needs no \`traffic\`.

The webhook accepts negative percentages whose sum is 100, and Istio then rejects the route. It also accepts a shadow with \`traffic: 0\`, to
which Istio mirrors all requests. That is a warning.`,
    wrong: deploymentExample(`  predictors:\n${predictorExample('main', '      traffic: 90')}\n${predictorExample('canary', '      traffic: 5')}`),
    right: deploymentExample(`  predictors:\n${predictorExample('main', '      traffic: 95')}\n${predictorExample('canary', '      traffic: 5')}`),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, trafficFaults]),
};
