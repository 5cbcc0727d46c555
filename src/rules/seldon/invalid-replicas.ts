import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { replicaFaults } from '../../objects/core2/replica-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** Numbers of replicas of a Model or a Server that contradict each other. */
export const invalidReplicas: Rule = {
  id: 'invalid-replicas',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'Numbers of replicas that contradict each other',
  page: {
    explanation: `
Seldon rejects a Model or a Server whose \`replicas\` are not between \`minReplicas\` and \`maxReplicas\`, in a status condition. It reads a
maximum of 0 as no limit. A Server with only one of the two bounds is never scaled, which is a warning.`,
    wrong: core2Example('Model', 'iris', `  storageUri: gs://models/iris
  requirements: [sklearn]
  replicas: 1
  minReplicas: 2
  maxReplicas: 4`),
    right: core2Example('Model', 'iris', `  storageUri: gs://models/iris
  requirements: [sklearn]
  replicas: 2
  minReplicas: 2
  maxReplicas: 4`),
  },
  check: eachObject([ClusterKind.MODEL, replicaFaults], [ClusterKind.SERVER, replicaFaults]),
};
