import type * as RouteProofsModule from '../proofs/queries/route-proofs';

/**
 * Loads what decides questions about rules for all requests. It is large, and few sets of manifests raise such a question.
 *
 * @internal
 */
export type LoadProofs = () => typeof RouteProofsModule;

/**
 * What decides questions about the rules of a cluster for all requests, loaded when it is first asked for; undefined where there is none, so
 * that only what is obvious is found.
 *
 * @internal
 */
export type Proofs = () => RouteProofsModule.RouteProofs | undefined;

/** No proofs. @internal */
export const NO_PROOFS: Proofs = () => undefined;
