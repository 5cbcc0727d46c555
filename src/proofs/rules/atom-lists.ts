import { Rule } from './rule';
import { computeIfAbsent } from '../../plan/groups';
import { LivingExpression, LivingExpressions } from '../paths/living-expressions';
import { OrderedExpression, PathClass } from '../paths/path-classes';
import { atomContains, PathAtom, PathNode, PathTree } from '../paths/path-tree';
import { pathStateAfter } from '../words/paths-as-sent';
import { passes, Test } from '../words/string-test';

/**
 * The rules of two lists that the requests of an atom may satisfy.
 *
 * @internal
 */
export interface AtomRules {
  /** The expressions that paths may match, in order. */
  readonly expressions: readonly OrderedExpression[];
  /** The number of rules. */
  readonly length: number;
  /** Whether a path belongs to a class. */
  isOf(of: PathClass, path: string): boolean;
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
  /** Rules without a condition on the path. */
  private readonly anywhere: readonly Positioned[];

  constructor(rules: readonly Rule[], private readonly isOrdered: boolean) {
    const positioned = rules.map((rule, position) => ({ rule, position }));
    for (const each of positioned) {
      const { path } = each.rule;
      if (path !== undefined) computeIfAbsent(this.byTest, path.key, () => []).push(each);
    }
    this.anywhere = this.cut(positioned.filter(({ rule: { path } }) => path === undefined));
  }

  /** The rules for the paths of an atom, which may match some expressions. */
  public at({ node, kind }: PathAtom, expressions: readonly LivingExpression[]): readonly Positioned[] {
    const matching = expressions.flatMap(({ test }) => this.byTest.get(test.key) ?? []);
    return this.merged(this.literalsAt(node, kind), matching);
  }

  private literalsAt(node: PathNode, kind: PathAtom['kind']): readonly Positioned[] {
    if (kind === 'below') return this.belowNode(node);
    const inherited = node.isPrefix ? this.belowNode(node) : node.parent === undefined ? this.anywhere : this.belowNode(node.parent);
    return this.merged(inherited, this.byTest.get(`exact ${node.text}`) ?? []);
  }

  private belowNode(node: PathNode): readonly Positioned[] {
    const known = this.below.get(node);
    if (known !== undefined) return known;
    const inherited = node.parent === undefined ? this.anywhere : this.belowNode(node.parent);
    const rules = this.merged(inherited, this.byTest.get(`prefix ${node.text}`) ?? []);
    this.below.set(node, rules);
    return rules;
  }

