import { IConstruct } from 'constructs';

/**
 * Findings below a scope that the author of an app accepts.
 *
 * @internal
 */
export interface ScopedAcceptance {
  /** Findings about objects below it are accepted. */
  readonly scope: IConstruct;
  /** Name of the rule. */
  readonly rule: string;
  /** Why they are accepted. */
  readonly reason: string;
}

const ACCEPTANCES = Symbol.for('cdk8s-seldon-istio.acceptances');

/** The property that acceptances add to the root of a tree. */
interface Marked extends IConstruct {
  [ACCEPTANCES]?: ScopedAcceptance[];
}

/**
 * The findings that the author of an app accepts. Others can be added to the list.
 *
 * @internal
 */
export function acceptancesIn(construct: IConstruct): ScopedAcceptance[] {
  const root = construct.node.root as Marked;
  return root[ACCEPTANCES] ??= [];
}

/**
 * The acceptances of a rule's findings, wherever their scopes are.
 *
 * @internal
 */
export function acceptancesOf(construct: IConstruct, rule: string): readonly ScopedAcceptance[] {
  const { [ACCEPTANCES]: all = [] } = construct.node.root as Marked;
  return all.filter((acceptance) => acceptance.rule === rule);
}
