import { FindingExample } from './example';
import { Level } from './level';
import { FieldPath } from '../cluster/json';

/**
 * A field of an object, as reports show it.
 *
 * @internal
 */
export interface FindingPlace {
  /** API group and version. */
  readonly apiVersion: string;
  /** Kind. */
  readonly kind: string;
  /** Namespace. */
  readonly namespace: string;
  /** Name. */
  readonly name: string;
  /** Path of the field; empty for the whole object. */
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
  /** How serious it is. */
  readonly level: Level;
  /** What is wrong, as a sentence without a full stop. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The other places that it is about. */
  readonly related: readonly FindingPlace[];
  /** A request that shows it, if one was found. */
  readonly example?: FindingExample;
  /** The reason why it is accepted, if it is. */
  readonly accepted?: string;
}
