import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { ignoredFieldFaults } from '../../objects/core2/ignored-field-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A field that Seldon's operator accepts and does not read. */
export const ignoredSeldonField: Rule = {
  id: 'ignored-seldon-field',
  level: Level.WARNING,
  title: 'A field that Seldon does not read',
  page: {
    explanation: `
Some fields are in the CRDs of Seldon Core 2 and have no effect: \`preloaded\`, \`dedicated\`, \`schemaUri\` and the percentage of \`logger\` of a
Model, \`imageOverrides\` of a Server, and \`rolling\` of the batch of a step. These are information. \`extraCapabilities\` of a Server that
has \`capabilities\` are ignored as well, which is a warning, since Models may rely on them.`,
    wrong: core2Example('Server', 'mlserver-gpu', `  serverConfig: mlserver
  capabilities: [mlserver, sklearn]
  extraCapabilities: [gpu]`),
    right: core2Example('Server', 'mlserver-gpu', `  serverConfig: mlserver
  capabilities: [mlserver, sklearn, gpu]`),
  },
  check: eachObject([ClusterKind.MODEL, ignoredFieldFaults], [ClusterKind.PIPELINE, ignoredFieldFaults], [ClusterKind.SERVER, ignoredFieldFaults]),
};
