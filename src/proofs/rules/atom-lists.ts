import { Rule } from './rule';
import { computeIfAbsent } from '../../plan/groups';
import { OrderedExpression, PathClass } from '../paths/path-classes';
import { PathAtom, PathNode, PathTree } from '../paths/path-tree';
import { passes, Test } from '../words/string-test';

/**
 * The rules of two lists that the requests of an atom may satisfy.
 *
 * @internal
 */
export interface AtomRules {
  /** The expressions on paths among them, in order. */
  readonly expressions: readonly OrderedExpression[];
  /** The number of rules. */
  readonly length: number;
  /** The rules for the paths of a class. */
  listsFor(of: PathClass): readonly [before: readonly Rule[], after: readonly Rule[]];
}

/** A rule with its position. */
interface Positioned {
  readonly rule: Rule;
  readonly position: number;
}

/** The rules of a list, by their condition on the path. */
class RulesByPath {
  private readonly byTest = new Map<string, Positioned[]>();
  private readonly below = new Map<PathNode, readonly Positioned[]>();
  /** Rules with an expression or without a condition on the path. */
  private readonly anywhere: readonly Positioned[];

  constructor(rules: readonly Rule[], private readonly isOrdered: boolean) {
    const positioned = rules.map((rule, position) => ({ rule, position }));
    for (const each of positioned) {
      const { path } = each.rule;
      if (path !== undefined && path.kind !== 'regex') computeIfAbsent(this.byTest, path.key, () => []).push(each);
    }
    this.anywhere = this.cut(positioned.filter(({ rule: { path } }) => path === undefined || path.kind === 'regex'));
  }

  public at({ node, kind }: PathAtom): readonly Positioned[] {
    if (kind === 'below') return this.belowNode(node);
    const inherited = node.isPrefix ? this.belowNode(node) : node.parent === undefined ? this.anywhere : this.belowNode(node.parent);
    return this.merged(inherited, this.byTest.get(`exact ${node.text}`));
  }

  private belowNode(node: PathNode): readonly Positioned[] {
    const known = this.below.get(node);
    if (known !== undefined) return known;
    const inherited = node.parent === undefined ? this.anywhere : this.belowNode(node.parent);
    const rules = this.merged(inherited, this.byTest.get(`prefix ${node.text}`));
    this.below.set(node, rules);
    return rules;
  }

  private merged(a: readonly Positioned[], b: readonly Positioned[] | undefined): readonly Positioned[] {
    if (b === undefined) return a;
    return this.cut([...a, ...b].sort((x, y) => x.position - y.position));
  }

  /** Up to the first rule that certainly matches. */
  private cut(rules: readonly Positioned[]): readonly Positioned[] {
    const last = this.isOrdered ? rules.findIndex(({ rule }) => rule.path?.kind !== 'regex' && isUnconditional(rule)) : -1;
    return last < 0 ? rules : rules.slice(0, last + 1);
  }
}

function isUnconditional({ conditions: { literals, undecided }, morePaths = [] }: Rule): boolean {
  return literals.length + morePaths.length === 0 && undecided === undefined;
}

/**
 * The rules of two lists by the atoms of their paths.
 *
 * @internal
 */
export class AtomLists {
  private readonly tree: PathTree;
  private readonly further: readonly OrderedExpression[];
  private readonly before: RulesByPath;
  private readonly after: RulesByPath;

  constructor(before: readonly Rule[], after: readonly Rule[], private readonly isOrdered: boolean, more: readonly Test[] = []) {
    const values = (kind: Test['kind']) => new Set(
      [...[...before, ...after].flatMap(testsOf), ...more].flatMap((test) => (test.kind === kind ? [test.value] : [])),
    );
    this.tree = new PathTree(values('exact'), values('prefix'));
    this.further = more.filter(({ kind }) => kind === 'regex').map((test) => ({ test, isFinal: false }));
    this.before = new RulesByPath(before, isOrdered);
    this.after = new RulesByPath(after, isOrdered);
  }

