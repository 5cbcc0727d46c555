import { PredictorManifest } from './manifest';
import { containerService, explainerService } from './names';
import { isPrepackaged, unitsOf } from './units';
import { show } from '../../plan/checks/errors';

/**
 * A Service that the operator makes.
 *
 * @internal
 */
export interface OwnedService {
  /** Name. */
  readonly name: string;
  /** Whose it is. */
  readonly part: 'predictor' | 'node' | 'explainer';
  /** Name of the predictor that it is, or belongs to. */
  readonly predictor: string;
  /** What messages say it is for: `predictor "main"`. */
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
