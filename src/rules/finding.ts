import { FieldPath } from '../cluster/json';
import { Level } from './rule';

/**
 * A field of an object, as reports show it.
 *
 * @internal
 */
export interface FindingPlace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly field: FieldPath;
  /** Path of the construct that the user wrote, if the object is that of an app. */
  readonly construct?: string;
  /** Name of the file, if it was read from one. */
  readonly file?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the file, from 1. */
  readonly column?: number;
}

/**
 * A problem that a rule found, as reports show it. Plain data.
 *
 * @internal
 */
export interface Finding extends FindingPlace {
  /** Name of the rule. */
  readonly rule: string;
  readonly level: Level;
  /** What is wrong, as a sentence without a full stop. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The other places that it is about. */
  readonly related: readonly FindingPlace[];
  /** The reason why it is accepted, if it is. */
  readonly accepted?: string;
}
