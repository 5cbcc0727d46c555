import { readDeployment, WrittenPredictor } from './deployment';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { JsonObject } from '../json';

/**
 * Finds percentages of predictors that the webhook of Seldon's operator or Istio rejects, or that mean something else.
 *
 * @internal
 */
export function* trafficFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors } = readDeployment(manifest);
  for (const predictor of predictors) yield* ownFaults(predictor);
  const live = predictors.filter(({ isShadow }) => !isShadow);
  const sum = live.reduce((total, { traffic = 0 }) => total + traffic, 0);
  const field = ['spec', 'predictors'];
  if (live.length > 1 && sum !== 100) {
    const problem = live.every(({ traffic }) => traffic === undefined) ? `none of the predictors ${list(live)} has traffic`
      : `the traffic of predictors ${list(live)} adds up to ${sum}`;
    yield { field, problem: `${problem}, and the webhook of Seldon's operator accepts several predictors only if it is 100 in all`, remedy: 'change it, or set 0 for those that get no requests' };
  }
  const [only] = live;
  if (live.length !== 1 || !(sum > 0) || sum === 100) return;
  const problem = `predictor ${show(only.name)} has traffic ${sum}`;
  if (predictors.length === 1 && sum < 100) {
    yield { field: [...only.field, 'traffic'], problem: `${problem}, and the webhook of Seldon's operator accepts only 100 for a single one`, remedy: 'set 100, or remove it' };
  } else {
    yield { field: [...only.field, 'traffic'], problem: `${problem}, but is the only one that answers, and gets all requests`, remedy: 'set 100, or remove it', level: 'warning' };
  }
}

function* ownFaults({ name, field, traffic, isShadow }: WrittenPredictor): Iterable<Fault> {
  if (traffic === undefined) return;
  const place = [...field, 'traffic'];
  if (isShadow && (traffic < 0 || traffic > 100)) {
    yield { field: place, problem: `shadow ${show(name)} has traffic ${traffic}, which the webhook of Seldon's operator rejects`, remedy: 'use 0 to 100' };
  } else if (isShadow && traffic === 0) {
    yield {
      field: place,
      problem: `shadow ${show(name)} has traffic 0, and Istio mirrors all requests to it`,
      remedy: 'set 1 to 100, or remove the shadow',
      level: 'warning',
    };
  } else if (traffic < 0) {
    yield { field: place, problem: `predictor ${show(name)} has traffic ${traffic}, and Istio rejects a route with a negative weight`, remedy: 'use 0 to 100' };
  }
}

function list(predictors: readonly WrittenPredictor[]): string {
  return predictors.map(({ name }) => show(name)).join(', ');
}
