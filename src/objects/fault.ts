import { FieldPath } from './json';

/**
 * What is wrong with one object, whatever the other objects are.
 *
 * @internal
 */
export interface Fault {
  /** Path of the field. */
  readonly field: FieldPath;
  /** What is wrong, as a sentence without a full stop. */
  readonly problem: string;
  /** What to do about it, as one sentence or more, without the last full stop. */
  readonly remedy: string;
  /** The level, if it is lower than that of the rule. */
  readonly level?: 'warning' | 'info';
}
