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
  if (!hasNumberedPaths(node.root) && !all.some(dependsOnOthers)) return all;
  // Only for its error. The graph of cdk8s visits each path between two constructs, of which there can be more than it will ever visit.
  return dependenciesFirst(all) ?? new DependencyGraph(node).topology();
}

function dependsOnOthers({ node }: IConstruct): boolean {
  return node.dependencies.length > 0;
}

/** The graph has such constructs first, since its keys are paths. */
function hasNumberedPaths({ node }: IConstruct): boolean {
  return node.children.some((child) => /^\d+$/.test(child.node.id));
}

/** A construct, and those below the same scope that it depends on. */
interface Vertex {
  readonly construct: IConstruct;
  readonly dependencies: Vertex[];
  hasDependants: boolean;
  state: 'new' | 'entered' | 'done';
}

/** The order of cdk8s's graph; undefined if constructs depend on each other. */
function dependenciesFirst(constructs: readonly IConstruct[]): IConstruct[] | undefined {
  const vertices: { [path: string]: Vertex } = {};
  for (const construct of constructs) vertices[construct.node.path] = { construct, dependencies: [], hasDependants: false, state: 'new' };
  for (const { node } of constructs) {
    for (const target of node.dependencies) {
      // Other charts write what is not below the scope.
      if (!Object.hasOwn(vertices, target.node.path)) continue;
      vertices[node.path].dependencies.push(vertices[target.node.path]);
      vertices[target.node.path].hasDependants = true;
    }
  }
  const ordered: IConstruct[] = [];
  const isSorted = Object.values(vertices).every((vertex) => vertex.hasDependants || add(vertex, ordered));
  return isSorted && ordered.length === constructs.length ? ordered : undefined;
}

/** Adds a construct after its dependencies, unless there is a circle of them. */
function add(vertex: Vertex, ordered: IConstruct[]): boolean {
  if (vertex.state !== 'new') return vertex.state === 'done';
  vertex.state = 'entered';
  if (!vertex.dependencies.every((dependency) => add(dependency, ordered))) return false;
  vertex.state = 'done';
  ordered.push(vertex.construct);
  return true;
}
