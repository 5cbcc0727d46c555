import { Schema, schemaAt } from './schema';
import { UnknownField } from './walk';
import { FieldPath, showPath } from '../../cluster/json';
import { nearest } from '../../plan/checks/near-miss';

/** More names than these are no help. */
const MOST_LISTED = 12;

/**
 * What was most likely meant by a field that is not known: a similar name, or the same name at another place.
 *
 * @internal
 */
export function meantBy({ field, around }: UnknownField): string {
  const name = String(field[field.length - 1]);
  const parent = field.slice(0, -1);
  const own = around[around.length - 1];
  const names = namesOf(own);
  const near = nearest(name, names);
  if (near !== undefined) return `did you mean ${near}?`;
  const elsewhere = outside(name, parent, around) ?? inside(name, parent, own);
  if (elsewhere !== undefined) return `it belongs to ${elsewhere}`;
  if (names.length === 0) return 'remove it';
  return names.length > MOST_LISTED ? 'compare it with the documentation of the kind' : `the fields there are ${[...names].sort().join(', ')}`;
}

function namesOf({ properties = {} }: Schema): string[] {
  return Object.keys(properties);
}

/** The closest object around a place that has a field of this name. */
function outside(name: string, parent: FieldPath, around: readonly Schema[]): string | undefined {
  let path = parent;
  for (let i = around.length - 2; i >= 0; i--) {
    path = objectAround(path);
    if (namesOf(around[i]).includes(name)) return path.length === 0 ? 'the object itself' : showPath(path);
  }
  return undefined;
}

/** The path without its last name, and without a position in a list after it. */
function objectAround(path: FieldPath): FieldPath {
  const isInList = typeof path[path.length - 1] === 'number';
  return path.slice(0, isInList ? -2 : -1);
}

/** A field of the object that has a field of this name. */
function inside(name: string, parent: FieldPath, { properties = {} }: Schema): string | undefined {
  for (const [field, position] of Object.entries(properties)) {
    const { items, ...schema } = schemaAt(position);
    const [inner, path] = items === undefined ? [schema, [...parent, field]] : [schemaAt(items), [...parent, field, 0]];
    if (namesOf(inner).includes(name)) return showPath(path);
  }
  return undefined;
}
