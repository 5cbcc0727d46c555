import { byText } from '../../plan/text-order';
/**
 * A string of exact conditions and prefixes of paths.
 *
 * @internal
 */
export interface PathNode {
  /** The string. */
  readonly text: string;
  /** Whether it is the path of an exact condition. */
  readonly isExact: boolean;
  /** Whether it is a prefix. */
  readonly isPrefix: boolean;
  /** The longest prefix of it; undefined for the empty one. */
  readonly parent: PathNode | undefined;
  /** The strings of which it is the longest prefix. */
  readonly children: readonly PathNode[];
}

/**
 * Paths that all exact conditions and prefixes treat alike: one path, or those below a prefix and no longer string.
 *
 * @internal
 */
export interface PathAtom {
  readonly node: PathNode;
  readonly kind: 'exact' | 'below';
}

interface OpenNode extends PathNode {
  readonly parent: OpenNode | undefined;
  readonly children: OpenNode[];
}

/**
 * The strings of exact conditions and prefixes, nested. The empty prefix is always there.
 *
 * @internal
 */
export class PathTree {
  /** The empty prefix. */
  public readonly root: PathNode;
  private readonly nodes = new Map<string, PathNode>();

  /** Sorts strings, and nests them in one sweep. */
  constructor(exact: ReadonlySet<string>, prefixes: ReadonlySet<string>) {
    const root: OpenNode = { text: '', isExact: exact.has(''), isPrefix: true, parent: undefined, children: [] };
    this.root = root;
    this.nodes.set('', root);
    const texts = [...new Set([...exact, ...prefixes])].filter((text) => text !== '').sort(byText);
    const open = [root];
    for (const text of texts) {
      while (!text.startsWith(open[open.length - 1].text)) open.pop();
      const parent = open[open.length - 1];
      const node: OpenNode = { text, isExact: exact.has(text), isPrefix: prefixes.has(text), parent, children: [] };
      parent.children.push(node);
      this.nodes.set(text, node);
      if (node.isPrefix) open.push(node);
    }
  }

  /** The node of a string. */
  public at(text: string): PathNode | undefined {
    return this.nodes.get(text);
  }

  /** The atoms of a node and of all nodes below it. */
  public *atomsBelow(node: PathNode): Iterable<PathAtom> {
    const open = [node];
    while (open.length > 0) {
      const at = open.pop()!;
      if (at.isExact) yield { node: at, kind: 'exact' };
      if (at.isPrefix) yield { node: at, kind: 'below' };
      for (const child of at.children) open.push(child);
    }
  }
}

/**
 * Whether a path belongs to an atom.
 *
 * @internal
 */
export function atomContains({ node, kind }: PathAtom, path: string): boolean {
  if (kind === 'exact') return path === node.text;
  if (!path.startsWith(node.text) || (node.isExact && path === node.text)) return false;
  return !node.children.some((child) => (child.isPrefix ? path.startsWith(child.text) : path === child.text));
}
