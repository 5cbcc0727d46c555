/**
 * True, false, or not known.
 *
 * @internal
 */
export type Maybe = boolean | undefined;

/**
 * Whether one of the values is true.
 *
 * @internal
 */
export function some(values: Iterable<Maybe>): Maybe {
  let result: Maybe = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === undefined) result = undefined;
  }
  return result;
}

/**
 * Whether all values are true.
 *
 * @internal
 */
export function every(values: Iterable<Maybe>): Maybe {
  let result: Maybe = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === undefined) result = undefined;
  }
  return result;
}

/**
 * The opposite.
 *
 * @internal
 */
export function not(value: Maybe): Maybe {
  return value === undefined ? undefined : !value;
}
