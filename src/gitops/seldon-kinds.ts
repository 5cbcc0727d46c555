/**
 * How the status of a kind of Seldon tells whether an object is ready.
 *
 * @internal
 */
export interface SeldonKind {
  /** The kind. */
  readonly kind: string;
  /** Its API group. */
  readonly group: string;
  /** Its API version, with the group. */
  readonly apiVersion: string;
  /** Whether `spec.replicas: 0` stops it on purpose, so that it is never ready. */
  readonly canBeSuspended: boolean;
  /** Reasons of conditions that mean failure. Those of Core 1 are in `status.state` instead. */
  readonly failures: readonly string[];
}

const CORE2_GROUP = 'mlops.seldon.io';
const CORE2_VERSION = `${CORE2_GROUP}/v1alpha1`;

/** Seldon's scheduler sets these for every kind that it places or connects. */
const FAILURES: readonly string[] = ['ModelFailed', 'ModelTerminateFailed', 'PipelineFailed', 'ScheduleFailed'];

function core2(kind: string, canBeSuspended = false): SeldonKind {
  return { kind, group: CORE2_GROUP, apiVersion: CORE2_VERSION, canBeSuspended, failures: FAILURES };
}

/**
 * The kinds of Seldon Core 2 that report conditions.
 *
 * @internal
 */
export const CORE2_KINDS: readonly SeldonKind[] = [core2('Experiment'), core2('Model', true), core2('Pipeline'), core2('SeldonRuntime'), core2('Server')];

/**
 * The kind of Seldon Core 1, which reports a state.
 *
 * @internal
 */
export const CORE1_KIND: SeldonKind = {
  kind: 'SeldonDeployment', group: 'machinelearning.seldon.io', apiVersion: 'machinelearning.seldon.io/v1', canBeSuspended: false, failures: [],
};
