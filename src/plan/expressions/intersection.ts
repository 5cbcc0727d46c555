import { ANY_BYTE, Automaton, range, State } from './automaton';

/** How many pairs of states are looked at before the question stays open: a fraction of a second. */
const MAX_PAIRS = 200_000;

/** What stands beside a position: nothing, a letter of a word, a line break or another byte. */
enum Beside { NOTHING = 0, WORD = 1, NEWLINE = 2, OTHER = 3 }

const NEWLINE = range(10, 10);
const WORD = range(0x30, 0x39) | range(0x41, 0x5a) | range(0x5f, 0x5f) | range(0x61, 0x7a);

/** The bytes that may follow, by what they are. */
const FOLLOWING: readonly (readonly [Beside, bigint])[] = [
  [Beside.NOTHING, 0n], [Beside.WORD, WORD], [Beside.NEWLINE, NEWLINE], [Beside.OTHER, ANY_BYTE & ~WORD & ~NEWLINE],
];

/** The same for automata without conditions, to which one byte is like another. */
const FOLLOWING_UNCONDITIONALLY: typeof FOLLOWING = [[Beside.NOTHING, 0n], [Beside.OTHER, ANY_BYTE]];

/** RE2's bits for what a condition asks of a position. */
enum Condition { LINE_BEGINS = 1, LINE_ENDS = 2, TEXT_BEGINS = 4, TEXT_ENDS = 8, WORD_BORDER = 16, NO_WORD_BORDER = 32 }

/** A state of both automata, what was read last and what comes next. */
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly last: Beside;
  readonly next: number;
}

/**
 * Whether some text satisfies both automata; undefined when that takes too long to find out. The work is bounded by the number of
 * pairs of their states.
 *
 * @internal
 */
export function haveCommonText(a: Automaton, b: Automaton): boolean | undefined {
  const following = [a, b].some(({ states }) => states.some(({ kind }) => kind === 'condition')) ? FOLLOWING : FOLLOWING_UNCONDITIONALLY;
  const open: Pair[] = [];
  const seen = new Set<number>();
  const visit = (pair: Pair): void => {
    const key = ((pair.a * b.states.length + pair.b) * FOLLOWING.length + pair.last) * FOLLOWING.length + pair.next;
    if (seen.has(key)) return;
    seen.add(key);
    open.push(pair);
  };
  const read = (toA: number, toB: number, last: Beside): void => following.forEach((_, next) => visit({ a: toA, b: toB, last, next }));
  read(a.start, b.start, Beside.NOTHING);
  while (open.length > 0) {
    if (seen.size > MAX_PAIRS) return undefined;
    const pair = open.pop()!;
    const [beside, bytes] = following[pair.next];
    const [x, y] = [a.states[pair.a], b.states[pair.b]];
    const step = stepsOf(x, pair.last, beside);
    if (step !== undefined) {
      for (const to of step) visit({ ...pair, a: to });
      continue;
    }
    const stepB = stepsOf(y, pair.last, beside);
    if (stepB !== undefined) {
      for (const to of stepB) visit({ ...pair, b: to });
      continue;
    }
    if (x.kind === 'match' && y.kind === 'match' && beside === Beside.NOTHING) return true;
    if (x.kind === 'read' && y.kind === 'read' && (x.bytes & y.bytes & bytes) !== 0n) read(x.to, y.to, beside);
  }
  return false;
}

/** Where a state leads without reading a byte; undefined for one that reads or ends. */
function stepsOf(state: State, last: Beside, next: Beside): readonly number[] | undefined {
  switch (state.kind) {
    case 'fork': return [state.to, state.or];
    case 'group': return [state.to];
    case 'condition': return holds(state.conditions, last, next) ? [state.to] : [];
    case 'fail': return [];
    default: return undefined;
  }
}

function holds(conditions: number, last: Beside, next: Beside): boolean {
  const border = (last === Beside.WORD) !== (next === Beside.WORD);
  const found = (last === Beside.NOTHING ? Condition.TEXT_BEGINS : 0)
    | (next === Beside.NOTHING ? Condition.TEXT_ENDS : 0)
    | (last === Beside.NOTHING || last === Beside.NEWLINE ? Condition.LINE_BEGINS : 0)
    | (next === Beside.NOTHING || next === Beside.NEWLINE ? Condition.LINE_ENDS : 0)
    | (border ? Condition.WORD_BORDER : Condition.NO_WORD_BORDER);
  return (conditions & ~found) === 0;
}
