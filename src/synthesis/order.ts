import { DependencyGraph } from 'cdk8s';
import { IConstruct } from 'constructs';

/**
 * A construct and those below it in the order in which cdk8s writes them: what others depend on comes first. Without dependencies this
 * is the order in which they were created, which needs no graph.
 *
 * @internal
 */
export function inOrder({ node }: IConstruct): readonly IConstruct[] {
  const all = node.findAll();
  return hasNumberedPaths(node.root) || all.some(dependsOnOthers) ? new DependencyGraph(node).topology() : all;
}

function dependsOnOthers({ node }: IConstruct): boolean {
  return node.dependencies.length > 0;
}

/** The graph has such constructs first, since its keys are paths. */
function hasNumberedPaths({ node }: IConstruct): boolean {
  return node.children.some((child) => /^\d+$/.test(child.node.id));
}
