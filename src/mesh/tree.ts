import { IConstruct } from 'constructs';

/** The constructs below scopes, while the tree does not change. */
let known: Map<IConstruct, readonly IConstruct[]> | undefined;

/**
 * A construct and all below it, in order of construction.
 *
 * @internal
 */
export function constructsBelow(scope: IConstruct): readonly IConstruct[] {
  const found = known?.get(scope) ?? scope.node.findAll();
  known?.set(scope, found);
  return found;
}

/**
 * Does something that does not change the tree, such as a validation. The constructs below a scope are then listed only once: many checks
 * need them.
 *
 * @internal
 */
export function withFixedTree<T>(work: () => T): T {
  const before = known;
  known = new Map();
  try {
    return work();
  } finally {
    known = before;
  }
}
