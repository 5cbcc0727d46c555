import { isObject, JsonObject } from '../../cluster/json';

/** Claims that Istio reads as lists of words. */
const LISTS: readonly string[] = ['permission', 'scope'];

/**
 * The claims of a token as policies and routes read them: some strings are lists of words.
 *
 * @param claims The claims of the token.
 * @param more Names of other claims that are lists of words.
 * @internal
 */
export function claimsAsRead(claims: JsonObject, more: readonly string[] = []): JsonObject {
  const lists = [...LISTS, ...more].flatMap((name) => {
    const value = claims[name];
    return typeof value === 'string' ? [[name, value.split(' ').filter((word) => word !== '')]] : [];
  });
  return lists.length === 0 ? claims : { ...claims, ...Object.fromEntries(lists) as JsonObject };
}

/**
 * The strings of a claim, which are compared one by one: the claim itself or the elements of its list. None if it is absent or is something
 * else. A path leads through objects only.
 *
 * @internal
 */
export function claimStrings(claims: JsonObject, path: readonly string[]): readonly string[] {
  let value: unknown = claims;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/**
 * The path of the claim that a key such as `[realm_access][roles]` names. Brackets that are not balanced belong to a single name.
 *
 * @internal
 */
export function claimPath(brackets: string): readonly string[] {
  const names = /^(\[[^\][]*\])+$/.test(brackets) ? brackets.slice(1, -1).split('][') : [brackets.replace(/^\[|\]$/g, '')];
  return names;
}

/**
 * The strings of all claims at the top, with the names of the claims.
 *
 * @internal
 */
export function *stringClaims(claims: JsonObject): Iterable<readonly [string, string]> {
  for (const name of Object.keys(claims)) {
    for (const value of claimStrings(claims, [name])) yield [name, value];
  }
}
