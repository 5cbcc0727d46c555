import type * as RouteProofs from '../proofs/queries/route-proofs';
import { LoadProofs } from '../rules/proofs';

/**
 * Loads what decides questions about rules for all requests.
 *
 * @internal
 */
export const loadProofs: LoadProofs = () => require('../proofs/queries/route-proofs') as typeof RouteProofs;
