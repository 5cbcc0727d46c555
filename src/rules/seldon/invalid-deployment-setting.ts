import { eachObject } from './each-object';
import { deploymentExample, predictorExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { settingFaults } from '../../objects/core1/setting-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A setting of a SeldonDeployment that the webhook of Seldon's operator rejects. */
export const invalidDeploymentSetting: Rule = {
  id: 'invalid-deployment-setting',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A setting of a SeldonDeployment that Seldon rejects',
  page: {
    explanation: `
The CRD accepts any string as \`protocol\`, \`transport\`, \`serverType\` and the type of an endpoint, and the webhook of Seldon's operator
accepts only those that it knows. A Kafka server needs three variables in \`svcOrchSpec\`, a logger needs a mode, and all nodes must be called
in the same way.`,
    wrong: deploymentExample(`  protocol: V2\n  predictors:\n${predictorExample('main')}`),
    right: deploymentExample(`  protocol: v2\n  predictors:\n${predictorExample('main')}`),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, settingFaults]),
};
