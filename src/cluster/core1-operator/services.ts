import { PredictorManifest } from './manifest';
import { containerService, explainerService } from './names';
import { isPrepackaged, unitsOf } from './units';
import { show } from '../../plan/checks/errors';

/**
 * A Service that the operator creates.
 *
 * @internal
 */
export interface OwnedService {
  /** Name. */
  readonly name: string;
  /** The part of the deployment that it belongs to. */
  readonly part: 'predictor' | 'node' | 'explainer';
  /** Name of its predictor. */
  readonly predictor: string;
  /** Its part, as messages name it: `predictor "main"`. */
  readonly of: string;
}

/**
 * The Services that the operator creates for a predictor, its containers and its explainer.
 *
 * @param deployment Name of the deployment.
 * @param service Name of the predictor's own Service.
 * @internal
 */
export function servicesOf(deployment: string, service: string, { name, graph, componentSpecs = [], explainer }: PredictorManifest): OwnedService[] {
  const what = `predictor ${show(name)}`;
  const found: OwnedService[] = [{ name: service, part: 'predictor', predictor: name, of: what }];
  const containers = new Set(componentSpecs.flatMap(({ spec }) => (spec?.containers ?? []).map((container) => container.name)));
  for (const unit of unitsOf(graph)) {
    if (!containers.has(unit.name) && !isPrepackaged(unit)) continue;
    found.push({ name: containerService(deployment, name, unit.name), part: 'node', predictor: name, of: `node ${show(unit.name)} of ${what}` });
  }
  if (explainer !== undefined) found.push({ name: explainerService(deployment, name), part: 'explainer', predictor: name, of: `the explainer of ${what}` });
  return found;
}
