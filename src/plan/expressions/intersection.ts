import { ANY_BYTE, Automaton, range, State } from './automaton';
import { hasConditions } from './state-sets';
import { Work } from './work';

/**
 * Maximum number of pairs of states to visit before giving up, which takes a fraction of a second.
 *
 * @internal
 */
export const MAX_INTERSECTION_STEPS = 200_000;

/**
 * What is next to a position: nothing, a word character, a line break or another byte.
 *
 * @internal
 */
export enum Neighbour { NOTHING = 0, WORD = 1, NEWLINE = 2, OTHER = 3 }

const NEWLINE = range(10, 10);
const WORD = range(0x30, 0x39) | range(0x41, 0x5a) | range(0x5f, 0x5f) | range(0x61, 0x7a);

/** The bytes that may follow, by kind. */
const FOLLOWING: readonly (readonly [Neighbour, bigint])[] = [
  [Neighbour.NOTHING, 0n], [Neighbour.WORD, WORD], [Neighbour.NEWLINE, NEWLINE], [Neighbour.OTHER, ANY_BYTE & ~WORD & ~NEWLINE],
];

/** The same for automata without conditions, which need not distinguish bytes. */
const FOLLOWING_UNCONDITIONALLY: typeof FOLLOWING = [[Neighbour.NOTHING, 0n], [Neighbour.OTHER, ANY_BYTE]];

/** RE2's bits for the conditions on a position. */
enum Condition { LINE_BEGINS = 1, LINE_ENDS = 2, TEXT_BEGINS = 4, TEXT_ENDS = 8, WORD_BORDER = 16, NO_WORD_BORDER = 32 }

/** A state of each automaton, the kind of the last byte, and that of the next one. */
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly last: Neighbour;
  readonly next: number;
}

/**
 * Whether some string satisfies both automata; undefined if that takes too long to find out. The work is bounded by the number of
 * pairs of their states.
 *
 * @internal
 */
export function haveCommonText(a: Automaton, b: Automaton, work: Work = new Work(MAX_INTERSECTION_STEPS)): boolean | undefined {
  const following = hasConditions(a) || hasConditions(b) ? FOLLOWING : FOLLOWING_UNCONDITIONALLY;
  const open: Pair[] = [];
  const seen = new Set<number>();
  const visit = (pair: Pair): void => {
    const key = ((pair.a * b.states.length + pair.b) * FOLLOWING.length + pair.last) * FOLLOWING.length + pair.next;
    if (seen.has(key)) return;
    seen.add(key);
    open.push(pair);
  };
  const read = (toA: number, toB: number, last: Neighbour): void => following.forEach((_, next) => visit({ a: toA, b: toB, last, next }));
  read(a.start, b.start, Neighbour.NOTHING);
  while (open.length > 0) {
    if (!work.spend(1)) return undefined;
    const pair = open.pop()!;
    const [next, bytes] = following[pair.next];
    const [x, y] = [a.states[pair.a], b.states[pair.b]];
    const step = stepsOf(x, pair.last, next);
    if (step !== undefined) {
      for (const to of step) visit({ ...pair, a: to });
      continue;
    }
    const stepB = stepsOf(y, pair.last, next);
    if (stepB !== undefined) {
      for (const to of stepB) visit({ ...pair, b: to });
      continue;
    }
    if (x.kind === 'match' && y.kind === 'match' && next === Neighbour.NOTHING) return true;
    if (x.kind === 'read' && y.kind === 'read' && (x.bytes & y.bytes & bytes) !== 0n) read(x.to, y.to, next);
  }
  return false;
}

/**
 * The kind of a byte.
 *
 * @internal
 */
export function neighbourOf(byte: number): Neighbour {
  if (byte === 10) return Neighbour.NEWLINE;
  return /\w/.test(String.fromCharCode(byte)) ? Neighbour.WORD : Neighbour.OTHER;
}

/**
 * The states that follow without reading a byte; undefined for a state that reads or ends.
 *
 * @internal
 */
export function stepsOf(state: State, last: Neighbour, next: Neighbour): readonly number[] | undefined {
  switch (state.kind) {
    case 'fork': return [state.to, state.or];
    case 'group': return [state.to];
    case 'condition': return holds(state.conditions, last, next) ? [state.to] : [];
    case 'fail': return [];
    default: return undefined;
  }
}

function holds(conditions: number, last: Neighbour, next: Neighbour): boolean {
  const border = (last === Neighbour.WORD) !== (next === Neighbour.WORD);
  const found = (last === Neighbour.NOTHING ? Condition.TEXT_BEGINS : 0)
    | (next === Neighbour.NOTHING ? Condition.TEXT_ENDS : 0)
    | (last === Neighbour.NOTHING || last === Neighbour.NEWLINE ? Condition.LINE_BEGINS : 0)
    | (next === Neighbour.NOTHING || next === Neighbour.NEWLINE ? Condition.LINE_ENDS : 0)
    | (border ? Condition.WORD_BORDER : Condition.NO_WORD_BORDER);
  return (conditions & ~found) === 0;
}
