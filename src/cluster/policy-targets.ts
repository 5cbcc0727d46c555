import { PolicyTarget } from './policies';

/**
 * Whether a policy applies to the pods of another one.
 *
 * @internal
 */
export enum Coverage {
  /** To all of them. */
  ALL = 'all',
  /** To some of them, or it is not known. */
  SOME = 'some',
  /** To none of them. */
  NONE = 'none',
}

/**
 * Whether a policy applies to the pods of another one, as far as their namespaces, labels and references show.
 *
 * @internal
 */
export function coverageOf(outer: PolicyTarget, inner: PolicyTarget, rootNamespace: string): Coverage {
  const isHere = outer.namespace === inner.namespace || outer.namespace === rootNamespace;
  if (!isHere && inner.namespace !== rootNamespace) return Coverage.NONE;
  if (outer.refs.length > 0 && inner.refs.length > 0) {
    const shared = inner.refs.every(({ kind, name }) => outer.refs.some((ref) => ref.kind === kind && ref.name === name));
    return shared && outer.namespace === inner.namespace ? Coverage.ALL : Coverage.SOME;
  }
  if (outer.refs.length > 0 || inner.refs.length > 0) return Coverage.SOME;
  const labels = Object.entries(outer.labels);
  if (labels.some(([label, value]) => Object.hasOwn(inner.labels, label) && inner.labels[label] !== value)) return Coverage.NONE;
  return isHere && labels.every(([label]) => Object.hasOwn(inner.labels, label)) ? Coverage.ALL : Coverage.SOME;
}

/**
 * The pods or objects of a policy as messages name them.
 *
 * @internal
 */
export function showTarget({ namespace, labels, refs }: PolicyTarget, rootNamespace: string): string {
  if (refs.length > 0) return `${refs.map(({ kind, name }) => `${kind} ${namespace}/${name}`).join(', ')}`;
  const where = namespace === rootNamespace ? 'all namespaces' : `namespace ${namespace}`;
  const shown = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return shown.length === 0 ? `the pods of ${where}` : `pods ${shown.join(', ')} in ${where}`;
}
