import { HeaderOperations } from './header-operations';
import { HeaderLine } from '../request';

/**
 * Headers, and what routes have done with them.
 *
 * @internal
 */
export interface ChangedHeaders {
  /** All lines. */
  readonly lines: readonly HeaderLine[];
  /** Headers that were set. */
  readonly set: ReadonlyMap<string, string>;
  /** Lines that were added. */
  readonly added: readonly HeaderLine[];
  /** Headers that were removed. */
  readonly removed: readonly string[];
}

/** Fills variables into the value of a header. @internal */
export type Fill = (value: string) => string;

const NOTHING_SET: ReadonlyMap<string, string> = new Map();

/**
 * Runs operations on headers, one after the other. A later one may undo an earlier one.
 *
 * @internal
 */
export function changeHeaders(lines: readonly HeaderLine[], operations: readonly HeaderOperations[], fill: Fill): ChangedHeaders {
  let result: ChangedHeaders = { lines, set: NOTHING_SET, added: [], removed: [] };
  for (const each of operations) {
    if (each.remove.length + each.set.length + each.add.length > 0) result = changeOnce(result, each, fill);
  }
  return result;
}

/** Envoy evaluates all values before it changes anything but what it removes. */
function changeOnce(before: ChangedHeaders, { remove, set, add }: HeaderOperations, fill: Fill): ChangedHeaders {
  const filled = (lines: readonly HeaderLine[]) => (
    lines.map((line) => (line.value.includes('%') ? { name: line.name, value: fill(line.value) } : line)).filter(({ value }) => value !== '')
  );
  const [sets, adds] = [filled(set), filled(add)];
  const values = new Map(sets.map(({ name, value }) => [name, value]));
  const isGone = (name: string) => values.has(name) || remove.includes(name);
  const kept = before.lines.filter(({ name }) => !isGone(name));
  const gone = (list: readonly HeaderLine[]) => list.filter(({ name }) => !isGone(name));
  return {
    lines: [...kept, ...[...values].map(([name, value]) => ({ name, value })), ...adds],
    set: new Map([...[...before.set].filter(([name]) => !remove.includes(name)), ...values]),
    added: [...gone(before.added), ...adds],
    removed: [...new Set([...before.removed, ...remove])].filter((name) => !values.has(name) && !adds.some((line) => line.name === name)),
  };
}
