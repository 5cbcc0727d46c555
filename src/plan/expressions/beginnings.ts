import { Automaton, range } from './automaton';
import { StateSet, StateSets } from './state-sets';

/** Maximum number of beginnings of one expression. */
const MAX_BEGINNINGS = 16;

/** Maximum length of a beginning. */
const MAX_LENGTH = 256;

const UPPER = range(0x41, 0x5a);
const CASE = 0x20n;

/**
 * Strings in lower case with which everything begins that satisfies an automaton, in upper or lower case. Few if the expression is a choice of
 * few literals, as in `/v[12]/iris/.*`, and one that is empty if it can begin with anything.
 *
 * @internal
 */
export function beginningsOf(automaton: Automaton): string[] {
  const sets = new StateSets(automaton);
  let open: { readonly text: string; readonly set: readonly StateSet[] }[] = [{ text: '', set: [sets.start] }];
  const done: string[] = [];
  for (let length = 0; open.length > 0 && length < MAX_LENGTH; length++) {
    const longer = open.map(({ text, set }) => ({ text, next: set.some(({ matches }) => matches) ? undefined : nextBytes(set) }));
    const count = longer.reduce((sum, { next }) => sum + (next?.length ?? 1), done.length);
    if (count > MAX_BEGINNINGS) break;
    const following: typeof open = [];
    longer.forEach(({ text, next }, i) => {
      if (next === undefined) done.push(text);
      else for (const byte of next) following.push({ text: text + String.fromCharCode(byte), set: afterEither(sets, open[i].set, byte) });
    });
    open = following;
  }
  return [...new Set([...done, ...open.map(({ text }) => text)])];
}

/** The bytes that can follow, in lower case; more than enough of them to stop if there are many. */
function nextBytes(sets: readonly StateSet[]): readonly number[] {
  let bytes = 0n;
  for (const { states } of sets) for (const state of states) if (state.kind === 'read') bytes |= state.bytes;
  bytes = (bytes & ~UPPER) | ((bytes & UPPER) << CASE);
  const found: number[] = [];
  // Reading digits takes less time than shifting a large number.
  const bits = bytes.toString(2);
  for (let byte = 0; byte < bits.length && found.length <= MAX_BEGINNINGS; byte++) if (bits[bits.length - 1 - byte] === '1') found.push(byte);
  return found;
}

function afterEither(sets: StateSets, before: readonly StateSet[], byte: number): StateSet[] {
  const isLetter = byte >= 0x61 && byte <= 0x7a;
  const after = before.flatMap((set) => (isLetter ? [sets.read(set, byte), sets.read(set, byte - Number(CASE))] : [sets.read(set, byte)]));
  return [...new Set(after)].filter(({ numbers }) => numbers.length > 0);
}
