import { ANNOTATION } from './annotations';
import { PredictorManifest } from './manifest';
import { unitsOf } from './units';

type Annotations = { readonly [name: string]: string } | undefined;

/** A timeout of an orchestrator that is shorter than that of the route. @internal */
export interface ShortTimeout {
  /** The annotation with its limit. */
  readonly annotation: string;
  /** Its longest time for all nodes of the graph, in milliseconds. */
  readonly longest: number;
}

/**
 * Finds timeouts of a predictor's orchestrator with which no request can take as long as its route allows. Each timeout applies to the call to
 * one node, so the limit for a graph is the sum over its nodes.
 *
 * @param predictor The predictor.
 * @param onSpec Annotations of the deployment's spec, which those of the predictor override.
 * @param timeout The route's timeout in milliseconds.
 * @internal
 */
export function findShortTimeouts({ graph, annotations }: PredictorManifest, onSpec: Annotations, timeout: number): ShortTimeout[] {
  const calls = unitsOf(graph).length;
  return [ANNOTATION.restTimeout, ANNOTATION.grpcTimeout].flatMap((annotation) => {
    const limit = Number(annotations?.[annotation] ?? onSpec?.[annotation] ?? NaN);
    const longest = limit * calls;
    return longest < timeout ? [{ annotation, longest }] : [];
  });
}
