import { atomContains, PathAtom, PathNode } from './path-tree';
import { Work } from '../../plan/expressions/work';
import { lazyAutomaton } from '../words/automata';
import { LazyAutomaton, Place } from '../words/lazy-automaton';
import { canEnd, nextPathState, PATH_BYTES, PathState, pathStateAfter } from '../words/paths-as-sent';
import { passes, Test } from '../words/test';

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
 * An expression in the order in which it is tried.
 *
 * @internal
 */
export interface OrderedExpression {
  readonly test: Test;
  /** Whether no later expression matters for paths that it matches. */
  readonly isFinal: boolean;
}

const ENDINGS_OF_FOLDERS = ['infer', '', 'x', 'other', '-'];
const ENDINGS = ['', '/x', '/', 'x', '-x', '/other', '0'];

/**
 * The classes of the paths of an atom, by the expressions that they match.
 *
 * @returns undefined if the limit of work is reached.
 * @internal
 */
export function pathClasses(atom: PathAtom, expressions: readonly OrderedExpression[], work: Work): readonly PathClass[] | undefined {
  const { node: { text }, kind } = atom;
  const state = pathStateAfter(text);
  // No path that reaches the routes begins so.
  if (state === undefined) return [];
  if (kind === 'exact') return canEnd(state) ? [classOf(text, expressions)] : [];
  if (expressions.length > 0) return searched(atom, expressions, work);
  const likely = likelyPaths(text).find((path) => atomContains(atom, path) && isSent(path));
  return likely === undefined ? searched(atom, [], work) : [{ path: likely, matched: new Set() }];
}

/**
 * A second path of a class, if there is one that is easily found.
 *
 * @internal
 */
export function otherPath(atom: PathAtom, { path, matched }: PathClass, expressions: readonly OrderedExpression[]): string | undefined {
  if (atom.kind === 'exact') return undefined;
  const longer = ENDINGS.filter((ending) => ending !== '').flatMap((ending) => [path + ending, `${atom.node.text}${ending}`]);
  return longer.find((other) => other !== path && isSent(other) && atomContains(atom, other)
    && expressions.every(({ test }) => passes(test, other) === matched.has(test.key)));
}

function classOf(path: string, expressions: readonly OrderedExpression[]): PathClass {
  return { path, matched: new Set(expressions.filter(({ test }) => passes(test, path)).map(({ test }) => test.key)) };
}

/** Methods of gRPC services that people call. */
const CALLS = ['/inference.GRPCInferenceService/ModelInfer', '/seldon.protos.Seldon/Predict', '/tensorflow.serving.PredictionService/Predict'];

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

interface SearchState {
  readonly path: string;
  readonly sent: PathState;
  readonly trie: TrieNode | undefined;
  readonly places: readonly (Place | undefined)[];
}

/** Breadth first over the product of the expressions that can still match. */
function searched(atom: PathAtom, expressions: readonly OrderedExpression[], work: Work): readonly PathClass[] | undefined {
  const { node } = atom;
  const automata = expressions.map(({ test }) => lazyAutomaton(test.value));
  const trie = trieOf(node);
  const bytes = representatives(automata, node);
  const cut = (places: readonly (Place | undefined)[]) => cutAfterFinal(places, automata, expressions);
  const first: SearchState = {
    path: node.text, sent: pathStateAfter(node.text)!, trie, places: cut(automata.map((each) => living(each.after(node.text)))),
  };
  const found = new Map<string, PathClass>();
  const seen = new Set([keyOf(first)]);
  const queue = [first];
  for (const state of queue) {
    const { path, sent, trie: at, places } = state;
    const isOwn = at === trie ? !node.isExact : at?.node === undefined;
    if (isOwn && canEnd(sent)) {
      const key = places.map((place) => (place?.accepts === true ? 1 : 0)).join('');
      if (!found.has(key)) found.set(key, { path, matched: new Set(expressions.filter((_, i) => places[i]?.accepts === true).map(({ test }) => test.key)) });
    }
    if (expressions.length === 0 && found.size > 0) break;
    for (const byte of bytes) {
      if (!work.spend(1 + expressions.length)) return undefined;
      const nextSent = nextPathState(sent, byte);
      const nextTrie = at?.next.get(byte);
      if (nextSent === undefined || nextTrie?.node?.isPrefix === true) continue;
      const next: SearchState = {
        path: path + String.fromCharCode(byte),
        sent: nextSent,
        trie: nextTrie,
        places: cut(places.map((place, i) => (place === undefined ? undefined : living(automata[i].next(place, byte))))),
      };
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return [...found.values()];
}

/** Later expressions do not matter once one that is final matches whatever follows. */
function cutAfterFinal(
  places: readonly (Place | undefined)[], automata: readonly LazyAutomaton[], expressions: readonly OrderedExpression[],
): readonly (Place | undefined)[] {
  const last = places.findIndex((place, i) => place?.accepts === true && expressions[i].isFinal && automata[i].isOpen(place));
  return last < 0 ? places : places.map((place, i) => (i > last ? undefined : place));
}

function living(place: Place): Place | undefined {
  return place.isDead ? undefined : place;
}

function keyOf({ sent, trie, places }: SearchState): string {
  return `${sent} ${trie?.id ?? ''} ${places.map((place) => place?.id ?? '').join(' ')}`;
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
function representatives(automata: readonly LazyAutomaton[], { text, children }: PathNode): readonly number[] {
  const ofStrings = new Set<number>();
  for (const child of children) for (let i = text.length; i < child.text.length; i += 1) ofStrings.add(child.text.charCodeAt(i));
  const found = new Map<string, number>();
  for (const byte of PATH_BYTES) {
    const char = String.fromCharCode(byte);
    const own = ofStrings.has(byte) || '/.%'.includes(char) || /[0-9A-Fa-f]/.test(char) ? char : '';
    const key = `${own} ${automata.map(({ classes }) => classes[byte]).join(' ')}`;
    if (!found.has(key)) found.set(key, byte);
  }
  return [...found.values()];
}
