import { ClusterObject } from '../../cluster/cluster-object';

/** Kinds of Seldon Core 2 that answer requests. @internal */
export type Core2Kind = 'model' | 'pipeline';

/** A Model or a Pipeline that a route of Seldon's Envoy names. @internal */
export interface Core2Target {
  readonly kind: Core2Kind;
  readonly name: string;
}

/**
 * A route of Seldon's Envoy.
 *
 * @internal
 */
export interface Core2Row {
  /** The value of `seldon-model` that it matches. */
  readonly name: string;
  /** The Model, the Pipeline or the Experiment. */
  readonly object: ClusterObject;
  /** Who answers, with their weights. */
  readonly arms: readonly { readonly target: Core2Target; readonly weight: number }[];
  /** Who gets mirrored requests, with their percentage. */
  readonly mirror?: { readonly target: Core2Target; readonly percent: number };
  /** The Experiment that shares the requests. */
  readonly experiment?: ClusterObject;
  /** Whether clients can ask for an arm by `x-seldon-route`. */
  readonly isSticky: boolean;
}
