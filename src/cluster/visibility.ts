import { ClusterObject } from './cluster-object';
import { stringsOf } from './json';

/**
 * Whether some namespace sees both objects, by their `exportTo`.
 *
 * @internal
 */
export function haveCommonViewers(a: ClusterObject, b: ClusterObject): boolean {
  const [forA, forB] = [viewersOf(a), viewersOf(b)];
  if (forA.includes('~') || forB.includes('~')) return false;
  if (forA.includes('*') || forB.includes('*')) return true;
  return forA.some((namespace) => forB.includes(namespace));
}

function viewersOf({ spec, namespace }: ClusterObject): string[] {
  const exportTo = stringsOf(spec.exportTo);
  return exportTo.length === 0 ? ['*'] : exportTo.map((entry) => (entry === '.' ? namespace : entry));
}

/**
 * Whether a namespace sees an object, by its `exportTo`.
 *
 * @internal
 */
export function isVisibleIn(object: ClusterObject, namespace: string): boolean {
  const viewers = viewersOf(object);
  return viewers.includes('*') || viewers.includes(namespace);
}