  /** The atoms whose requests may satisfy one of some rules, each with the expressions of which one must match, unless another rule may. */
  public atomsOf(rules: readonly Rule[]): readonly { readonly atom: PathAtom; readonly focus: readonly Test[] | undefined }[] {
    const all = () => [...this.tree.atomsBelow(this.tree.root)];
    if (rules.some(({ path }) => path === undefined)) return all().map((atom) => ({ atom, focus: undefined }));
    const literal = this.atomsOfLiterals(rules.filter(({ path }) => path!.kind !== 'regex'));
    const focus = [...new Map(rules.filter(({ path }) => path!.kind === 'regex').map(({ path }) => [path!.key, path!])).values()];
    if (focus.length === 0) return [...literal.values()].map((atom) => ({ atom, focus: undefined }));
    return all().map((atom) => ({ atom, focus: literal.has(keyOf(atom)) ? undefined : focus }));
  }

  private atomsOfLiterals(rules: readonly Rule[]): ReadonlyMap<string, PathAtom> {
    const found = new Map<string, PathAtom>();
    const add = (atom: PathAtom) => found.set(keyOf(atom), atom);
    const prefixes = new Set<PathNode>();
    for (const { path } of rules) {
      const node = this.tree.at(path!.value)!;
      if (path!.kind === 'exact') add({ node, kind: 'exact' });
      else prefixes.add(node);
    }
    for (const node of prefixes) {
      if (hasAncestorIn(node, prefixes)) continue;
      for (const atom of this.tree.atomsBelow(node)) add(atom);
    }
    return found;
  }

  /** The rules that the requests of an atom may satisfy. */
  public at(atom: PathAtom): AtomRules {
    const [before, after] = [this.before.at(atom), this.after.at(atom)];
    const isFor = ({ path, morePaths = [] }: Rule, of: PathClass) => (
      (path?.kind !== 'regex' || of.matched.has(path.key)) && morePaths.every(({ test, isPositive }) => passes(test, of.path) === isPositive)
    );
    const matching = (rules: readonly Positioned[], of: PathClass) => rules.map(({ rule }) => rule).filter((rule) => isFor(rule, of));
    return {
      // First, so that they are looked at even for paths for which a rule is certain.
      expressions: [...this.further, ...this.expressionsIn(before, after)],
      length: before.length + after.length,
      listsFor: (of) => [matching(before, of), matching(after, of)],
    };
  }

  private expressionsIn(before: readonly Positioned[], after: readonly Positioned[]): readonly OrderedExpression[] {
    const [b, a] = [before, after].map((rules) => testsIn(rules));
    const order = this.isOrdered ? commonOrder([...b.keys()], [...a.keys()]) : undefined;
    if (order === undefined) return [...new Set([...b.keys(), ...a.keys()])].map((test) => ({ test, isFinal: false }));
    return order.map((test) => ({ test, isFinal: b.get(test) === true && a.get(test) === true }));
  }
}

function keyOf({ kind, node }: PathAtom): string {
  return `${kind} ${node.text}`;
}

function hasAncestorIn(node: PathNode, nodes: ReadonlySet<PathNode>): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) if (nodes.has(at)) return true;
  return false;
}

/** All tests of paths of a rule. */
function testsOf({ path, morePaths = [] }: Rule): readonly Test[] {
  return [...path === undefined ? [] : [path], ...morePaths.map(({ test }) => test)];
}

/** The expressions in order, and whether the first rule with each has no other condition. */
function testsIn(rules: readonly Positioned[]): ReadonlyMap<Test, boolean> {
  const found = new Map<Test, boolean>();
  for (const { rule } of rules) {
    for (const test of testsOf(rule)) if (test.kind === 'regex' && !found.has(test)) found.set(test, test === rule.path && isUnconditional(rule));
  }
  return found;
}

/** An order in which both lists are in order; undefined if there is none. */
function commonOrder(before: readonly Test[], after: readonly Test[]): readonly Test[] | undefined {
  const positions = new Map(before.map((test, i) => [test, i]));
  const merged: Test[] = [];
  let next = 0;
  for (const test of after) {
    const position = positions.get(test);
    if (position === undefined) {
      merged.push(test);
      continue;
    }
    if (position < next) return undefined;
    merged.push(...before.slice(next, position + 1));
    next = position + 1;
  }
  return [...merged, ...before.slice(next)];
}
