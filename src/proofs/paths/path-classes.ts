import { LivingExpression } from './living-expressions';
import { atomContains, PathAtom, PathNode } from './path-tree';
import { Work } from '../../plan/expressions/work';
import { lazyAutomaton } from '../words/automata';
import { Found } from '../words/find-word';
import { Place, refined } from '../words/lazy-automaton';
import { canEnd, nextPathState, PATH_BYTES, PathState, pathStateAfter } from '../words/paths-as-sent';
import { passes, Test } from '../words/string-test';

/**
 * Paths that all conditions treat alike.
 *
 * @internal
 */
export interface PathClass {
  /** One of them. */
  readonly path: string;
  /** The keys of the expressions that they match. */
  readonly matched: ReadonlySet<string>;
}

/**
 * An expression that paths of an atom may match, in the order in which it is tried.
 *
 * @internal
 */
export interface OrderedExpression extends LivingExpression {
  /** Whether no later expression matters for paths that it matches. */
  readonly isFinal: boolean;
}

const ENDINGS_OF_FOLDERS = ['infer', '', 'x', 'other', '-'];
const ENDINGS = ['', '/x', '/', 'x', '-x', '/other', '0'];

/**
 * The classes of the paths of an atom, by the expressions that they match.
 *
 * @param expressions The expressions that paths of the atom may match.
 * @param focus The keys of expressions of which paths must match one to matter; undefined if all paths matter.
 * @returns undefined if the limit of work is reached.
 * @internal
 */
export function pathClasses(
  atom: PathAtom, expressions: readonly OrderedExpression[], focus: ReadonlySet<string> | undefined, work: Work,
): readonly PathClass[] | undefined {
  const { node: { text }, kind } = atom;
  const state = pathStateAfter(text);
  // No path that reaches the routes begins so.
  if (state === undefined) return [];
  if (focus !== undefined && !expressions.some(({ test }) => focus.has(test.key))) return [];
  if (kind === 'exact') return canEnd(state) ? [{ path: text, matched: new Set(expressions.map(({ test }) => test.key)) }] : [];
  if (expressions.length > 0) return new PathSearch(atom, expressions, focus, work).run();
  const likely = likelyPaths(text).find((path) => atomContains(atom, path) && isSent(path));
  return likely === undefined ? new PathSearch(atom, [], undefined, work).run() : [{ path: likely, matched: new Set() }];
}

/**
 * What a path of a class is looked for by.
 *
 * @internal
 */
export interface WantedPath {
  /** A test. */
  readonly test: Test;
  /** Whether the path satisfies it. */
  readonly isSatisfied: boolean;
  /** Whether a path of the atom belongs to the class. */
  includes(path: string): boolean;
}

/**
 * A path of a class that satisfies a test with an expression, or one that does not.
 *
 * @internal
 */
export function wordOfClass(
  atom: PathAtom, expressions: readonly OrderedExpression[], { path }: PathClass, { test, isSatisfied, includes }: WantedPath, work: Work,
): Found {
  if (passes(test, path) === isSatisfied) return { word: path };
  if (atom.kind === 'exact') return 'none';
  const automaton = lazyAutomaton(test.value);
  let place = automaton.start;
  for (const char of atom.node.text) place = automaton.next(place, char.charCodeAt(0));
  if (place.isDead) return 'none';
  const found = pathClasses(atom, [{ test, automaton, place, isFinal: false }, ...expressions], undefined, work);
  if (found === undefined) return 'limit';
  const other = found.find((each) => each.matched.has(test.key) === isSatisfied && includes(each.path));
  return other === undefined ? 'none' : { word: other.path };
}

/** Methods of gRPC services that people call. */
const CALLS = [
  ...['ModelInfer', 'ModelReady', 'ModelMetadata', 'ServerReady'].map((method) => `/inference.GRPCInferenceService/${method}`),
  '/seldon.protos.Seldon/Predict', '/seldon.protos.Seldon/SendFeedback', '/tensorflow.serving.PredictionService/Predict',
];

function likelyPaths(text: string): readonly string[] {
  return [...text.length < 3 ? [] : CALLS.filter((call) => call.startsWith(text)), ...likelyEndings(text)];
}

function likelyEndings(text: string): readonly string[] {
  if (text === '') return ['/', '/other', '/x', '/another/path'];
  if (text === '/') return ['/', ...ENDINGS_OF_FOLDERS.map((ending) => text + ending)];
  return (text.endsWith('/') ? ENDINGS_OF_FOLDERS : ENDINGS).map((ending) => text + ending);
}

function isSent(path: string): boolean {
  const state = pathStateAfter(path);
  return state !== undefined && canEnd(state);
}

/** The characters of the strings below an atom, which are other atoms. */
interface TrieNode {
  readonly next: Map<number, TrieNode>;
  readonly id: number;
  node?: PathNode;
}

/** An expression that can still match, and the state of its automaton. */
interface Living {
  readonly index: number;
  readonly place: Place;
}

interface SearchState {
  readonly path: string;
  readonly sent: PathState;
  readonly trie: TrieNode | undefined;
  readonly living: readonly Living[];
  readonly key: string;
}

