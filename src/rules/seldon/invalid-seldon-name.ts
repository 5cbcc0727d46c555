import { eachObject } from './each-object';
import { core2Example, deploymentExample, examples, predictorExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { deploymentNameFaults } from '../../objects/core1/deployment-name-faults';
import { core2NameFaults } from '../../objects/core2/core2-name-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** A name that Kubernetes accepts and Seldon rejects after the apply. */
export const invalidSeldonName: Rule = {
  id: 'invalid-seldon-name',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A name that Seldon rejects',
  page: {
    explanation: `
Kubernetes accepts a dot in the name of a Model or a Pipeline, and Seldon's scheduler rejects it later, in a status condition. A step of a
Pipeline and a candidate of an Experiment have the name of a Model, so the same is true of them.

Seldon's operators also derive names of Services, labels and containers from the names of Servers, SeldonDeployments, predictors and graph
nodes. If Kubernetes rejects these, no pod starts.`,
    wrong: examples(core2Example('Model', 'iris.v1', '  storageUri: gs://models/iris\n  requirements: [sklearn]'),
      deploymentExample(`  predictors:\n${predictorExample('Main')}`)),
    right: examples(core2Example('Model', 'iris-v1', '  storageUri: gs://models/iris\n  requirements: [sklearn]'),
      deploymentExample(`  predictors:\n${predictorExample('main')}`)),
  },
  check: eachObject(
    [ClusterKind.MODEL, core2NameFaults],
    [ClusterKind.PIPELINE, core2NameFaults],
    [ClusterKind.EXPERIMENT, core2NameFaults],
    [ClusterKind.SERVER, core2NameFaults],
    [ClusterKind.SELDON_DEPLOYMENT, deploymentNameFaults],
  ),
};
