import { eachObject } from './each-object';
import { deploymentExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { orchestratorFaults } from '../../objects/core1/node-faults';
import { Level } from '../level';
import { Rule } from '../rule';

const COMPONENTS = `      componentSpecs:
        - spec: { containers: [{ name: CACHE, image: "registry.example.com/cache:1" }] }
        - spec: { containers: [{ name: MODEL, image: "registry.example.com/iris:1" }] }`;

/** A predictor whose orchestrator runs nowhere. */
export const orchestratorWithoutPod: Rule = {
  id: 'orchestrator-without-pod',
  level: Level.ERROR,
  title: 'An orchestrator that runs nowhere',
  page: {
    explanation: `
The orchestrator of a predictor runs in the pods of its first component, which must contain a node of the graph, or in separate pods with the
annotation \`seldon.io/engine-separate-pod\` of the spec. Seldon's operator fails otherwise. Without an orchestrator, which is what
\`seldon.io/no-engine\` means, a graph can only have a single node.`,
    wrong: deploymentExample(`  predictors:
    - name: main
      graph: { name: classifier, type: MODEL }
${COMPONENTS.replace('CACHE', 'cache').replace('MODEL', 'classifier')}`),
    right: deploymentExample(`  annotations: { seldon.io/engine-separate-pod: "true" }
  predictors:
    - name: main
      graph: { name: classifier, type: MODEL }
${COMPONENTS.replace('CACHE', 'cache').replace('MODEL', 'classifier')}`),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, orchestratorFaults]),
};
