import { Work } from '../../../src/plan/expressions/work';
import { LivingExpressions } from '../../../src/proofs/paths/living-expressions';
import { OrderedExpression, pathClasses, wordOfClass } from '../../../src/proofs/paths/path-classes';
import { atomContains, PathAtom, PathTree } from '../../../src/proofs/paths/path-tree';
import { passes, Test, testFor } from '../../../src/proofs/words/string-test';

const EXPRESSIONS = ['/a.*', '.*b', '/[ab]/', '(?i)/AB.*'].map((value) => testFor('regex', value));

/** Expressions that paths of an atom may match. */
function expressionsAt({ node, kind }: PathAtom, tests: readonly Test[], isFinal = false): readonly OrderedExpression[] {
  const all = new LivingExpressions(tests);
  return (kind === 'exact' ? all.matchedBy(node.text) : all.after(node.text)).map((each) => ({ ...each, isFinal }));
}

const atomsOf = (tree: PathTree) => [...tree.atomsBelow(tree.root)];
const work = () => new Work(1_000_000);

/** All paths of up to four characters of a small alphabet. */
const PATHS = ['', '/', 'a', 'b', 'B'].flatMap((x) => ['', '/', 'a', 'b'].flatMap((y) => ['', '/', 'a', 'b'].map((z) => `/${x}${y}${z}`)));

test('each path belongs to one atom', () => {
  const atoms = atomsOf(new PathTree(new Set(['/a', '/a/b', '/b']), new Set(['/a', '/a/', '/ab'])));
  for (const path of PATHS) expect([path, atoms.filter((atom) => atomContains(atom, path)).length]).toEqual([path, 1]);
  expect(atoms.map(({ kind, node }) => `${kind} ${node.text}`).sort()).toEqual(['below ', 'below /a', 'below /a/', 'below /ab', 'exact /a', 'exact /a/b', 'exact /b']);
});

test('the classes of an atom are the combinations of expressions that its paths match', () => {
  for (const atom of atomsOf(new PathTree(new Set(['/a']), new Set(['/a', '/b/'])))) {
    const classes = pathClasses(atom, expressionsAt(atom, EXPRESSIONS), undefined, work())!;
    const keys = new Set(classes.map(({ matched }) => [...matched].sort().join()));
    expect(keys.size).toBe(classes.length);
    for (const { path, matched } of classes) {
      expect(atomContains(atom, path)).toBe(true);
      expect(EXPRESSIONS.filter((test) => passes(test, path)).map(({ key }) => key)).toEqual([...matched]);
    }
    for (const path of PATHS.filter((each) => atomContains(atom, each))) {
      expect(keys).toContain(EXPRESSIONS.filter((test) => passes(test, path)).map(({ key }) => key).sort().join());
    }
  }
});

test('only paths that match an expression in focus are looked at', () => {
  const [atom] = atomsOf(new PathTree(new Set(), new Set()));
  const [focus] = EXPRESSIONS;
  const classes = pathClasses(atom, expressionsAt(atom, EXPRESSIONS), new Set([focus.key]), work())!;
  expect(classes.length).toBeGreaterThan(0);
  expect(classes.every(({ matched }) => matched.has(focus.key))).toBe(true);
});

test('expressions after one that is final do not multiply', () => {
  const many = Array.from({ length: 30 }, (_, i) => testFor('regex', `.*n${i}x.*`));
  const [atom] = atomsOf(new PathTree(new Set(), new Set()));
  expect(pathClasses(atom, expressionsAt(atom, many, true), undefined, new Work(20_000_000))).toBeDefined();
  expect(pathClasses(atom, expressionsAt(atom, many), undefined, new Work(200_000))).toBeUndefined();
});

test.each([['/a/../b', 'exact'], ['/%41', 'below'], ['/a?x', 'exact'], ['no-slash', 'below']] as const)('no path that reaches routes is %s', (text, kind) => {
  const tree = new PathTree(new Set(kind === 'exact' ? [text] : []), new Set(kind === 'below' ? [text] : []));
  expect(pathClasses({ node: tree.at(text)!, kind }, [], undefined, work())).toEqual([]);
});

test('examples are paths that people know', () => {
  const below = (prefix: string): PathAtom => ({ node: new PathTree(new Set(), new Set([prefix])).at(prefix)!, kind: 'below' });
  const example = (prefix: string) => pathClasses(below(prefix), [], undefined, work())![0].path;
  expect([example('/v2/models/iris/'), example('/inference.GRPCInferenceService/'), example('/')]).toEqual(['/v2/models/iris/infer', '/inference.GRPCInferenceService/ModelInfer', '/']);
});

test.each([
  ['/v2/', '/v2/infer', '(?s:.*)z', true, '/v2/z'],
  ['/v2/', '/v2/infer', '/v2/infer', false, '/v2/'],
  ['/v2/', '/v2/infer', '/v2/infer', true, '/v2/infer'],
  ['/v2/', '/v2/infer', '/v3/.*', true, undefined],
  ['/v2/', '/v2/infer', '/v2/.*', false, undefined],
])('below %s, another path than %s that matches %s: %s', (prefix, path, expression, isSatisfied, word) => {
  const atom: PathAtom = { node: new PathTree(new Set(), new Set([prefix])).at(prefix)!, kind: 'below' };
  const wanted = { test: testFor('regex', expression), isSatisfied, includes: (other: string) => atomContains(atom, other) };
  expect(wordOfClass(atom, [], { path, matched: new Set() }, wanted, work())).toEqual(word === undefined ? 'none' : { word });
});
