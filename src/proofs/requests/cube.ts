import { Field } from './field';
import { Literal } from './literal';
import { Work } from '../../plan/expressions/work';
import { findWord, Found } from '../words/find-word';
import { passes, PRESENT, resultWithin, Test, testFor } from '../words/string-test';

/**
 * How headers that a request repeats are read: not at all, so that each header has one line, or each line by itself.
 *
 * @internal
 */
export type Reading = 'plain' | 'repeated';

/** What is known of a field. */
interface Known {
  readonly field: Field;
  readonly yes: readonly Test[];
  readonly no: readonly Test[];
  /** Values that satisfy it, as few as possible; none if it is absent. */
  readonly values: readonly string[];
}

/**
 * A set of requests, described by conditions on their fields. It is never empty.
 *
 * @internal
 */
export class Cube {
  /** All requests. */
  public static all(reading: Reading): Cube {
    return new Cube(new Map(), reading, []);
  }

  private constructor(
    private readonly fields: ReadonlyMap<string, Known>, public readonly reading: Reading, public readonly literals: readonly Literal[],
  ) {}

  /** Whether all requests satisfy a literal, or none does; undefined if some do, or if that is not obvious. */
  public resultOf({ field, test, isPositive }: Literal): boolean | undefined {
    const known = this.fields.get(field.key);
    const result = known === undefined ? undefined : resultFor(known, test, this.isSingle(field));
    return result === undefined ? undefined : result === isPositive;
  }

  /**
   * The requests that also satisfy a literal.
   *
   * @returns undefined if there is none, and `limit` if that was not found out.
   */
  public with(literal: Literal, work: Work): Cube | 'limit' | undefined {
    const { field, test, isPositive } = literal;
    const known = this.fields.get(field.key) ?? { field, yes: [], no: [], values: [] };
    const yes = isPositive ? [...known.yes, test] : known.yes;
    const no = isPositive ? known.no : [...known.no, test];
    const values = this.valuesFor(field, yes, no, isPositive ? [] : known.values, work);
    if (values === 'none') return undefined;
    if (values === 'limit') return 'limit';
    return new Cube(new Map(this.fields).set(field.key, { field, yes, no, values }), this.reading, [...this.literals, literal]);
  }

  /** The requests without any of some values of an optional field. */
  public withoutValues(field: Field, tests: readonly Test[]): Cube {
    const literals = tests.map((test): Literal => ({ field, test, isPositive: false }));
    const { yes, no, values } = this.fields.get(field.key) ?? { yes: [], no: [], values: [] };
    const fields = new Map(this.fields).set(field.key, { field, yes, no: [...no, ...tests], values });
    return new Cube(fields, this.reading, [...this.literals, ...literals]);
  }

  /**
   * Another value of a field on which there are conditions.
   *
   */
  public otherValue(key: string, work: Work): Found {
    const known = this.fields.get(key);
    if (known === undefined) return 'none';
    const { field, yes, no, values } = known;
    return findWord([...yes, PRESENT], [...no, ...values.map((value) => testFor('exact', value))], field.domain, work);
  }

  /** The fields on which there are conditions, each with as few values as possible. */
  public *values(): Iterable<{ readonly field: Field; readonly values: readonly string[] }> {
    for (const { field, values } of this.fields.values()) yield { field, values };
  }

  /** Whether there are conditions on a field. */
  public mentions(key: string): boolean {
    return this.fields.has(key);
  }

  private isSingle({ isList, kind }: Field): boolean {
    return !isList || (this.reading === 'plain' && kind === 'header');
  }

  private valuesFor(
    field: Field, yes: readonly Test[], no: readonly Test[], before: readonly string[], work: Work,
  ): readonly string[] | 'none' | 'limit' {
    if (yes.length === 0 && field.isOptional) return [];
    if (before.length > 0 && !before.some((value) => no.some((test) => passes(test, value)))) return before;
    if (this.isSingle(field)) {
      const found = findWord(yes, no, field.domain, work);
      return typeof found === 'string' ? found : [found.word];
    }
    const values: string[] = [];
    // Exact values first, since they may satisfy the others.
    for (const test of [...yes].sort((a, b) => Number(b.kind === 'exact') - Number(a.kind === 'exact'))) {
      if (values.some((value) => passes(test, value))) continue;
      const found = findWord([test], no, field.domain, work);
      if (typeof found === 'string') return found;
      values.push(found.word);
    }
    return values;
  }
}

function resultFor({ field, yes, no }: Known, test: Test, isSingle: boolean): boolean | undefined {
  if (no.some((each) => each.key === test.key || each.kind === 'present')) return false;
  if (test.kind === 'present' && !field.isOptional) return true;
  for (const each of yes) {
    const result = resultWithin(each, test);
    if (result === true || (result === false && isSingle)) return result;
  }
  // All values of the field are excluded already.
  return no.some((each) => resultWithin(test, each) === true) ? false : undefined;
}
