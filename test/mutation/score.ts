/**
 * The score of a mutation run.
 */
import { Equivalent } from './equivalents';

/** A mutant with its outcome. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  /** The code before. */
  readonly code: string;
  /** The code after. */
  readonly replacement: string;
  /** As Stryker names it. */
  readonly status: string;
}

/** What a run found. */
export interface Score {
  readonly killed: number;
  readonly timeouts: number;
  /** No test fails, or none runs the code. */
  readonly alive: readonly Mutant[];
  readonly equivalent: number;
  /** Entries of the list whose files were mutated, and that no living mutant matches. */
  readonly stale: readonly Equivalent[];
}

const DETECTED = new Set(['Killed', 'Timeout']);
const UNDETECTED = new Set(['Survived', 'NoCoverage']);

/**
 * Counts mutants. Those that Stryker left out (text), and those that do not compile or load, count neither way.
 *
 * @param mutants All mutants of the run.
 * @param equivalents The mutants that no test can notice.
 */
export function score(mutants: readonly Mutant[], equivalents: readonly Equivalent[]): Score {
  const counted = mutants.filter(({ status }) => DETECTED.has(status) || UNDETECTED.has(status));
  const undetected = counted.filter(({ status }) => UNDETECTED.has(status));
  const listed = new Map(equivalents.map((equivalent) => [keyOf(equivalent), equivalent]));
  const alive = undetected.filter((mutant) => !listed.has(keyOf(mutant)));
  const files = new Set(counted.map(({ file }) => file));
  const needed = new Set(undetected.map(keyOf));
  return {
    killed: counted.filter(({ status }) => status === 'Killed').length,
    timeouts: counted.filter(({ status }) => status === 'Timeout').length,
    alive,
    equivalent: undetected.length - alive.length,
    stale: equivalents.filter((equivalent) => files.has(equivalent.file) && !needed.has(keyOf(equivalent))),
  };
}

/**
 * Gives the share of mutants that tests notice, in percent. Without mutants it is 100.
 *
 * @param result The counts.
 */
export function percentage({ killed, timeouts, alive }: Score): number {
  const detected = killed + timeouts;
  return detected + alive.length === 0 ? 100 : 100 * detected / (detected + alive.length);
}

function keyOf({ file, code, replacement }: Pick<Mutant, 'file' | 'code' | 'replacement'>): string {
  return JSON.stringify([file, code, replacement]);
}
