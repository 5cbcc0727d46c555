import { eachObject } from './each-object';
import { deploymentExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { nodeFaults } from '../../objects/core1/node-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A graph node that no container and no server implements. */
export const nodeWithoutServer: Rule = {
  id: 'node-without-server',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A graph node without a container or server',
  page: {
    explanation: `
Each node of a graph runs in a container of its name, or on a prepackaged server, which needs a \`modelUri\`. The webhook of Seldon's operator
rejects other nodes. It accepts a server that has no image for the protocol of the SeldonDeployment, and the operator then fails.

The operator's settings may contain other servers than those of Seldon's chart, so an unknown one is a warning, and an error if its name is
nearly that of one of them.`,
    wrong: deploymentExample(`  predictors:
    - name: main
      graph: { name: classifier, type: MODEL }
      componentSpecs:
        - spec: { containers: [{ name: clasifier, image: "registry.example.com/iris:1" }] }`),
    right: deploymentExample(`  predictors:
    - name: main
      graph: { name: classifier, type: MODEL }
      componentSpecs:
        - spec: { containers: [{ name: classifier, image: "registry.example.com/iris:1" }] }`),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, nodeFaults]),
};
