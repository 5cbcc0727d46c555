import { atomContains, PathAtom, PathNode } from './path-tree';
import { Work } from '../../plan/expressions/work';
import { lazyAutomaton } from '../words/automata';
import { LazyAutomaton, Place } from '../words/lazy-automaton';
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
  /** Another one, if the search found one. */
  readonly second?: string;
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
 * @param focus Expressions of which paths must match one to matter; undefined if all paths matter.
 * @returns undefined if the limit of work is reached.
 * @internal
 */
export function pathClasses(
  atom: PathAtom, expressions: readonly OrderedExpression[], focus: readonly Test[] | undefined, work: Work,
): readonly PathClass[] | undefined {
  const { node: { text }, kind } = atom;
  const state = pathStateAfter(text);
  // No path that reaches the routes begins so.
  if (state === undefined) return [];
  if (!work.spend(1 + (focus?.length ?? 0))) return undefined;
  if (focus?.every((test) => lazyAutomaton(test.value).after(text).isDead) === true) return [];
  if (kind === 'exact') {
    if (!canEnd(state) || focus?.some((test) => passes(test, text)) === false) return [];
    return work.spend(expressions.length) ? [classOf(text, expressions)] : undefined;
  }
  if (expressions.length > 0) return new PathSearch(atom, expressions, focus, work).run();
  const likely = likelyPaths(text).find((path) => atomContains(atom, path) && isSent(path));
  return likely === undefined ? new PathSearch(atom, [], undefined, work).run() : [{ path: likely, matched: new Set() }];
}

/**
 * A second path of a class, if there is one that is easily found.
 *
 * @internal
 */
export function otherPath(atom: PathAtom, { path, second, matched }: PathClass, expressions: readonly OrderedExpression[]): string | undefined {
  if (atom.kind === 'exact') return undefined;
  if (second !== undefined) return second;
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
}

/** Breadth first over the product of the expressions that can still match. */
class PathSearch {
  private readonly automata: readonly LazyAutomaton[];
  private readonly focused: ReadonlySet<number> | undefined;
  private readonly trie: TrieNode;
  private readonly bytes: readonly number[];
  private readonly found = new Map<string, PathClass>();

  constructor(
    private readonly atom: PathAtom, private readonly expressions: readonly OrderedExpression[], focus: readonly Test[] | undefined,
    private readonly work: Work,
  ) {
    this.automata = expressions.map(({ test }) => lazyAutomaton(test.value));
    const keys = focus === undefined ? undefined : new Set(focus.map(({ key }) => key));
    this.focused = keys === undefined ? undefined : new Set(expressions.flatMap(({ test }, i) => (keys.has(test.key) ? [i] : [])));
    this.trie = trieOf(atom.node);
    this.bytes = representatives(this.automata, atom.node);
  }

  public run(): readonly PathClass[] | undefined {
    const { text } = this.atom.node;
    const start = this.automata.map((each, index): Living => ({ index, place: each.after(text) }));
    const first: SearchState = { path: text, sent: pathStateAfter(text)!, trie: this.trie, living: this.reduced(start) };
    // Paths that people know are examples of their classes, even if there are shorter ones.
    for (const path of likelyPaths(text)) this.follow(first, path.slice(text.length));
    const seen = new Set([keyOf(first)]);
    const queue = [first];
    for (const state of queue) {
      this.collect(state);
      if (this.expressions.length === 0 && this.found.size > 0) break;
      for (const byte of this.bytes) {
        if (!this.work.spend(1 + state.living.length)) return undefined;
        const next = this.next(state, byte);
        if (next === undefined || seen.has(keyOf(next))) continue;
        seen.add(keyOf(next));
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
    const known = this.found.get(key);
    if (known === undefined) this.found.set(key, { path, matched: new Set(accepting.map((index) => this.expressions[index].test.key)) });
    else if (known.second === undefined && known.path !== path) this.found.set(key, { ...known, second: path });
  }

  private next({ path, sent, trie, living }: SearchState, byte: number): SearchState | undefined {
    const nextSent = nextPathState(sent, byte);
    const nextTrie = trie?.next.get(byte);
    if (nextSent === undefined || nextTrie?.node?.isPrefix === true) return undefined;
    const after = living.map(({ index, place }): Living => ({ index, place: this.automata[index].next(place, byte) }));
    const reduced = this.reduced(after);
    if (this.focused !== undefined && !reduced.some(({ index }) => this.focused!.has(index))) return undefined;
    return { path: path + String.fromCharCode(byte), sent: nextSent, trie: nextTrie, living: reduced };
  }

  /** Those that can still match. Later ones do not matter once one that is final matches whatever follows. */
  private reduced(all: readonly Living[]): readonly Living[] {
    const living = all.filter(({ place }) => !place.isDead);
    const last = living.findIndex(({ index, place }) => place.accepts && this.expressions[index].isFinal && this.automata[index].isOpen(place));
    return last < 0 ? living : living.slice(0, last + 1);
  }
}

function keyOf({ sent, trie, living }: SearchState): string {
  return `${sent} ${trie?.id ?? ''} ${living.map(({ index, place }) => `${index}:${place.id}`).join(' ')}`;
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
