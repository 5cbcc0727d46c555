import { HeaderOperations } from './header-operations';
import { computeIfAbsent } from '../../plan/groups';
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

/** Creates what fills in variables, from the lines that remain. @internal */
export type FillOf = (remaining: readonly HeaderLine[]) => Fill;

const UNCHANGED: ChangedHeaders = { lines: [], set: new Map(), added: [], removed: [] };

/**
 * Operations of a rule on headers, one after the other. A later one may undo an earlier one.
 *
 * @internal
 */
export class HeaderChanges {
  /** The changes of some operations. Many rules have none, or remove the same headers, so that these parts are shared. */
  public static of(operations: readonly HeaderOperations[], names: Map<string, ReadonlySet<string>>): HeaderChanges {
    const changes = new HeaderChanges(operations);
    if (changes.isEmpty) return NO_CHANGES;
    changes.gone = computeIfAbsent(names, [...changes.gone].join(), () => changes.gone);
    return changes;
  }

  /** Whether nothing is changed. */
  public readonly isEmpty: boolean;
  /** Whether a value depends on the request. */
  public readonly hasVariables: boolean;
  /** The names of which no line of the client remains. */
  private gone: ReadonlySet<string>;
  // The result for a request without headers, if no value depends on the request.
  private readonly appended: readonly HeaderLine[];
  private readonly set: ReadonlyMap<string, string>;
  private readonly added: readonly HeaderLine[];
  private readonly removed: readonly string[];

  constructor(private readonly operations: readonly HeaderOperations[]) {
    const lines = operations.flatMap(({ set, add }) => [...set, ...add]);
    this.gone = new Set(operations.flatMap(({ remove, set }) => [...remove, ...set.map(({ name }) => name)]));
    this.isEmpty = lines.length + this.gone.size === 0;
    this.hasVariables = lines.some(({ value }) => value.includes('%'));
    const constant = this.hasVariables ? UNCHANGED : this.run([], nothingToFill);
    ({ lines: this.appended, set: this.set, added: this.added, removed: this.removed } = constant);
  }

  /**
   * Runs the operations.
   *
   * @param fillOf Fills in variables; needed only if there are any.
   */
  public apply(lines: readonly HeaderLine[], fillOf: FillOf = nothingToFill): ChangedHeaders {
    if (this.isEmpty) return lines.length === 0 ? UNCHANGED : { lines, set: UNCHANGED.set, added: UNCHANGED.added, removed: UNCHANGED.removed };
    if (this.hasVariables) return this.run(lines, fillOf);
    const { gone, appended, set, added, removed } = this;
    const all: HeaderLine[] = [];
    for (const line of lines) {
      if (!gone.has(line.name)) all.push(line);
    }
    for (const line of appended) all.push(line);
    return { lines: all, set, added, removed };
  }

  private run(lines: readonly HeaderLine[], fillOf: FillOf): ChangedHeaders {
    return this.operations.reduce((result, each) => changeOnce(result, each, fillOf), { ...UNCHANGED, lines });
  }
}

function nothingToFill(): Fill {
  return (value) => value;
}

/** The changes of most rules to responses. */
const NO_CHANGES = new HeaderChanges([]);

/** Envoy removes, then evaluates all values, then changes the rest. It leaves out empty values. */
function changeOnce(before: ChangedHeaders, { remove, set, add }: HeaderOperations, fillOf: FillOf): ChangedHeaders {
  const fill = fillOf(before.lines.filter(({ name }) => !remove.includes(name)));
  const filled = (lines: readonly HeaderLine[]) => (
    lines.map((line) => (line.value.includes('%') ? { name: line.name, value: fill(line.value) } : line)).filter(({ value }) => value !== '')
  );
  const [values, adds] = [new Map(filled(set).map(({ name, value }) => [name, value])), filled(add)];
  const remaining = (lines: readonly HeaderLine[]) => lines.filter(({ name }) => !values.has(name) && !remove.includes(name));
  return {
    lines: [...remaining(before.lines), ...[...values].map(([name, value]) => ({ name, value })), ...adds],
    set: new Map([...[...before.set].filter(([name]) => !remove.includes(name)), ...values]),
    added: [...remaining(before.added), ...adds],
    removed: [...new Set([...before.removed, ...remove])].filter((name) => !values.has(name) && !adds.some((line) => line.name === name)),
  };
}
