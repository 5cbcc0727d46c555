import { policyForAllRequests } from './policy-for-all-requests';
import { restOnlyDeny } from './rest-only-deny';
import { Rule } from '../rule';

/**
 * The rules about policies that replace checks of constructs.
 *
 * @internal
 */
export const ACCESS_RULES_OF_CONSTRUCTS: readonly Rule[] = [policyForAllRequests, restOnlyDeny];
