import { ApiObject, JsonPatch } from 'cdk8s';

/** Marks the objects that constructs of this library write. A property costs less than a set of thousands of objects. */
const WRITTEN = Symbol('written');

/** An object, marked or not. */
interface Marked extends ApiObject {
  [WRITTEN]?: true;
}

/** The part of an ApiObject that holds its JSON patches. */
interface Patchable {
  readonly patches?: readonly JsonPatch[];
}

/**
 * Remembers that a construct of this library writes an object, and returns it.
 *
 * @internal
 */
export function markAsWritten(object: ApiObject): ApiObject {
  (object as Marked)[WRITTEN] = true;
  return object;
}

/**
 * Whether a construct of this library writes an object and no one has patched it. The constructs have checked it then.
 *
 * @internal
 */
export function isUnchanged(object: ApiObject): boolean {
  return (object as Marked)[WRITTEN] === true && patchCount(object) === 0;
}

/**
 * Whether a construct of this library writes an object and someone has patched it.
 *
 * @internal
 */
export function isPatched(object: ApiObject): boolean {
  return (object as Marked)[WRITTEN] === true && patchCount(object) > 0;
}

/**
 * The number of JSON patches of an object.
 *
 * @internal
 */
export function patchCount(object: ApiObject): number {
  return patchesOf(object).length;
}

/**
 * The JSON patches of an object.
 *
 * @internal
 */
export function patchesOf(object: ApiObject): readonly JsonPatch[] {
  return (object as object as Patchable).patches ?? [];
}
