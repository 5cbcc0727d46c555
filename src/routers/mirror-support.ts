import { BackendTarget } from '../plan/backend';
import { ResolvedEndpoint } from '../plan/resolve';

/**
 * A mirror that Istio does not support: it cannot set the header that selects the backend.
 *
 * @internal
 */
export function unsupportedMirror({ mirrors }: ResolvedEndpoint): BackendTarget | undefined {
  return mirrors.find(({ target }) => Object.keys(target.requestHeaders ?? {}).length > 0)?.target;
}

/**
 * The remedy for a mirror that Istio does not support. It names another router only if that router supports the rest of the endpoint.
 *
 * @internal
 */
export function remedyForMirror(endpoint: ResolvedEndpoint, copied: BackendTarget): string {
  if (copied.seldon?.experiment !== undefined) return 'An Experiment cannot be the mirror of another one. Mirror to one of its Models or Pipelines';
  if (copied.seldon?.core2 === undefined) return 'No other router can mirror to it. Leave it out';
  const answering = [...endpoint.shared, ...endpoint.matched].map(({ target }) => target);
  const experiment = answering.find(({ seldon }) => seldon?.experiment !== undefined);
  if (experiment !== undefined) return `${experiment.description} cannot be an arm of another Experiment. Give it its own mirror`;
  const foreign = answering.find(({ seldon }) => seldon?.core2 === undefined);
  if (foreign !== undefined) {
    return `Seldon mirrors only requests of its own Models and Pipelines, unlike ${foreign.description}. Leave one of them out`;
  }
  const odd = answering.find(({ seldon, namespace }) => seldon!.core2!.type !== copied.seldon!.core2!.type || namespace !== copied.namespace);
  if (odd !== undefined) return `Seldon mirrors only between Models, or between Pipelines, of one namespace, unlike ${odd.description}. Leave one of them out`;
  const lacking = lackingInExperiments(endpoint);
  return lacking === undefined ? 'Use ExperimentRouter, with which Seldon mirrors'
    : `ExperimentRouter, with which Seldon mirrors, supports no ${lacking}. Leave these or the mirrors out`;
}

/**
 * The remedy for an endpoint that an Experiment does not support.
 *
 * @internal
 */
export function remedyForExperiments(endpoint: ResolvedEndpoint): string {
  const copied = unsupportedMirror(endpoint);
  return copied === undefined ? 'Use IstioRouter' : `Leave that out, or the mirrors. IstioRouter cannot mirror to ${copied.description}`;
}

function lackingInExperiments({ plan, matched, shared }: ResolvedEndpoint): string | undefined {
  if (plan.sticky) return 'sticky sessions';
  if (matched.length > 0) return 'matches';
  return shared.some(({ arm }) => arm.requestHeaders !== undefined || arm.responseHeaders !== undefined) ? 'header changes' : undefined;
}
