import { beginningWith } from '../../../src/plan/expressions/automaton';
import { haveCommonText } from '../../../src/plan/expressions/intersection';
import { bytesOf, Expression } from '../../../src/plan/expressions/re2';

const compare = (a: string, b: string) => haveCommonText(Expression.of(a).automaton, Expression.of(b).automaton);

const begins = (a: string, prefix: string) => haveCommonText(Expression.of(a).automaton, beginningWith(bytesOf(prefix)));

test.each([
  ['/v[0-9]+/users/.*', '/v[0-9]+/orders/.*', false],
  ['/v[0-9]+/users/.*', '/v2/.*', true],
  ['/(a|b)/x', '/(b|c)/x', true],
  ['/(a|b)/x', '/(c|d)/x', false],
  ['.*/Predict', '.*/Explain', false],
  ['.*/(Predict|Explain)', '/seldon.protos.Seldon/.*', true],
  ['a{3}', 'a{4,}', false],
  ['(aa)*', '(aaa)+', true],
  ['(?i)/Iris', '/iRIS', true],
  ['[a-m]+', '[n-z]+', false],
  ['[^/]+', 'a/b', false],
  ['.', '\\n', false],
  ['(?s).', '\\n', true],
  ['.', 'é', false],
  ['..', 'é', true],
  ['\\p{Greek}', '.*', false],
  ['^a$', 'a', true],
  ['a^b', '.*', false],
  ['(?m)a$\\n^b', '(?s).*', true],
  ['(?m)a$b', '(?s).*', false],
  ['.*\\bcat\\b.*', 'concat', false],
  ['.*\\bcat\\b.*', 'con.cat', true],
  ['.*\\Bcat', 'concat', true],
  ['.*\\Bcat', '-cat', false],
  ['a\\bb', '.*', false],
])('%s and %s have a text in common: %s', (a, b, expected) => {
  expect([compare(a, b), compare(b, a)]).toEqual([expected, expected]);
});

test.each([
  ['/v2/models/([a-z0-9]+-?)+/infer', '/v2/models/fraud-detection-transactions-eu-west', true],
  ['/v2/models/([a-z0-9]+-?)+/infer', '/v2/models/fraud--detection', false],
  ['/v2/models/iris', '/v2/models/iris/', false],
  ['/v2/models/iris', '/v2/models/i', true],
  ['/(a+)+b', `/${'a'.repeat(500)}`, true],
  ['/(a+)+b', `/${'a'.repeat(500)}c`, false],
  ['/a\\b.*', '/ab', false],
  ['/a\\b.*', '/a', true],
  ['/é.*', '/é', true],
])('%s can begin with %s: %s', (expression, prefix, expected) => {
  expect(begins(expression, prefix)).toBe(expected);
});

test('is left open between two that are too large', () => {
  expect(compare('(a?){1000}b', '(a?){1000}c')).toBeUndefined();
});
