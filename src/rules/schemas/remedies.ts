import { UnknownField } from './faults';
import { Schema, schemaAt } from './schema';
import { FieldPath, showPath } from '../../cluster/json';
import { nearest } from '../../plan/checks/near-miss';

/** More names than these are no help. */
const MOST_LISTED = 12;

/**
 * The field that someone most likely meant.
 *
 * @internal
 */
export interface MeantField {
  /** Its path. */
  readonly field: FieldPath;
  /** Whether it is in the same object and has a similar name; else it has the same name and belongs to another object. */
  readonly isSibling: boolean;
}

/**
 * What was most likely meant by a field that is not known: a similar name, or the same name at another place.
 *
 * @internal
 */
export function meant({ field, around }: UnknownField): MeantField | undefined {
  const name = String(field[field.length - 1]);
  const parent = field.slice(0, -1);
  const own = around[around.length - 1];
  const near = nearest(name, namesOf(own));
  if (near !== undefined) return { field: [...parent, near], isSibling: true };
  const misplaced = outside(name, parent, around) ?? inside(name, parent, own);
  return misplaced === undefined ? undefined : { field: [...misplaced, name], isSibling: false };
}

/**
 * What to do about a field that is not known.
 *
 * @internal
 */
export function remedyFor({ around }: UnknownField, known: MeantField | undefined): string {
  if (known?.isSibling === true) return `did you mean ${String(known.field[known.field.length - 1])}?`;
  if (known !== undefined) return `it belongs to ${known.field.length === 1 ? 'the object itself' : showPath(known.field.slice(0, -1))}`;
  const names = namesOf(around[around.length - 1]);
  if (names.length === 0) return 'remove it';
  return names.length > MOST_LISTED ? 'compare it with the documentation of the kind' : `the fields there are ${[...names].sort().join(', ')}`;
}

function namesOf({ properties = {} }: Schema): string[] {
  return Object.keys(properties);
}

/** The closest object around a place that has a field of this name. */
function outside(name: string, parent: FieldPath, around: readonly Schema[]): FieldPath | undefined {
  let path = parent;
  for (let i = around.length - 2; i >= 0; i--) {
    path = objectAround(path);
    if (namesOf(around[i]).includes(name)) return path;
  }
  return undefined;
}

/** The path without its last name, and without a position in a list after it. */
function objectAround(path: FieldPath): FieldPath {
  const isInList = typeof path[path.length - 1] === 'number';
  return path.slice(0, isInList ? -2 : -1);
}

/** A field of the object that has a field of this name. */
function inside(name: string, parent: FieldPath, { properties = {} }: Schema): FieldPath | undefined {
  for (const [field, position] of Object.entries(properties)) {
    const { items, ...schema } = schemaAt(position);
    const [inner, path] = items === undefined ? [schema, [...parent, field]] : [schemaAt(items), [...parent, field, 0]];
    if (namesOf(inner).includes(name)) return path;
  }
  return undefined;
}
