import { toJsRegExp } from '../../src/plan/re2';

const CHARACTERS = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i));

/** The ASCII characters that an expression accepts by themselves. */
function accepted(re2: string): string {
  const js = toJsRegExp(re2);
  return CHARACTERS.filter((char) => js.test(char)).join('');
}

test('looks at the whole text', () => {
  const js = toJsRegExp('b|bc');

  expect(['b', 'bc', 'ab', 'bcd', ''].filter((text) => js.test(text))).toEqual(['b', 'bc']);
});

test.each([
  ['[[:digit:]]', '0123456789'],
  ['[[:xdigit:]]', '0123456789ABCDEFabcdef'],
  ['[_[:digit:]-]', '-0123456789_'],
  ['[[:lower:]]', 'abcdefghijklmnopqrstuvwxyz'],
  ['[[:punct:]]', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
  ['[[:blank:]]', '\t '],
  ['[[:space:]]', '\t\n\v\f\r '],
  ['[]a]', ']a'.split('').sort().join('')],
  ['[a\\]]', ']a'],
  ['[a[]', '[a'],
  ['[\\x41-\\x{43}]', 'ABC'],
  ['\\x61', 'a'],
  ['\\x{61}', 'a'],
  ['\\a', '\x07'],
  ['\\0', '\0'],
  ['\\Q.\\E', '.'],
  ['\\Q|', '|'],
  ['\\Qa', 'a'],
  ['\\.', '.'],
  ['\\Aa\\z', 'a'],
  ['\\ba\\b', 'a'],
  ['(?P<name>a)', 'a'],
  ['(?<name>a)', 'a'],
  ['(?i)a', 'Aa'],
  ['(?i:a)', 'Aa'],
  ['(?s-i:a)', 'a'],
  ['[^\\x00-\\x60b-\\x{7f}]', 'a'],
])('%s accepts %j', (re2, characters) => {
  expect(accepted(re2)).toEqual(characters);
});

test('the classes of one name are those of ASCII', () => {
  const sizes = ['alnum', 'alpha', 'ascii', 'cntrl', 'graph', 'print', 'upper', 'word'].map((name) => accepted(`[[:${name}:]]`).length);

  expect(sizes).toEqual([62, 52, 128, 33, 94, 95, 26, 63]);
});

test.each(['\\pL', '\\p{Greek}', '\\P{^Greek}', '\\C', '\\x{1F600}', '[\\pL]', '[^a\\p{Greek}]', '[[:^digit:]]', '[\\x{1F600}]', 'b(?i)|[^a]', '(?i)b(?-i)|[^a]'])(
  '%s has no equal, so any character will do', (re2) => {
    expect(accepted(re2)).toEqual(CHARACTERS.join(''));
  });

test('repeats', () => {
  const js = toJsRegExp('a{2,3}');

  expect(['a', 'aa', 'aaa', 'aaaa'].map((text) => js.test(text))).toEqual([false, true, true, false]);
  expect(toJsRegExp('a{1000}').test('a'.repeat(1000))).toBe(true);
});

test.each([
  ['\\u0041', 'unknown escape \\u'],
  ['\\k<name>', 'unknown escape \\k'],
  ['[\\b]', 'unknown escape \\b'],
  ['a\\', 'unknown escape \\'],
  ['[a', 'a class without an end'],
  ['[]', 'a class without an end'],
  ['[[:letter:]]', 'unknown class [:letter:]'],
  ['a{1001}', '{1001} repeats more than 1000 times'],
  ['a{1,2000}', '{1,2000} repeats more than 1000 times'],
])('fails for %s', (re2, message) => {
  expect(() => toJsRegExp(re2)).toThrow(new Error(message));
});

test.each(['(a', 'a)', '*', 'a**', '(?>a)', 'a{2,1}'])('fails for %s, which no engine takes', (re2) => {
  expect(() => toJsRegExp(re2)).toThrow(SyntaxError);
});
