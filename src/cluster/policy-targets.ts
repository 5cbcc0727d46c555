import { PolicyTarget } from './policies';
import { computeIfAbsent } from '../plan/groups';
import { PodSelector } from '../plan/pod-selectors';

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

/** Policies that select pods by the same labels, also by their values. */
interface SameLabels<T> {
  readonly labels: readonly string[];
  readonly all: T[];
  readonly byValues: Map<string, T[]>;
}

/**
 * Policies by the labels of their pods, so that those for the pods of another policy are found without comparing all.
 *
 * @internal
 */
export class PoliciesByLabels<T extends { readonly target: PolicyTarget }> {
  private readonly groups = new Map<string, SameLabels<T>>();
  private readonly withReferences: T[] = [];

  /** Indexes policies. */
  constructor(policies: readonly T[]) {
    for (const policy of policies) {
      const { labels, refs } = policy.target;
      if (refs.length > 0) this.withReferences.push(policy);
      else this.add(policy, labels);
    }
  }

  /** The policies that may apply to some of the pods of a target, as far as their labels show. */
  public* near(target: PolicyTarget): Iterable<T> {
    yield* this.withReferences;
    for (const { labels, all, byValues } of this.groups.values()) {
      yield* labels.every((label) => Object.hasOwn(target.labels, label)) ? byValues.get(valuesOf(labels, target.labels)) ?? [] : all;
    }
  }

  /** The policies that may apply to all of the pods of a target. */
  public* covering(target: PolicyTarget): Iterable<T> {
    yield* this.withReferences;
    for (const { labels, byValues } of this.groups.values()) {
      if (labels.every((label) => Object.hasOwn(target.labels, label))) yield* byValues.get(valuesOf(labels, target.labels)) ?? [];
    }
  }

  private add(policy: T, selector: PodSelector): void {
    const labels = Object.keys(selector).sort();
    const group = computeIfAbsent(this.groups, JSON.stringify(labels), () => ({ labels, all: [] as T[], byValues: new Map<string, T[]>() }));
    group.all.push(policy);
    computeIfAbsent(group.byValues, valuesOf(labels, selector), () => []).push(policy);
  }
}

function valuesOf(labels: readonly string[], selector: PodSelector): string {
  return JSON.stringify(labels.map((label) => selector[label]));
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
