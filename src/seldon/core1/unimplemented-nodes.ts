import { IConstruct } from 'constructs';
import { BuiltInNode } from './built-in-node';
import { GraphNode } from './graph-node';
import { Warnings } from '../../mesh/warnings';
import { show } from '../../plan/checks/errors';

/** What the orchestrator in Go does for nodes that it does not implement. */
const INSTEAD: { readonly [implementation: string]: { readonly effect: string; readonly remedy: string } } = {
  [BuiltInNode.SIMPLE_MODEL]: {
    effect: 'returns each request as its own answer',
    remedy: 'use GraphNode.model with a container or a prepackaged server',
  },
  [BuiltInNode.AVERAGE_COMBINER]: {
    effect: 'answers with that of the first child',
    remedy: 'use GraphNode.combiner with a container that computes the mean',
  },
};

/**
 * Leaves a warning for each node of a graph that the orchestrator does not implement.
 *
 * @internal
 */
export function warnOfUnimplemented(at: IConstruct, predictor: string, { name, children, _props: { builtIn } }: GraphNode): void {
  const instead = builtIn === undefined ? undefined : INSTEAD[builtIn];
  if (instead !== undefined) {
    Warnings._add(at, `node ${show(name)} of predictor ${show(predictor)} is ${builtIn}, which the orchestrator in Go does not implement, so it ${instead.effect}`, instead.remedy);
  }
  for (const child of children) warnOfUnimplemented(at, predictor, child);
}
