import { eachObject } from './each-object';
import { deploymentExample, predictorExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { unimplementedNodeFaults } from '../../objects/core1/explainer-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A graph node that the orchestrator accepts and does not implement. */
export const unimplementedNode: Rule = {
  id: 'unimplemented-node',
  level: Level.WARNING,
  title: 'A graph node that the orchestrator does not implement',
  page: {
    explanation: `
The implementations \`SIMPLE_MODEL\` and \`AVERAGE_COMBINER\` are from the first orchestrator, in Java. The one in Go, which has replaced it,
accepts and does not implement them: the first returns each request as its response, the second the response of the first child.`,
    wrong: deploymentExample(`  predictors:
    - name: main
      graph: { name: echo, implementation: SIMPLE_MODEL }`),
    right: deploymentExample(`  predictors:\n${predictorExample('main')}`),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, unimplementedNodeFaults]),
};
