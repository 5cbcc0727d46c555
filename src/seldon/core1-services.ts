import { PredictorManifest } from './core1-manifest';
import { containerService, explainerService } from './core1-names';
import { isPrepackaged, unitsOf } from './core1-units';
import { show } from '../plan/errors';

/**
 * A Service that the operator makes.
 *
 * @internal
 */
export interface OwnedService {
  /** Name. */
  readonly name: string;
  /** What it is for: `predictor "main"`. */
  readonly of: string;
}

/**
 * The Services that the operator makes for a predictor: its own, and those of its containers and its explainer.
 *
 * @param deployment Name of the deployment.
 * @param service Name of the predictor's own Service.
 * @internal
 */
export function servicesOf(deployment: string, service: string, { name, graph, componentSpecs = [], explainer }: PredictorManifest): OwnedService[] {
  const predictor = `predictor ${show(name)}`;
  const found = [{ name: service, of: predictor }];
  const containers = new Set(componentSpecs.flatMap(({ spec }) => (spec?.containers ?? []).map((container) => container.name)));
  for (const unit of unitsOf(graph)) {
    if (!containers.has(unit.name) && !isPrepackaged(unit)) continue;
    found.push({ name: containerService(deployment, name, unit.name), of: `node ${show(unit.name)} of ${predictor}` });
  }
  if (explainer !== undefined) found.push({ name: explainerService(deployment, name), of: `the explainer of ${predictor}` });
  return found;
}
