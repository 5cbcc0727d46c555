import { ANNOTATION } from './annotations';
import { readDeployment } from './deployment';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { JsonObject, objectOf, stringOf } from '../json';

/** The operator derives the names of Services, which have no dots and start with a letter. */
const DEPLOYMENT = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** The operator hashes longer names, and then any name of a SeldonDeployment is valid. */
const MAX_SERVICE = 63;

/** The operator derives the label `seldon-app-svc-<node>` from a name, and the name of a label has a maximum of 63 characters. */
const MAX_NODE = 48;

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const ENGINE = 'seldon-container-engine';
const LABEL = 'expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends';

/**
 * Finds names of SeldonDeployments, predictors, nodes and Services from which the operator derives names that Kubernetes rejects.
 *
 * @internal
 */
export function* deploymentNameFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors } = readDeployment(manifest);
  const name = stringOf(objectOf(manifest.metadata).name);
  if (name !== undefined && !DEPLOYMENT.test(name) && predictors.some((predictor) => `${name}-${predictor.name}`.length <= MAX_SERVICE)) {
    yield {
      field: ['metadata', 'name'],
      problem: `the names of Services start with the name of the SeldonDeployment, ${show(name)}, and Kubernetes rejects them`,
      remedy: 'expected lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
    };
  }
  for (const predictor of predictors) {
    if (predictor.name !== '' && !DNS_LABEL.test(predictor.name)) {
      yield { field: [...predictor.field, 'name'], problem: `Kubernetes rejects the names that the operator derives from predictor ${show(predictor.name)}`, remedy: LABEL };
    }
    const service = stringOf(predictor.annotations[ANNOTATION.serviceName]);
    if (service !== undefined && !DNS_LABEL.test(service)) {
      yield { field: [...predictor.field, 'annotations', ANNOTATION.serviceName], problem: `Kubernetes rejects the name of the Service ${show(service)}`, remedy: LABEL };
    }
    for (const node of predictor.nodes) yield* nodeNameFaults(node.name, [...node.field, 'name']);
  }
}

function* nodeNameFaults(name: string, field: Fault['field']): Iterable<Fault> {
  if (name === '') return;
  if (!DNS_LABEL.test(name)) {
    yield { field, problem: `node ${show(name)} cannot be the name of a container`, remedy: LABEL };
  } else if (name.length > MAX_NODE) {
    yield {
      field,
      problem: `node ${show(name)} has ${name.length} characters in its name, and the operator derives a label from it that is too long for Kubernetes`,
      remedy: `expected at most ${MAX_NODE}`,
    };
  } else if (name === ENGINE) {
    yield { field, problem: `node ${show(name)} has the name of the orchestrator's container`, remedy: 'give the node another name' };
  }
}
