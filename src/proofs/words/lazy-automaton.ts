import { Automaton } from '../../plan/expressions/automaton';
import { Neighbour, neighbourOf, stepsOf } from '../../plan/expressions/intersection';
import { liveStates } from '../../plan/expressions/state-sets';
import { computeIfAbsent } from '../../plan/groups';

/**
 * A state of a deterministic automaton.
 *
 * @internal
 */
export interface Place {
  /** Its number, which is unique in its automaton. */
  readonly id: number;
  /** Whether the text so far is accepted. */
  readonly accepts: boolean;
  /** Whether no continuation is accepted. */
  readonly isDead: boolean;
}

interface ReadPlace extends Place {
  readonly states: readonly number[];
  readonly last: Neighbour;
  readonly next: (ReadPlace | undefined)[];
  /** Whether all continuations are accepted, once it is known. */
  isOpen?: boolean;
}

/** So many states are visited to find out whether all continuations are accepted. */
const MAX_OPEN_STATES = 64;

/**
 * An expression as a deterministic automaton over bytes, whose states are made when they are visited. Conditions on a position, such as the
 * border of a word, are followed.
 *
 * @internal
 */
export class LazyAutomaton {
  /** The state before the first byte. */
  public readonly start: Place;
  /** For each byte, the number of its class: no state tells the bytes of a class apart. */
  public readonly classes: readonly number[];
  private readonly places = new Map<string, ReadPlace>();
  private readonly live: ReadonlySet<number>;
  private readonly reads: readonly (Uint8Array | undefined)[];
  private readonly representatives: readonly number[];

  constructor(private readonly automaton: Automaton) {
    this.live = liveStates(automaton);
    this.reads = automaton.states.map((state) => (state.kind === 'read' ? bitsOf(state.bytes) : undefined));
    this.classes = this.classify();
    this.representatives = [...new Map(this.classes.map((each, byte) => [each, byte])).values()];
    this.start = this.placeOf([automaton.start], Neighbour.NOTHING);
  }

  /** How many states were made. */
  public get size(): number {
    return this.places.size;
  }

  /** The state after one more byte. */
  public next(place: Place, byte: number): Place {
    const from = place as ReadPlace;
    const kind = this.classes[byte];
    const known = from.next[kind];
    if (known !== undefined) return known;
    const targets: number[] = [];
    for (const number of this.closure(from.states, from.last, neighbourOf(byte))) {
      const state = this.automaton.states[number];
      if (state.kind === 'read' && this.reads[number]![byte] === 1) targets.push(state.to);
    }
    return from.next[kind] = this.placeOf(targets, neighbourOf(byte));
  }

  /** The state after a text. */
  public after(text: string, place: Place = this.start): Place {
    let at = place;
    for (let i = 0; i < text.length && !at.isDead; i += 1) at = this.next(at, text.charCodeAt(i));
    return at;
  }

  /** Whether all continuations are certainly accepted. */
  public isOpen(place: Place): boolean {
    const from = place as ReadPlace;
    return from.isOpen ??= this.explore(from);
  }

  private explore(from: ReadPlace): boolean {
    const seen = new Set<ReadPlace>([from]);
    // Iterating over a Set also visits elements that are added meanwhile.
    for (const place of seen) {
      if (!place.accepts || seen.size > MAX_OPEN_STATES) return false;
      for (const byte of this.representatives) if (isSendable(byte)) seen.add(this.next(place, byte) as ReadPlace);
    }
    return true;
  }

  private placeOf(targets: readonly number[], last: Neighbour): ReadPlace {
    const states = [...new Set(targets)].filter((number) => this.live.has(number)).sort((a, b) => a - b);
    const kind = states.length === 0 ? Neighbour.NOTHING : last;
    return computeIfAbsent(this.places, `${kind} ${states.join(' ')}`, () => {
      const accepts = this.closure(states, last, Neighbour.NOTHING).some((number) => this.automaton.states[number].kind === 'match');
      return { id: this.places.size, states, last, accepts, isDead: states.length === 0, next: [] };
    });
  }

  /** The states that read or match, between two bytes. */
  private closure(starts: readonly number[], last: Neighbour, next: Neighbour): readonly number[] {
    const seen = new Set(starts);
    const found: number[] = [];
    for (const number of seen) {
      const steps = stepsOf(this.automaton.states[number], last, next);
      if (steps === undefined) found.push(number);
      else steps.forEach((each) => seen.add(each));
    }
    return found;
  }

  /** Divides all bytes by one set of them after the other. */
  private classify(): number[] {
    const hasConditions = this.automaton.states.some(({ kind }) => kind === 'condition');
    const neighbours = hasConditions ? [Array.from({ length: 256 }, (_, byte) => neighbourOf(byte))] : [];
    const sets = new Set(this.reads.filter((bits) => bits !== undefined));
    return [...neighbours, ...sets].reduce<number[]>((classes, values) => refined(classes, values), new Array<number>(256).fill(0));
  }
}

/** More values than any byte has. */
const VALUES = 256;

/**
 * Classes divided by further values: bytes stay in one class if they have the same value.
 *
 * @internal
 */
export function refined(classes: readonly number[], values: ArrayLike<number>): number[] {
  const numbers = new Map<number, number>();
  return classes.map((each, i) => computeIfAbsent(numbers, each * VALUES + values[i], () => numbers.size));
}

function isSendable(byte: number): boolean {
  return byte !== 0 && byte !== 10 && byte !== 13;
}

const knownBits = new Map<bigint, Uint8Array>();

/** So many sets of bytes are remembered. Most expressions have the same few. */
const MAX_BITS = 10_000;

function bitsOf(bytes: bigint): Uint8Array {
  if (knownBits.size === MAX_BITS) knownBits.clear();
  return computeIfAbsent(knownBits, bytes, () => {
    const bits = bytes.toString(2);
    const found = new Uint8Array(256);
    for (let i = 0; i < bits.length; i += 1) if (bits[bits.length - 1 - i] === '1') found[i] = 1;
    return found;
  });
}
