import { invalidField } from './invalid-field';
import { unknownField } from './unknown-field';
import { Rule } from '../rule';

/**
 * The rules about the schemas of kinds.
 *
 * @internal
 */
export const SCHEMA_RULES: readonly Rule[] = [invalidField, unknownField];
