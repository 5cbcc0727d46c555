import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ANNOTATION } from './annotations';
import { PredictorManifest } from './manifest';
import { unitsOf } from './units';
import { Warnings } from '../../mesh/warnings';
import { show } from '../../plan/checks/errors';

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

/**
 * Leaves a warning on a route whose timeout never comes.
 *
 * @internal
 */
export function warnOfShortTimeouts(by: IConstruct, predictor: PredictorManifest, onSpec: Annotations, timeout: Duration): void {
  const allowed = timeout.toMilliseconds({ integral: false });
  for (const { annotation, longest } of findShortTimeouts(predictor, onSpec, allowed)) {
    Warnings._add(by, `timeout of ${allowed} ms for predictor ${show(predictor.name)}, whose orchestrator gives up after ${longest} ms`,
      `annotation ${annotation} limits each node of its graph: raise that limit, or shorten the timeout`);
  }
}
