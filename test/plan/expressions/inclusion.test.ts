import { exactly, beginningWith } from '../../../src/plan/expressions/automaton';
import { isIncluded } from '../../../src/plan/expressions/inclusion';
import { Expression } from '../../../src/plan/expressions/re2';

const regex = (source: string) => Expression.of(source).automaton;

test.each<[string, string, boolean]>([
  ['abc', 'a.*', true],
  ['a.*', 'abc', false],
  ['(a|b)c', '[ab]c', true],
  ['[ab]c', '(a|b)c', true],
  ['a+', 'a*', true],
  ['a*', 'a+', false],
  ['/v[0-9]+/x', '/v.*/x', true],
  ['(ab)*', '(a|b)*', true],
  ['(a|b)*', '(ab)*', false],
  ['(?i)abc', '(?i)a.*', true],
  ['(?i)abc', 'a.*', false],
  // No header and no path has a line break.
  ['(?s).*', '.*', true],
  ['é', '..', true],
])('%s in %s: %p', (inner, outer, expected) => {
  expect(isIncluded(regex(inner), regex(outer))).toBe(expected);
});

test('prefixes and exact strings', () => {
  expect(isIncluded(beginningWith('vw'), regex('v.*'))).toBe(true);
  expect(isIncluded(beginningWith('v'), regex('v[a-z]*'))).toBe(false);
  expect(isIncluded(exactly('vw'), beginningWith('v'))).toBe(true);
  expect(isIncluded(regex('v'), exactly('v'))).toBe(true);
  expect(isIncluded(regex('v?'), exactly('v'))).toBe(false);
});

test('conditions are not decided', () => {
  expect(isIncluded(regex('\\bab'), regex('.*'))).toBeUndefined();
});

test('large expressions are not decided', () => {
  expect(isIncluded(regex('(a|b)*a(a|b){17}'), regex('(a|b)*a(a|b){17}|c'))).toBeUndefined();
});
