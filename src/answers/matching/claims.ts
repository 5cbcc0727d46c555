import { Claims } from './route-request';
import { isObject } from '../../cluster/json';

const CLAIM = /^@request\.auth\.claims(?:\.(.+)|\[(.+)\])$/i;

/**
 * The path of a claim in the name of a header match; undefined if it is the name of a header.
 *
 * @internal
 */
export function claimPath(name: string): readonly string[] | undefined {
  const found = CLAIM.exec(name);
  if (found === null) return undefined;
  return found[1] === undefined ? found[2].split('][') : found[1].split('.');
}

/**
 * The values of a claim that Envoy compares one by one: a string, or the strings of a list. Spaces separate those of `scope`.
 *
 * @internal
 */
export function claimValues(claims: Claims | undefined, path: readonly string[]): readonly string[] {
  let value: unknown = claims;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return [];
    value = value[name];
  }
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string');
  if (typeof value !== 'string') return [];
  return path.length === 1 && (path[0] === 'scope' || path[0] === 'permission') ? value.split(' ') : [value];
}
