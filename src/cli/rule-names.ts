import type * as AllRules from '../rules/all';

/**
 * The names of all rules, which are loaded only if they are asked for.
 *
 * @internal
 */
export function ruleNames(): readonly string[] {
  const { RULES } = require('../rules/all') as typeof AllRules;
  return RULES.map(({ id }) => id);
}
