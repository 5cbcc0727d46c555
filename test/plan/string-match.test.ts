import { checkRegex } from '../../src/plan/expressions/regex-checks';
import { StringMatch, StringMatchKind } from '../../src/plan/string-match';

test('exact keeps its text, which may be empty', () => {
  const { kind, value } = StringMatch.exact('/v2/models/iris');

  expect({ kind, value }).toEqual({ kind: StringMatchKind.EXACT, value: '/v2/models/iris' });
  expect(StringMatch.exact('').value).toEqual('');
});

test('prefix keeps its text', () => {
  const { kind, value } = StringMatch.prefix('/v2/');

  expect({ kind, value }).toEqual({ kind: StringMatchKind.PREFIX, value: '/v2/' });
});

test('regex keeps its expression', () => {
  const { kind, value } = StringMatch.regex('/v[12]/.*');

  expect({ kind, value }).toEqual({ kind: StringMatchKind.REGEX, value: '/v[12]/.*' });
});

test('is written as Istio reads it', () => {
  expect(StringMatch.exact('a')._toJson()).toEqual({ exact: 'a' });
  expect(StringMatch.prefix('a')._toJson()).toEqual({ prefix: 'a' });
  expect(StringMatch.regex('a+')._toJson()).toEqual({ regex: 'a+' });
});

test('reads well in a message', () => {
  expect(`${StringMatch.prefix('/v2/')}`).toEqual('prefix "/v2/"');
});

test.each<[unknown, string]>([[undefined, 'undefined'], [5, '5'], [null, 'null'], [/a/, '/a/']])('fails for %p, which is no text', (value, shown) => {
  const text = value as string;
  expect(() => StringMatch.exact(text)).toThrow(new Error(`value ${shown}. Expected a string (at StringMatch.exact)`));
  expect(() => StringMatch.prefix(text)).toThrow(new Error(`value ${shown}. Expected a string (at StringMatch.prefix)`));
  expect(() => StringMatch.regex(text)).toThrow(new Error(`value ${shown}. Expected a string (at StringMatch.regex)`));
});

test('fails for an empty prefix', () => {
  expect(() => StringMatch.prefix('')).toThrow(
    new Error('an empty prefix. Give the string that values start with (at StringMatch.prefix)'));
});

test('fails for an empty expression', () => {
  expect(() => StringMatch.regex('')).toThrow(
    new Error('an empty regular expression. Give an RE2 expression (at StringMatch.regex)'));
});

test('fails for an expression that does not compile', () => {
  expect(() => StringMatch.regex('a\\u0041')).toThrow(
    new Error('regular expression "a\\u0041" does not compile. Invalid escape sequence: `\\u` (at StringMatch.regex)'));
});

test('an error of an expression names the caller', () => {
  expect(() => checkRegex('PathRewrite.regex', '')).toThrow(
    new Error('an empty regular expression. Give an RE2 expression (at PathRewrite.regex)'));
});
