import { ANY_BYTE, Automaton, range, State } from './automaton';

/** Maximum number of pairs to visit before giving up, which takes a fraction of a second. */
const MAX_PAIRS = 20_000;

/** The bytes that headers and paths of requests can have: no line break and no zero. */
const SENDABLE = ANY_BYTE & ~(range(0, 0) | range(10, 10) | range(13, 13));

/** A state of the inner automaton, and all states in which the outer one can be after the same bytes. */
interface Pair {
  readonly inner: number;
  readonly outer: readonly number[];
}

/**
 * Whether every header or path that satisfies one automaton satisfies another one; undefined if that takes too long to find out, or if one of
 * them has conditions such as the border of a word.
 *
 * @internal
 */
export function isIncluded(inner: Automaton, outer: Automaton): boolean | undefined {
  if ([inner, outer].some(({ states }) => states.some(({ kind }) => kind === 'condition'))) return undefined;
  const open: Pair[] = [];
  const seen = new Set<string>();
  const visit = (starts: readonly number[], outerStates: readonly number[]): void => {
    const key = outerStates.join(' ');
    for (const state of reachable(inner, starts)) {
      if (seen.has(`${state}:${key}`)) continue;
      seen.add(`${state}:${key}`);
      open.push({ inner: state, outer: outerStates });
    }
  };
  visit([inner.start], reachable(outer, [outer.start]));
  while (open.length > 0) {
    if (seen.size > MAX_PAIRS) return undefined;
    const { inner: number, outer: numbers } = open.pop()!;
    const state = inner.states[number];
    if (state.kind === 'match' && !numbers.some((each) => outer.states[each].kind === 'match')) return false;
    if (state.kind !== 'read') continue;
    for (const bytes of partsOf(state.bytes & SENDABLE, numbers.map((each) => outer.states[each]))) {
      const next = numbers.flatMap((each) => targetsOf(outer.states[each], bytes));
      visit([state.to], reachable(outer, next));
    }
  }
  return true;
}

/** The bytes, divided so that each state reads all or none of a part. */
function partsOf(bytes: bigint, states: readonly State[]): bigint[] {
  let parts = bytes === 0n ? [] : [bytes];
  for (const state of states) {
    if (state.kind !== 'read') continue;
    parts = parts.flatMap((part) => [part & state.bytes, part & ~state.bytes]).filter((part) => part !== 0n);
  }
  return parts;
}

function targetsOf(state: State, bytes: bigint): number[] {
  return state.kind === 'read' && (state.bytes & bytes) !== 0n ? [state.to] : [];
}

/** The states that read or match, and follow without reading a byte. */
function reachable({ states }: Automaton, starts: readonly number[]): number[] {
  const seen = new Set(starts);
  // Iterating over a Set also visits elements that are added meanwhile.
  for (const number of seen) {
    const state = states[number];
    if (state.kind === 'group' || state.kind === 'fork') seen.add(state.to);
    if (state.kind === 'fork') seen.add(state.or);
  }
  return [...seen].filter((number) => ['read', 'match'].includes(states[number].kind)).sort((a, b) => a - b);
}
