import { Schema } from './schema';
import { ValueFault } from './values';
import { FieldPath } from '../../cluster/json';

/**
 * A field that its kind does not have.
 *
 * @internal
 */
export interface UnknownField {
  /** Where it is. */
  readonly field: FieldPath;
  /** The schema of the object that has it, and before it those of the objects around it. */
  readonly around: readonly Schema[];
}

/**
 * A value that its kind does not allow.
 *
 * @internal
 */
export interface InvalidField extends ValueFault {
  /** Where it is. */
  readonly field: FieldPath;
}

/**
 * What the API server finds in an object, compared with the schema of its kind.
 *
 * @internal
 */
export interface SchemaFaults {
  readonly unknown: readonly UnknownField[];
  readonly invalid: readonly InvalidField[];
}
