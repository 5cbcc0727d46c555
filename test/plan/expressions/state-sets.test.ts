import { Expression } from '../../../src/plan/expressions/re2';
import { StateSets } from '../../../src/plan/expressions/state-sets';
import { Work } from '../../../src/plan/expressions/work';

const sets = (source: string) => new StateSets(Expression.of(source).automaton);

test.each([
  ['/v[12]/.*', '/v1/x', { alive: true, matches: true }],
  ['/v[12]/.*', '/v1', { alive: true, matches: false }],
  ['/v[12]/.*', '/v3', { alive: false, matches: false }],
  ['/v[12]/.*', '', { alive: true, matches: false }],
  // Nothing matches the class, so no match can be reached from there.
  ['ab[^\\x00-\\x{10FFFF}]', 'a', { alive: false, matches: false }],
])('%s after "%s"', (source, text, expected) => {
  const after = sets(source).after(text, new Work(100))!;
  expect({ alive: after.numbers.length > 0, matches: after.matches }).toEqual(expected);
});

test('a beginning that was read before takes one step for each byte', () => {
  const known = sets('(a|aa|aaa)*b');
  const steps = () => {
    const work = new Work(1_000);
    known.after('a'.repeat(20), work);
    return 1_000 - work.left;
  };
  expect(steps()).toBeGreaterThan(20);
  expect(steps()).toBe(20);
});

test('stops when the limit of work is reached', () => {
  expect(sets('a*').after('a'.repeat(20), new Work(10))).toBeUndefined();
});

test.each([
  ['/v2/.*', '/v2/models', true, true],
  ['/v2/.*', '/v2', true, false],
  ['/v2/.*', '/v3', false, false],
  ['/v2/[a-z]*', '/v2/', true, false],
  ['.*a.*|.*b.*', '/a', true, true],
  ['.*\\bcat', 'a', undefined, undefined],
])('%s has some and all matches after %s: %p, %p', (source, text, some, all) => {
  const expression = Expression.of(source);
  // The second answer is the remembered one.
  for (const _ of [1, 2]) {
    expect([expression.matchesSomeAfter(text, new Work(10_000)), expression.matchesAllAfter(text, new Work(10_000))]).toEqual([some, all]);
  }
});
