import { isOnServer, readDeployment, WrittenPredictor } from './deployment';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { FieldPath, isObject, JsonObject, numberOf, objectOf } from '../json';

/** The operator selects pods by its own value. */
const OWNED_LABEL = 'seldon-deployment-id';

const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const MAX_LABEL = 63;

/**
 * Finds pods, autoscalers and budgets of predictors that Kubernetes rejects when the operator creates them, or that have another effect.
 *
 * @internal
 */
export function* componentFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors } = readDeployment(manifest);
  const budgets: FieldPath[] = [];
  for (const predictor of predictors) {
    yield* labelFaults(objectOf(predictor.json.labels), [...predictor.field, 'labels'], `predictor ${show(predictor.name)}`);
    yield* imageFaults(predictor);
    for (const [i, { field, json }] of predictor.components.entries()) {
      const where = `componentSpecs[${i}] of predictor ${show(predictor.name)}`;
      const labels = objectOf(objectOf(json.metadata).labels);
      yield* labelFaults(labels, [...field, 'metadata', 'labels'], where);
      yield* scalerFaults(json, field, where);
      if (!isObject(json.pdbSpec)) continue;
      budgets.push([...field, 'pdbSpec']);
      const { minAvailable, maxUnavailable } = json.pdbSpec;
      if (isGiven(minAvailable) && isGiven(maxUnavailable)) {
        yield { field: [...field, 'pdbSpec'], problem: `pdbSpec of ${where} has both minAvailable and maxUnavailable`, remedy: 'Kubernetes accepts one of them. Remove the other one' };
      }
    }
  }
  if (budgets.length > 1) {
    yield {
      field: budgets[1],
      problem: `${budgets.length} componentSpecs have a pdbSpec, and each budget counts all pods of the SeldonDeployment`,
      remedy: 'Kubernetes does not evict a pod that two budgets count. Keep one of them',
      level: 'warning',
    };
  }
}

function* labelFaults(labels: JsonObject, field: FieldPath, where: string): Iterable<Fault> {
  for (const [label, value] of Object.entries(labels)) {
    if (label === OWNED_LABEL) {
      yield { field: [...field, label], problem: `${where} sets the label ${OWNED_LABEL}, which the operator sets and selects its pods by`, remedy: 'remove it', level: 'warning' };
    } else if (typeof value === 'string' && value !== '' && (value.length > MAX_LABEL || !LABEL_VALUE.test(value))) {
      yield {
        field: [...field, label],
        problem: `${where} has the value ${show(value)} for the label ${label}, so Kubernetes rejects the pods`,
        remedy: `expected at most ${MAX_LABEL} letters, digits, "-", "_" and ".", starting and ending with a letter or digit`,
      };
    }
  }
}

/** Seldon has images only for the nodes on its servers. */
function* imageFaults({ name: predictor, nodes, containers }: WrittenPredictor): Iterable<Fault> {
  const served = new Set(nodes.filter(isOnServer).map(({ name }) => name));
  for (const { name, image, field } of containers) {
    if (image !== undefined || served.has(name)) continue;
    yield {
      field,
      problem: `container ${show(name)} of predictor ${show(predictor)} has no image, so Kubernetes rejects the pods`,
      remedy: 'set an image, or run the node of that name on a prepackaged server',
    };
  }
}

function* scalerFaults(json: JsonObject, field: FieldPath, where: string): Iterable<Fault> {
  const given = ['kedaSpec', 'hpaSpec', 'replicas'].filter((name) => isGiven(json[name]));
  if (given.length > 1) {
    yield {
      field: [...field, given[1]],
      problem: `${where} has ${given.join(' and ')}, of which the operator reads only ${given[0]}`,
      remedy: `remove the ${given.length === 2 ? 'other one' : 'others'}`,
      level: 'warning',
    };
  }
  for (const [spec, least, most] of [['hpaSpec', 'minReplicas', 'maxReplicas'], ['kedaSpec', 'minReplicaCount', 'maxReplicaCount']] as const) {
    const scaler = objectOf(json[spec]);
    const [min, max] = [numberOf(scaler[least]), numberOf(scaler[most])];
    if (min === undefined || max === undefined || min <= max) continue;
    yield { field: [...field, spec, least], problem: `${spec} of ${where} has ${least} ${min} and ${most} ${max}`, remedy: `${least} must not exceed ${most}` };
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
