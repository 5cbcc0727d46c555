import { beginningsOf } from '../../../src/plan/expressions/beginnings';
import { Expression } from '../../../src/plan/expressions/re2';

const beginnings = (source: string) => beginningsOf(Expression.of(source).automaton).sort();

test.each<[string, string[]]>([
  ['/v2/models/.*', ['/v2/models/']],
  ['/v[12]/iris', ['/v1/iris', '/v2/iris']],
  ['/(iris|wine)/.*', ['/iris/', '/wine/']],
  ['(/iris|/wine)', ['/iris', '/wine']],
  ['(?i)/Iris/.*', ['/iris/']],
  ['/Iris', ['/iris']],
  ['/iris(/.*)?', ['/iris']],
  ['/iris-[0-9]+', ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => `/iris-${digit}`)],
  ['/iris-[a-z]+', ['/iris-']],
  ['.*/iris', ['']],
  ['', ['']],
  ['/é', ['/\xc3\xa9']],
  ['a\\bb', ['ab']],
])('%s begins with %p', (source, expected) => {
  expect(beginnings(source)).toEqual(expected);
});

test('an expression without a match has no beginning', () => {
  expect(beginnings('a[^\\x00-\\x{10FFFF}]')).toEqual([]);
});

test('a beginning is not longer than needed to distinguish paths', () => {
  expect(beginnings(`/${'a'.repeat(900)}`)).toEqual([`/${'a'.repeat(255)}`]);
});
