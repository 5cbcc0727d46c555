/**
 * The states of an expression, by number. A state reads a byte, forks, tests the bytes around the position, or ends.
 *
 * @internal
 */
export interface Automaton {
  /** The state before the first byte. */
  readonly start: number;
  /** All states; they refer to each other by their position. */
  readonly states: readonly State[];
}

/** @internal */
export type State =
  | { readonly kind: 'read'; readonly bytes: bigint; readonly ranges: number; readonly to: number }
  | { readonly kind: 'fork'; readonly to: number; readonly or: number }
  | { readonly kind: 'condition'; readonly conditions: number; readonly to: number }
  | { readonly kind: 'group'; readonly to: number }
  | { readonly kind: 'match' }
  | { readonly kind: 'fail' };

/**
 * A program as compiled by RE2.
 *
 * @internal
 */
export interface Program {
  /** Position of the first instruction. */
  readonly start: number;
  /** All instructions. */
  readonly inst: readonly Instruction[];
}

interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
  matchRune(rune: number): boolean;
}

/** RE2's instructions. */
enum Op {
  ALT = 1,
  ALT_MATCH = 2,
  CAPTURE = 3,
  EMPTY_WIDTH = 4,
  MATCH = 6,
  NOP = 7,
  RUNE = 8,
  RUNE1 = 9,
  RUNE_ANY = 10,
  RUNE_ANY_NOT_NL = 11,
}

const LAST_BYTE = 255;
const NEWLINE = 10;

/** The bit that distinguishes upper and lower case of a letter, in ASCII and in Latin-1. */
const CASE = 0x20;

/**
 * The set of all bytes. A set of bytes has one bit for each byte.
 *
 * @internal
 */
export const ANY_BYTE = range(0, LAST_BYTE);

/** @internal */
export function range(first: number, last: number): bigint {
  return ((1n << BigInt(last - first + 1)) - 1n) << BigInt(first);
}

/** @internal */
export function automatonOf({ start, inst }: Program): Automaton {
  return { start, states: inst.map(stateOf) };
}

/**
 * The automaton of all strings that begin with some bytes.
 *
 * @internal
 */
export function beginningWith(bytes: string): Automaton {
  const states = reading(bytes);
  const rest = states.length;
  states.push({ kind: 'fork', to: rest + 1, or: rest + 2 }, { kind: 'match' }, { kind: 'read', bytes: ANY_BYTE, ranges: 1, to: rest });
  return { start: 0, states };
}

/**
 * The automaton of one string.
 *
 * @internal
 */
export function exactly(bytes: string): Automaton {
  return { start: 0, states: [...reading(bytes), { kind: 'match' }] };
}

function reading(bytes: string): State[] {
  return Array.from(bytes, (byte, i): State => ({ kind: 'read', bytes: 1n << BigInt(byte.charCodeAt(0)), ranges: 1, to: i + 1 }));
}

function stateOf(instruction: Instruction): State {
  const { op, out: to, arg } = instruction;
  switch (op) {
    case Op.ALT: case Op.ALT_MATCH: return { kind: 'fork', to, or: arg };
    case Op.CAPTURE: return { kind: 'group', to };
    case Op.NOP: return { kind: 'fork', to, or: to };
    case Op.EMPTY_WIDTH: return { kind: 'condition', conditions: arg, to };
    case Op.MATCH: return { kind: 'match' };
    case Op.RUNE: case Op.RUNE1: return { kind: 'read', ...bytesOf(instruction), to };
    case Op.RUNE_ANY: return { kind: 'read', bytes: ANY_BYTE, ranges: 1, to };
    case Op.RUNE_ANY_NOT_NL: return { kind: 'read', bytes: ANY_BYTE & ~(1n << BigInt(NEWLINE)), ranges: 2, to };
    default: return { kind: 'fail' };
  }
}

/** A single character, in both cases if the expression ignores case, or pairs of first and last character. */
function bytesOf(instruction: Instruction): { bytes: bigint; ranges: number } {
  const { runes } = instruction;
  if (runes.length === 1) {
    const both = [runes[0], runes[0] ^ CASE].filter((byte) => byte <= LAST_BYTE && instruction.matchRune(byte));
    return { bytes: both.reduce((set, byte) => set | (1n << BigInt(byte)), 0n), ranges: 1 };
  }
  let bytes = 0n;
  const ranges: [number, number][] = [];
  for (let i = 0; i + 1 < runes.length && runes[i] <= LAST_BYTE; i += 2) {
    const [first, last] = [runes[i], Math.min(runes[i + 1], LAST_BYTE)];
    ranges.push([first, last]);
    bytes |= range(first, last);
  }
  const upper = (bytes & range(0x41, 0x5a)) << BigInt(CASE);
  const ignoresCase = upper !== 0n && upper === (bytes & range(0x61, 0x7a));
  // RE2 compares such a class in lower case only.
  return { bytes, ranges: ranges.filter(([first, last]) => !(ignoresCase && first >= 0x41 && last <= 0x5a)).length };
}

/** The instructions of every RE2 program besides its states: an entry, a failure, and the unanchored search. */
const FIXED_SIZE = 4;

/**
 * The number of instructions to which Envoy's engine compiles an automaton, accurate to a third. It needs one for each range of bytes,
 * group and condition, and shares some of the branches.
 *
 * @internal
 */
export function programSize({ start, states }: Automaton): number {
  const seen = new Set([start]);
  let size = FIXED_SIZE;
  // Iterating over a Set also visits elements that are added meanwhile.
  for (const number of seen) {
    const state = states[number];
    if (state.kind === 'match' || state.kind === 'fail') continue;
    seen.add(state.to);
    if (state.kind === 'fork') seen.add(state.or);
    size += state.kind === 'read' ? state.ranges : Number(state.kind !== 'fork' || state.to !== state.or);
  }
  return size;
}
