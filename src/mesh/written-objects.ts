import { ApiObject, JsonPatch } from 'cdk8s';

/** The objects that constructs of this library write. */
const WRITTEN = new WeakSet<ApiObject>();

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
  WRITTEN.add(object);
  return object;
}

/**
 * Whether a construct of this library writes an object and no one has patched it. The constructs have checked it then.
 *
 * @internal
 */
export function isUnchanged(object: ApiObject): boolean {
  return WRITTEN.has(object) && patchCount(object) === 0;
}

/**
 * Whether a construct of this library writes an object and someone has patched it.
 *
 * @internal
 */
export function isPatched(object: ApiObject): boolean {
  return WRITTEN.has(object) && patchCount(object) > 0;
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
