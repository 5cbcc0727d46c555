import { Work } from '../../../src/plan/expressions/work';
import { Cube, Reading } from '../../../src/proofs/requests/cube';
import { authorityField, Field, headerField, METHOD } from '../../../src/proofs/requests/field';
import { Literal } from '../../../src/proofs/requests/literal';
import { oneOf } from '../../../src/proofs/words/domain';
import { PRESENT, Test, testFor } from '../../../src/proofs/words/string-test';

const work = new Work(10_000_000);
const X = headerField('x');
const ACCEPT = headerField('accept');
const is = (field: Field, test: Test, isPositive = true): Literal => ({ field, test, isPositive });
const a = testFor('exact', 'a');
const b = testFor('exact', 'b');

function valuesOf(reading: Reading, ...literals: readonly Literal[]): unknown {
  let cube: Cube | 'limit' | undefined = Cube.all(reading);
  for (const literal of literals) cube = typeof cube === 'object' ? cube.with(literal, work) : cube;
  return typeof cube === 'object' ? Object.fromEntries([...cube.values()].map(({ field, values }) => [field.key, values])) : cube;
}

test('a header that is not repeated has one value', () => {
  expect(valuesOf('plain', is(X, a), is(X, b))).toBeUndefined();
  expect(valuesOf('plain', is(X, testFor('prefix', 'a')), is(X, a, false))).toEqual({ 'header x': ['ax'] });
});

test('a header that is repeated satisfies each condition by a line, and none of the excluded ones by any', () => {
  expect(valuesOf('repeated', is(X, a), is(X, b))).toEqual({ 'header x': ['a', 'b'] });
  expect(valuesOf('repeated', is(X, a), is(X, b), is(X, testFor('regex', '[bc]'), false))).toBeUndefined();
  expect(valuesOf('repeated', is(X, testFor('prefix', 'a')), is(X, testFor('regex', 'a|b')), is(X, a))).toEqual({ 'header x': ['a'] });
});

test('Envoy joins some headers, so that they have one value', () => {
  expect(valuesOf('repeated', is(ACCEPT, a), is(ACCEPT, b))).toBeUndefined();
});

test('what is excluded or absent needs no value', () => {
  expect(valuesOf('plain', is(X, a, false))).toEqual({ 'header x': [] });
  expect(valuesOf('plain', is(X, PRESENT, false))).toEqual({ 'header x': [] });
  expect(valuesOf('plain', is(X, PRESENT, false), is(X, a))).toBeUndefined();
  expect(valuesOf('plain', is(X, a, false), is(X, PRESENT))).toEqual({ 'header x': ['yes'] });
});

test('each request has a method and a Host header', () => {
  expect(valuesOf('plain', is(METHOD, testFor('exact', 'GET'), false))).toEqual({ method: ['POST'] });
  const authority = authorityField(oneOf(['h.test', 'h.test:80']));
  expect(valuesOf('plain', is(authority, testFor('exact', 'h.test'), false))).toEqual({ authority: ['h.test:80'] });
  expect(valuesOf('plain', is(authority, testFor('prefix', 'h'), false))).toBeUndefined();
});

test('what is obvious about other conditions', () => {
  const cube = Cube.all('plain').with(is(X, a), work) as Cube;
  const results = [is(X, b), is(X, b, false), is(X, PRESENT), is(ACCEPT, a)].map((literal) => cube.resultOf(literal));
  expect(results).toEqual([false, true, true, undefined]);
  const repeated = Cube.all('repeated').with(is(X, a), work) as Cube;
  expect([repeated.resultOf(is(X, b)), repeated.resultOf(is(X, testFor('regex', 'a|b')))]).toEqual([undefined, true]);
  expect(cube.otherValue('header x', work)).toBe('none');
  expect((Cube.all('plain').with(is(X, testFor('regex', 'a|b')), work) as Cube).otherValue('header x', work)).not.toBe('none');
});
