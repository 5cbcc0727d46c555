import { readDeployment } from './deployment';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';
import { Fault } from '../fault';
import { isObject, JsonObject, objectOf, stringOf } from '../json';

const TYPES = [
  'AnchorTabular', 'AnchorImages', 'AnchorText', 'Counterfactuals', 'Contrastive', 'KernelShap', 'IntegratedGradients', 'ALE', 'TreeShap',
];

/** Fields that only an intended explainer has. */
const MEANT = ['modelUri', 'config', 'initParameters', 'envSecretRefName', 'serviceAccountName'];

const INSTEAD: { readonly [implementation: string]: { readonly effect: string; readonly remedy: string } } = {
  SIMPLE_MODEL: { effect: 'returns each request as its own response', remedy: 'use a container or a prepackaged server' },
  AVERAGE_COMBINER: { effect: 'responds with the response of the first child', remedy: 'use a container that computes the mean' },
};

/**
 * Finds explainers that the operator does not start.
 *
 * @internal
 */
export function* explainerFaults(manifest: JsonObject): Iterable<Fault> {
  for (const { name, field, json } of readDeployment(manifest).predictors) {
    if (!isObject(json.explainer)) continue;
    const type = stringOf(json.explainer.type);
    // Older releases of the operator store an explainer with an empty container where there is none.
    if (type === undefined && !MEANT.some((part) => isGiven(objectOf(json.explainer)[part]))) continue;
    if (type === undefined) {
      yield { field: [...field, 'explainer'], problem: `the explainer of predictor ${show(name)} has no type, so the operator ignores it`, remedy: 'set the type, or remove the explainer' };
    } else if (!TYPES.includes(type)) {
      const near = nearest(type, TYPES);
      yield {
        field: [...field, 'explainer', 'type'],
        problem: `the explainer of predictor ${show(name)} has the type ${show(type)}, which Seldon does not have`,
        remedy: near === undefined ? `expected one of ${TYPES.join(', ')}` : `did you mean ${show(near)}?`,
      };
    }
  }
}

/**
 * Finds nodes that the orchestrator accepts and does not implement.
 *
 * @internal
 */
export function* unimplementedNodeFaults(manifest: JsonObject): Iterable<Fault> {
  for (const { name: predictor, nodes } of readDeployment(manifest).predictors) {
    for (const { name, field, implementation } of nodes) {
      if (implementation === undefined || !Object.hasOwn(INSTEAD, implementation)) continue;
      const { effect, remedy } = INSTEAD[implementation];
      yield { field: [...field, 'implementation'], problem: `node ${show(name)} of predictor ${show(predictor)} is ${implementation}, which the orchestrator does not implement, so it ${effect}`, remedy };
    }
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
