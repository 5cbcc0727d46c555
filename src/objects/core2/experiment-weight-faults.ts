import { readExperiment } from './experiment';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { JsonObject } from '../json';

const MAX_UINT32 = 4294967295;

/**
 * Finds weights of an Experiment, and a percentage of its mirror, that Seldon or its Envoy cannot apply.
 *
 * @internal
 */
export function* experimentWeightFaults(manifest: JsonObject): Iterable<Fault> {
  const { candidates, mirror } = readExperiment(manifest);
  const weights = candidates.map(({ json }) => (typeof json.weight === 'number' ? json.weight : 0));
  for (const [i, { name, field }] of candidates.entries()) {
    if (weights[i] >= 0) continue;
    yield { field: [...field, 'weight'], problem: `the weight of ${show(name)} is ${weights[i]}, and Seldon's operator cannot read negative numbers`, remedy: 'use 0 or more' };
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (candidates.length > 0 && weights.every((weight) => weight === 0)) {
    yield {
      field: ['spec', 'candidates'],
      problem: `${candidates.length === 1 ? `the weight of the only candidate, ${show(candidates[0].name)}, is 0` : 'the weights of all candidates are 0'}, so Seldon's Envoy rejects the route`,
      remedy: 'give a candidate a weight above 0',
    };
  } else if (sum > MAX_UINT32) {
    yield { field: ['spec', 'candidates'], problem: `the weights of the candidates add up to ${sum}, and Envoy accepts at most ${MAX_UINT32}`, remedy: 'use smaller weights' };
  }
  const percent = mirror?.json.percent;
  if (mirror === undefined || typeof percent !== 'number' || (percent >= 0 && percent <= 100)) return;
  const field = [...mirror.field, 'percent'];
  if (percent < 0) {
    yield { field, problem: `the percent of the mirror is ${percent}, and Seldon's operator cannot read negative numbers`, remedy: 'use 0 to 100' };
  } else {
    yield { field, problem: `the percent of the mirror is ${percent}, which is more than all requests`, remedy: 'use 0 to 100', level: 'warning' };
  }
}
