import { Automaton, State } from './automaton';
import { Work } from './work';

/**
 * The states in which an automaton can be after the same bytes.
 *
 * @internal
 */
export interface StateSet {
  /** The numbers of the states that read or match, and from which a match can be reached. */
  readonly numbers: readonly number[];
  /** The states. */
  readonly states: readonly State[];
  /** Whether the bytes so far are a match. */
  readonly matches: boolean;
  /** The sets that follow, by byte. */
  readonly next: Map<number, StateSet>;
}

/**
 * The sets of states of an automaton without conditions. Each is created once, so that a text whose beginning was read before takes one
 * lookup for each byte.
 *
 * @internal
 */
export class StateSets {
  /** The states before the first byte. */
  public readonly start: StateSet;
  private readonly known = new Map<string, StateSet>();
  private readonly live: ReadonlySet<number>;

  constructor(private readonly automaton: Automaton) {
    this.live = liveStates(automaton);
    this.start = this.setOf([automaton.start]);
  }

  /** The states after some bytes; undefined if the limit of work is reached. */
  public after(bytes: string, work: Work): StateSet | undefined {
    let set = this.start;
    for (let i = 0; i < bytes.length && set.numbers.length > 0; i++) {
      if (!work.spend(1)) return undefined;
      const byte = bytes.charCodeAt(i);
      const next = set.next.get(byte);
      if (next === undefined && !work.spend(set.numbers.length)) return undefined;
      set = next ?? this.read(set, byte);
    }
    return set;
  }

  /** The states after one more byte. */
  public read(set: StateSet, byte: number): StateSet {
    const known = set.next.get(byte);
    if (known !== undefined) return known;
    const bit = 1n << BigInt(byte);
    const next = this.setOf(set.states.flatMap((state) => (state.kind === 'read' && (state.bytes & bit) !== 0n ? [state.to] : [])));
    set.next.set(byte, next);
    return next;
  }

  private setOf(starts: readonly number[]): StateSet {
    const numbers = reachable(this.automaton, starts).filter((number) => this.live.has(number));
    const key = numbers.join(' ');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const states = numbers.map((number) => this.automaton.states[number]);
    const set = { numbers, states, matches: states.some(({ kind }) => kind === 'match'), next: new Map<number, StateSet>() };
    this.known.set(key, set);
    return set;
  }
}

/**
 * The states from which a match can be reached. Conditions are ignored.
 *
 * @internal
 */
export function liveStates({ states }: Automaton): ReadonlySet<number> {
  const before: number[][] = states.map(() => []);
  const live = new Set<number>();
  states.forEach((state, number) => {
    if (state.kind === 'match') live.add(number);
    if (state.kind === 'match' || state.kind === 'fail' || (state.kind === 'read' && state.bytes === 0n)) return;
    for (const to of state.kind === 'fork' ? [state.to, state.or] : [state.to]) before[to].push(number);
  });
  // Iterating over a Set also visits elements that are added meanwhile.
  for (const number of live) before[number].forEach((each) => live.add(each));
  return live;
}

/**
 * Whether an automaton has conditions such as the border of a word.
 *
 * @internal
 */
export function hasConditions({ states }: Automaton): boolean {
  return states.some(({ kind }) => kind === 'condition');
}

/**
 * The states that read or match, and follow without reading a byte. Conditions are ignored.
 *
 * @internal
 */
export function reachable({ states }: Automaton, starts: readonly number[]): number[] {
  const seen = new Set(starts);
  // Iterating over a Set also visits elements that are added meanwhile.
  for (const number of seen) {
    const state = states[number];
    if (state.kind === 'group' || state.kind === 'fork' || state.kind === 'condition') seen.add(state.to);
    if (state.kind === 'fork') seen.add(state.or);
  }
  return [...seen].filter((number) => states[number].kind === 'read' || states[number].kind === 'match').sort((a, b) => a - b);
}