  private merged(a: readonly Positioned[], b: readonly Positioned[]): readonly Positioned[] {
    if (b.length === 0) return a;
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
  private readonly further: ReadonlySet<string>;
  private readonly living: LivingExpressions;
  private readonly before: RulesByPath;
  private readonly after: RulesByPath;

  constructor(before: readonly Rule[], after: readonly Rule[], private readonly isOrdered: boolean, more: readonly Test[] = []) {
    const all = new Set([...more, ...[...before, ...after].flatMap(testsOf)]);
    const values = (kind: Test['kind']) => new Set([...all].flatMap((test) => (test.kind === kind ? [test.value] : [])));
    this.tree = new PathTree(values('exact'), values('prefix'));
    const expressions = [...new Map([...all].filter(({ kind }) => kind === 'regex').map((test) => [test.key, test])).values()];
    this.living = new LivingExpressions(expressions);
    this.further = new Set(more.map(({ key }) => key));
    this.before = new RulesByPath(before, isOrdered);
    this.after = new RulesByPath(after, isOrdered);
  }

  /**
   * The atoms whose requests may satisfy one of some rules, each with the keys of the expressions of which one must match, unless another rule
   * may. Those that need no search come first.
   */
  public atomsOf(rules: readonly Rule[]): readonly { readonly atom: PathAtom; readonly focus: ReadonlySet<string> | undefined }[] {
    const all = () => [...this.tree.atomsBelow(this.tree.root)];
    if (rules.some(({ path }) => path === undefined)) return all().map((atom) => ({ atom, focus: undefined }));
    const literal = this.atomsOfLiterals(rules.filter(({ path }) => path!.kind !== 'regex'));
    const focus = new Set(rules.filter(({ path }) => path!.kind === 'regex').map(({ path }) => path!.key));
    const others = focus.size === 0 ? [] : all().filter((atom) => (
      !literal.has(keyOf(atom)) && this.expressionsAt(atom).some(({ test }) => focus.has(test.key))
    ));
    return [...[...literal.values()].map((atom) => ({ atom, focus: undefined })), ...others.map((atom) => ({ atom, focus }))];
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
    const living = this.expressionsAt(atom);
    const [before, after] = [this.before.at(atom, living), this.after.at(atom, living)];
    const isFor = ({ path, morePaths = [] }: Rule, of: PathClass) => (
      (path?.kind !== 'regex' || of.matched.has(path.key)) && morePaths.every(({ test, isPositive }) => passes(test, of.path) === isPositive)
    );
    const matching = (rules: readonly Positioned[], of: PathClass) => rules.map(({ rule }) => rule).filter((rule) => isFor(rule, of));
    const expressions = this.expressionsIn(living, before, after);
    return {
      expressions,
      length: before.length + after.length,
      listsFor: (of) => [matching(before, of), matching(after, of)],
      isOf: (of, path) => atomContains(atom, path) && firstMatched(expressions, of.matched)
        === firstMatched(expressions, new Set(this.living.matchedBy(path).map(({ test }) => test.key))),
    };
  }

  /** Of one path, those that it matches. */
  private expressionsAt({ node: { text }, kind }: PathAtom): readonly LivingExpression[] {
    if (pathStateAfter(text) === undefined) return [];
    return kind === 'exact' ? this.living.matchedBy(text) : this.living.after(text);
  }

  /** The expressions of a set are first, so that they are looked at even for paths for which a rule is certain. */
  private expressionsIn(
    living: readonly LivingExpression[], before: readonly Positioned[], after: readonly Positioned[],
  ): readonly OrderedExpression[] {
    if (living.length === 0) return [];
    const byKey = new Map(living.map((each) => [each.test.key, each]));
    const [b, a] = [before, after].map((rules) => testsIn(rules));
    const order = this.isOrdered ? commonOrder([...b.keys()], [...a.keys()]) : undefined;
    const keys = order ?? [...new Set([...b.keys(), ...a.keys()])];
    const isFinal = (key: string) => order !== undefined && b.get(key) === true && a.get(key) === true;
    return [
      ...living.filter(({ test }) => this.further.has(test.key)).map((each) => ({ ...each, isFinal: false })),
      ...keys.filter((key) => !this.further.has(key)).flatMap((key) => {
        const found = byKey.get(key);
        return found === undefined ? [] : [{ ...found, isFinal: isFinal(key) }];
      }),
    ];
  }
}

/** The expressions that are matched, as a key, up to the first after which no other one matters. */
function firstMatched(expressions: readonly OrderedExpression[], matched: ReadonlySet<string>): string {
  const found = expressions.filter(({ test }) => matched.has(test.key));
  const last = found.findIndex(({ isFinal }) => isFinal);
  return (last < 0 ? found : found.slice(0, last + 1)).map(({ test }) => test.key).join(' ');
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
function testsIn(rules: readonly Positioned[]): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { rule } of rules) {
    for (const test of testsOf(rule)) {
      if (test.kind === 'regex' && !found.has(test.key)) found.set(test.key, test === rule.path && isUnconditional(rule));
    }
  }
  return found;
}

/** An order in which both lists are in order; undefined if there is none. */
function commonOrder(before: readonly string[], after: readonly string[]): readonly string[] | undefined {
  const positions = new Map(before.map((test, i) => [test, i]));
  const merged: string[] = [];
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
