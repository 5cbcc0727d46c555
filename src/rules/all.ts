import { Rule } from './rule';

/**
 * All rules, ordered by name.
 *
 * @internal
 */
export const RULES: readonly Rule[] = [];
