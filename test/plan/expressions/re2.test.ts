import { bytesOf, checkAsIstio, Expression } from '../../../src/plan/expressions/re2';

const CHARACTERS = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i));

/** The ASCII characters that an expression accepts by themselves. */
function accepted(source: string): string {
  const expression = Expression.of(source);
  return CHARACTERS.filter((char) => expression.matches(char)).join('');
}

test('looks at the whole value', () => {
  const expression = Expression.of('b|bc');

  expect(['b', 'bc', 'ab', 'bcd', ''].filter((text) => expression.matches(text))).toEqual(['b', 'bc']);
});

test.each([
  ['[[:digit:]]', '0123456789'],
  ['[_[:digit:]-]', '-0123456789_'],
  ['[[:punct:]]', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
  ['[]a]', ']a'.split('').sort().join('')],
  ['[\\x41-\\x{43}]', 'ABC'],
  ['\\101', 'A'],
  ['\\a', '\x07'],
  ['\\Q.\\E', '.'],
  ['\\Q|', '|'],
  ['\\Aa\\z', 'a'],
  ['^*a', 'a'],
  ['\\ba\\b', 'a'],
  ['(?P<name>a)', 'a'],
  ['(?<name>a)', 'a'],
  ['(?i)a', 'Aa'],
  ['(?s-i:a)', 'a'],
  ['b(?i)|a', 'Aab'.split('').sort().join('')],
  ['\\p{Greek}', ''],
  ['\\p{Lu}', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['[^\\x00-\\x60b-\\x{7f}]', 'a'],
])('%s accepts %j', (source, characters) => {
  expect(accepted(source)).toEqual(characters);
});

test('a character outside of ASCII is several bytes, as for Envoy', () => {
  expect([1, 2, 3].map((count) => Expression.of(`.{${count}}`).matches('é'))).toEqual([false, true, false]);
  expect(Expression.of('/é').matches('/é')).toBe(true);
  expect(bytesOf('é')).toEqual('\u00c3\u00a9');
});

test.each([
  ['/v2/models/([a-z0-9]+-?)+/infer', `/v2/models/${'fraud-detection-transactions-eu-west'.repeat(20)}`],
  ['/(a+)+b', `/${'a'.repeat(1000)}`],
  ['/(.*)*x', `/${'a'.repeat(1000)}`],
])('%s is done with %#: a nested repetition takes no longer than another', (source, text) => {
  expect(Expression.of(source).matches(text)).toBe(false);
});

test.each([
  ['\\C', 'invalid escape sequence: `\\C`'],
  ['[a-\\d]', 'invalid escape sequence: `\\d`'],
  ['(a{1,100}){1,11}', 'invalid repeat count: `{1,11}`'],
  ['(a{999}){999}', 'invalid repeat count: `{999}`'],
  ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['\\x{110000}', 'invalid escape sequence: `\\x{110000`'],
  ['(a', 'missing closing ): `(a`'],
  ['a**', 'invalid nested repetition operator: `**`'],
])('fails for %s, as Istio does', (source, reason) => {
  expect(() => checkAsIstio(source)).toThrow(new Error(reason));
});

test('Istio reads characters and Envoy bytes', () => {
  expect(() => checkAsIstio('\\x{10FFFF}')).not.toThrow();
});

test('an expression is compiled once', () => {
  expect(Expression.of('/once')).toBe(Expression.of('/once'));
});

test('many expressions are not all kept', () => {
  const first = Expression.of('/first');
  for (let i = 0; i < 1000; i++) Expression.of(`/another-${i}`);

  expect(Expression.of('/first')).not.toBe(first);
});
