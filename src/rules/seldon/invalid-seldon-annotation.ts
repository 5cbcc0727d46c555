import { eachObject } from './each-object';
import { deploymentExample, predictorExample } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { annotationFaults } from '../../objects/core1/annotation-faults';
import { Level } from '../level';
import { Rule } from '../rule';

/** An annotation of a SeldonDeployment that Seldon cannot read, or does not read. */
export const invalidSeldonAnnotation: Rule = {
  id: 'invalid-seldon-annotation',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'An annotation that Seldon cannot read',
  page: {
    explanation: `
Where Seldon's operator writes the routes, it fails at retries or a timeout that are no whole numbers, and the SeldonDeployment does not become
available. The timeout is in seconds, without a unit.

Misspelled annotations, values of the wrong form, and annotations in a place where the operator does not read them are silently ignored. These
are warnings. Annotations of old releases are information.`,
    wrong: deploymentExample(`  predictors:\n${predictorExample('main')}`, '{ seldon.io/istio-retries: "3", seldon.io/istio-retries-timeout: 5s }'),
    right: deploymentExample(`  predictors:\n${predictorExample('main')}`, '{ seldon.io/istio-retries: "3", seldon.io/istio-retries-timeout: "5" }'),
  },
  check: eachObject([ClusterKind.SELDON_DEPLOYMENT, annotationFaults]),
};
