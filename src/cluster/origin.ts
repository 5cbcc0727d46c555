import { ObjectFacts } from './facts';
import { FieldPath } from './json';

/**
 * A position in a file. Both numbers start at 1.
 *
 * @internal
 */
export interface Position {
  /** Number of the line. */
  readonly line: number;
  /** Number of the character in the line. */
  readonly column: number;
}

/**
 * A key that occurs twice in one object of a file. kubectl uses the last one.
 *
 * @internal
 */
export interface DuplicateKey {
  /** The path of the last one. */
  readonly field: FieldPath;
  /** Whether the one before has the same value. */
  readonly isEqual: boolean;
}

/**
 * Where an object was read.
 *
 * @internal
 */
export interface Origin {
  /** Path of the construct that the user wrote, if the object is that of an app. */
  readonly construct?: string;
  /** Name of the file, if it was read from one. */
  readonly file?: string;
  /** Whether the object only gives context, such as one of another team. Findings about such objects alone are not reported. */
  readonly context?: boolean;
  /** Whether it was not read at all: Seldon's operator creates it for an object that was. */
  readonly operated?: boolean;
  /** Keys of the object that occur twice in the file. */
  readonly duplicateKeys?: readonly DuplicateKey[];
  /** What the construct that writes it declares, if it is that of an app. */
  readonly facts?: ObjectFacts;
  /** Finds the position of a field in the file, or that of the closest field around it. Computed only for findings. */
  position?(field: FieldPath): Position | undefined;
}
