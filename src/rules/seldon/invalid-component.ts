import { eachObject } from './each-object';
import { deploymentExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { componentFaults } from '../../objects/core1/component-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A component of a predictor whose objects Kubernetes rejects. */
export const invalidComponent: Rule = {
  id: 'invalid-component',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A component that Kubernetes rejects',
  page: {
    explanation: `
Seldon's webhook does not look at the pods, autoscalers and budgets of a predictor. Kubernetes rejects them when the operator creates them: a
container without an image whose node does not run on a prepackaged server, an invalid label, a budget with both limits, an autoscaler whose
minimum exceeds its maximum.

Several budgets, several ways to set the replicas, and a label that the operator sets itself are accepted and have another effect. These are
warnings.`,
    wrong: deploymentExample(`  predictors:
    - name: main
      graph: { name: classifier, type: MODEL }
      componentSpecs:
        - spec: { containers: [{ name: classifier }] }
          pdbSpec: { minAvailable: 1, maxUnavailable: 1 }`),
    right: deploymentExample(`  predictors:
    - name: main
      graph: { name: classifier, type: MODEL }
      componentSpecs:
        - spec: { containers: [{ name: classifier, image: "registry.example.com/iris:1" }] }
          pdbSpec: { maxUnavailable: 1 }`),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, componentFaults]),
};
