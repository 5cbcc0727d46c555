import { IConstruct } from 'constructs';
import { BackendTarget, ResourceType } from './backend';
import { invalid } from './checks/errors';
import { ROUTE_HEADER } from './core2-service';

const REMEDY = 'Route to an Experiment of two Models or more, or leave it out';

/**
 * The only backend of an endpoint with sessions that are sticky to a Model. It receives the header that other routes remove.
 *
 * @internal
 */
export function keepSeldonRoute(at: IConstruct, targets: readonly BackendTarget[]): BackendTarget {
  const [target] = targets;
  if (targets.length > 1) {
    throw invalid(at, `seldonSticky with ${targets.length} arms`,
      `sessions that are sticky to a Model of one arm get 404 from the others. ${REMEDY}`);
  }
  const reason = whyNot(target);
  if (reason !== undefined) throw invalid(at, `seldonSticky with ${target.description}`, reason);
  return { ...target, removeRequestHeaders: target.removeRequestHeaders?.filter((name) => name !== ROUTE_HEADER) };
}

function whyNot({ seldon }: BackendTarget): string | undefined {
  const { core2, experiment } = seldon ?? {};
  if (core2?.type === ResourceType.PIPELINE) return `sessions can be sticky to Models, but not to Pipelines. ${REMEDY}`;
  if (core2 !== undefined) return `a Model answers ${ROUTE_HEADER} with 404. ${REMEDY}`;
  if (experiment === undefined) return `only Experiments of Seldon Core 2 know ${ROUTE_HEADER}. ${REMEDY}`;
  const { resourceType, candidates } = experiment;
  if (resourceType === ResourceType.PIPELINE) return `sessions can be sticky to Models, but this Experiment shares between Pipelines. ${REMEDY}`;
  if (resourceType === undefined || candidates === undefined) return 'its candidates are not known. Set resourceType and candidates of the reference';
  return candidates < 2 ? `an Experiment with fewer than two candidates answers ${ROUTE_HEADER} with 404. ${REMEDY}` : undefined;
}
