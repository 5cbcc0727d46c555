/**
 * Finds the first cycle, in which each node reads the next one. Takes linear time and no recursion.
 *
 * @param graph The nodes that each node reads. Each of them is a node as well.
 * @returns the cycle, with its first node at both ends.
 * @internal
 */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  for (const start of graph.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const pending = [{ node: start, depth: 0 }];
    while (pending.length > 0) {
      const { node, depth } = pending.pop()!;
      while (path.length > depth) {
        const left = path.pop()!;
        onPath.delete(left);
        done.add(left);
      }
      if (onPath.has(node)) return [...path.slice(path.indexOf(node)), node];
      if (done.has(node)) continue;
      path.push(node);
      onPath.add(node);
      for (const next of [...graph.get(node)!].reverse()) pending.push({ node: next, depth: depth + 1 });
    }
    for (const left of path) done.add(left);
  }
  return undefined;
}
