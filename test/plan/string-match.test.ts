import { checkRegex, StringMatch, StringMatchKind } from '../../src/plan/string-match';

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
  expect(() => StringMatch.exact(text)).toThrow(new Error(`value ${shown}: expected a string (at StringMatch.exact)`));
  expect(() => StringMatch.prefix(text)).toThrow(new Error(`value ${shown}: expected a string (at StringMatch.prefix)`));
  expect(() => StringMatch.regex(text)).toThrow(new Error(`value ${shown}: expected a string (at StringMatch.regex)`));
});

test('fails for an empty prefix', () => {
  expect(() => StringMatch.prefix('')).toThrow(
    new Error('an empty prefix: give the text that values start with (at StringMatch.prefix)'));
});

test('fails for an empty expression', () => {
  expect(() => StringMatch.regex('')).toThrow(
    new Error('an empty regular expression: give an RE2 expression (at StringMatch.regex)'));
});

test('takes an expression of 1024 bytes', () => {
  expect(StringMatch.regex('a'.repeat(1024)).value.length).toBe(1024);
});

test('fails for an expression above 1024 bytes, counted as UTF-8', () => {
  expect(() => StringMatch.regex('ä'.repeat(513))).toThrow(
    new Error('a regular expression of 1026 bytes: Istio takes at most 1024 (at StringMatch.regex)'));
});

test.each(['a(?=b)', 'a(?!b)', '(?<=a)b', '(?<!a)b', '(a)\\1', '\\\\\\2'])('fails for %s, which RE2 does not know', (regex) => {
  expect(() => StringMatch.regex(regex)).toThrow(new Error(
    `regular expression "${regex}": Envoy uses RE2, which knows neither look-around nor back-references (at StringMatch.regex)`));
});

test.each(['a\\(?=b', 'a\\\\1', '(?:a|b)', '(?i)abc', '(?P<name>a)'])('takes %s', (regex) => {
  expect(StringMatch.regex(regex).value).toEqual(regex);
});

test('fails for an expression that does not compile, with the reason', () => {
  expect(() => StringMatch.regex('a\\u0041')).toThrow(
    new Error('regular expression "a\\u0041" does not compile: unknown escape \\u (at StringMatch.regex)'));
});

test('an error of an expression names the caller', () => {
  expect(() => checkRegex('PathRewrite.regex', '')).toThrow(
    new Error('an empty regular expression: give an RE2 expression (at PathRewrite.regex)'));
});
