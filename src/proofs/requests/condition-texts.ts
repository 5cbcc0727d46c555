import { Field } from './field';
import { Literal } from './literal';
import { resultWithin, Test } from '../words/string-test';

/** More conditions that must not hold are left out. */
const MAX_NEGATIVE = 3;

/**
 * Conditions as people read them, those that must hold first.
 *
 * @internal
 */
export function conditionTexts(literals: readonly Literal[]): readonly string[] {
  const positive = literals.filter(({ isPositive }) => isPositive);
  const excluded = literals.filter(({ isPositive, field, test }) => !isPositive && !positive.some((each) => isImplied(each, { field, test })));
  const shown = excluded.slice(0, MAX_NEGATIVE).map((literal) => textOf(literal));
  const more = excluded.length - shown.length;
  return [...positive.map((literal) => textOf(literal)), ...shown, ...more > 0 ? [`${more} more conditions do not hold`] : []];
}

/** Whether a value that satisfies a condition certainly satisfies no other test. Of repeated headers, this is not certain. */
function isImplied({ field, test }: Literal, excluded: Pick<Literal, 'field' | 'test'>): boolean {
  return field.key === excluded.field.key && resultWithin(test, excluded.test) === false;
}

function textOf({ field, test, isPositive }: Literal): string {
  const name = nameOf(field);
  if (test.kind === 'present') return `${name} is ${isPositive ? 'present' : 'absent'}`;
  return `${name} ${verbOf(test.kind, isPositive)} ${JSON.stringify(test.value)}`;
}

function nameOf({ kind, name }: Field): string {
  switch (kind) {
    case 'header': return `header ${name}`;
    case 'parameter': return `query parameter ${name}`;
    case 'address': return name === 'source' ? 'address of the connection' : 'address of the client';
    case 'claim': return `claim ${name.split('\n').join('.')}`;
    default: return kind;
  }
}

function verbOf(kind: Exclude<Test['kind'], 'present'>, isPositive: boolean): string {
  switch (kind) {
    case 'exact': return isPositive ? 'is' : 'is not';
    case 'prefix': return isPositive ? 'begins with' : 'does not begin with';
    case 'suffix': return isPositive ? 'ends with' : 'does not end with';
    case 'block': return isPositive ? 'is in' : 'is not in';
    case 'regex': return isPositive ? 'matches' : 'does not match';
  }
}
