import { ANY_BYTE, Automaton, range, State } from './automaton';
import { hasConditions, reachable, StateSet } from './state-sets';
import { Work } from './work';

/**
 * Maximum number of steps before giving up, which take a fraction of a second.
 *
 * @internal
 */
export const MAX_INCLUSION_STEPS = 200_000;

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
export function isIncluded(inner: Automaton, outer: Automaton, work: Work = new Work(MAX_INCLUSION_STEPS)): boolean | undefined {
  if (hasConditions(inner) || hasConditions(outer)) return undefined;
  return isIncludedFrom(inner, outer, reachable(outer, [outer.start]), work);
}

/** Everything, as paths and headers can have it. */
const ANYTHING: Automaton = { start: 0, states: [{ kind: 'fork', to: 1, or: 2 }, { kind: 'match' }, { kind: 'read', bytes: SENDABLE, ranges: 1, to: 0 }] };

/**
 * Whether an automaton without conditions matches every header or path, after bytes that lead to some of its states; undefined if that takes
 * too long to find out.
 *
 * @internal
 */
export function matchesAllAfter({ numbers }: StateSet, outer: Automaton, work: Work): boolean | undefined {
  return isIncludedFrom(ANYTHING, outer, numbers, work);
}

function isIncludedFrom(inner: Automaton, outer: Automaton, outerStart: readonly number[], work: Work): boolean | undefined {
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
  visit([inner.start], outerStart);
  while (open.length > 0) {
    const { inner: number, outer: numbers } = open.pop()!;
    const state = inner.states[number];
    if (state.kind === 'match' && !numbers.some((each) => outer.states[each].kind === 'match')) return false;
    if (state.kind !== 'read') continue;
    const parts = partsOf(state.bytes & SENDABLE, numbers.map((each) => outer.states[each]));
    if (!work.spend((1 + parts.length) * (1 + numbers.length))) return undefined;
    for (const bytes of parts) {
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
