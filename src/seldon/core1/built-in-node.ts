import { IConstruct } from 'constructs';
import type { GraphNode } from './graph-node';
import { Warnings } from '../../mesh/warnings';
import { show } from '../../plan/checks/errors';

/**
 * Implementations of nodes that need no container.
 *
 * @internal
 */
export enum BuiltInNode {
  /** Sends requests to one of two children at random. */
  RANDOM_ABTEST = 'RANDOM_ABTEST',
  /** A model for trials. */
  SIMPLE_MODEL = 'SIMPLE_MODEL',
  /** The mean of the answers of its children. */
  AVERAGE_COMBINER = 'AVERAGE_COMBINER',
}

/** What the orchestrator in Go does instead of the work of the nodes that it does not implement. */
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
