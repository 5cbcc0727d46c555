import { ANNOTATION } from './annotations';
import { PredictorManifest } from './manifest';
import { unitsOf } from './units';

type Annotations = { readonly [name: string]: string } | undefined;

/** An orchestrator that gives up before the route does. @internal */
export interface ShortTimeout {
  /** The annotation with its limit. */
  readonly annotation: string;
  /** Its longest time for all nodes of the graph, in milliseconds. */
  readonly longest: number;
}

/**
 * Finds limits of a predictor's orchestrator under which no request can last as long as its route allows. Each is for the call of one node,
 * so that of a graph of several nodes is as long as all of them together.
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