/** Breadth first over the product of the expressions that can still match. */
class PathSearch {
  private readonly focused: ReadonlySet<number> | undefined;
  private readonly trie: TrieNode;
  private readonly bytes: readonly number[];
  private readonly found = new Map<string, PathClass>();

  constructor(
    private readonly atom: PathAtom, private readonly expressions: readonly OrderedExpression[], focus: ReadonlySet<string> | undefined,
    private readonly work: Work,
  ) {
    this.focused = focus === undefined ? undefined : new Set(expressions.flatMap(({ test }, i) => (focus.has(test.key) ? [i] : [])));
    this.trie = trieOf(atom.node);
    this.bytes = representatives(expressions, atom.node);
  }

  public run(): readonly PathClass[] | undefined {
    const { text } = this.atom.node;
    const start = this.reduced(this.expressions.map(({ place }, index): Living => ({ index, place })));
    const first = stateOf(text, pathStateAfter(text)!, this.trie, start);
    // Paths that people know are examples of their classes, even if there are shorter ones.
    for (const path of likelyPaths(text)) this.follow(first, path.slice(text.length));
    const seen = new Set([first.key]);
    const queue = [first];
    for (const state of queue) {
      this.collect(state);
      if (this.expressions.length === 0 && this.found.size > 0) break;
      for (const byte of this.bytes) {
        if (!this.work.spend(1 + state.living.length)) return undefined;
        const next = this.next(state, byte);
        if (next === undefined || seen.has(next.key)) continue;
        seen.add(next.key);
        queue.push(next);
      }
    }
    return [...this.found.values()];
  }

  private follow(first: SearchState, rest: string): void {
    let state: SearchState | undefined = first;
    for (let i = 0; i < rest.length && state !== undefined; i += 1) state = this.next(state, rest.charCodeAt(i));
    if (state !== undefined) this.collect(state);
  }

  private collect({ path, sent, trie, living }: SearchState): void {
    const isOwn = trie === this.trie ? !this.atom.node.isExact : trie?.node === undefined;
    if (!isOwn || !canEnd(sent)) return;
    const accepting = living.filter(({ place }) => place.accepts).map(({ index }) => index);
    if (this.focused !== undefined && !accepting.some((index) => this.focused!.has(index))) return;
    const key = accepting.join(' ');
    if (this.found.has(key)) return;
    this.found.set(key, { path, matched: new Set(accepting.map((index) => this.expressions[index].test.key)) });
  }

  private next({ path, sent, trie, living }: SearchState, byte: number): SearchState | undefined {
    const nextSent = nextPathState(sent, byte);
    const nextTrie = trie?.next.get(byte);
    if (nextSent === undefined || nextTrie?.node?.isPrefix === true) return undefined;
    const after: Living[] = [];
    for (const { index, place } of living) {
      const next = this.expressions[index].automaton.next(place, byte);
      if (!next.isDead) after.push({ index, place: next });
    }
    const reduced = this.reduced(after);
    if (this.focused !== undefined && !reduced.some(({ index }) => this.focused!.has(index))) return undefined;
    return stateOf(path + String.fromCharCode(byte), nextSent, nextTrie, reduced);
  }

  /** Later ones do not matter once one that is final matches whatever follows. */
  private reduced(living: readonly Living[]): readonly Living[] {
    const last = living.findIndex(({ index, place }) => {
      const { isFinal, automaton } = this.expressions[index];
      return place.accepts && isFinal && automaton.isOpen(place);
    });
    return last < 0 ? living : living.slice(0, last + 1);
  }
}

function stateOf(path: string, sent: PathState, trie: TrieNode | undefined, living: readonly Living[]): SearchState {
  let key = `${sent} ${trie?.id ?? ''}`;
  for (const { index, place } of living) key += ` ${index}:${place.id}`;
  return { path, sent, trie, living, key };
}

function trieOf({ text, children }: PathNode): TrieNode {
  let count = 0;
  const create = (): TrieNode => ({ next: new Map(), id: count++ });
  const root = create();
  for (const child of children) {
    let at = root;
    for (let i = text.length; i < child.text.length; i += 1) {
      const byte = child.text.charCodeAt(i);
      let next = at.next.get(byte);
      if (next === undefined) at.next.set(byte, next = create());
      at = next;
    }
    at.node = child;
  }
  return root;
}

/** One byte of each class that neither an expression nor the strings below the atom tell apart. */
function representatives(expressions: readonly OrderedExpression[], { text, children }: PathNode): readonly number[] {
  const ofStrings = new Set<number>();
  for (const child of children) for (let i = text.length; i < child.text.length; i += 1) ofStrings.add(child.text.charCodeAt(i));
  let classes: readonly number[] = PATH_BYTES.map((byte) => (ofStrings.has(byte) || IS_SPECIAL.test(String.fromCharCode(byte)) ? byte : 0));
  for (const { automaton } of expressions) {
    if (new Set(classes).size === PATH_BYTES.length) break;
    classes = refined(classes, PATH_BYTES.map((byte) => automaton.classes[byte]));
  }
  const found = new Map<number, number>();
  PATH_BYTES.forEach((byte, i) => {
    if (!found.has(classes[i])) found.set(classes[i], byte);
  });
  return [...found.values()];
}

/** Bytes that the states of normalized paths tell apart. */
const IS_SPECIAL = /[/.%0-9A-Fa-f]/;
