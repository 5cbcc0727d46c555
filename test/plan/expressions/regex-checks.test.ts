import { checkRegex, sizeWarning } from '../../../src/plan/expressions/regex-checks';

const AT = 'StringMatch.regex';

test('accepts an expression of 1024 bytes', () => {
  expect(() => checkRegex(AT, 'a'.repeat(1024))).not.toThrow();
});

test('fails above 1024 bytes, counted as UTF-8', () => {
  expect(() => checkRegex(AT, 'ä'.repeat(513))).toThrow(
    new Error('a regular expression of 1026 bytes. Istio accepts at most 1024 bytes (at StringMatch.regex)'));
});

test.each(['a(?=b)', 'a(?!b)', '(?<=a)b', '(?<!a)b', '(a)\\1', '\\\\\\2'])('fails for %s, which RE2 does not have', (regex) => {
  expect(() => checkRegex(AT, regex)).toThrow(new Error(
    `regular expression "${regex}". Envoy uses RE2, which has neither look-around nor back-references (at StringMatch.regex)`));
});

test.each([
  'a\\(?=b', 'a\\\\1', '(?:a|b)', '(?i)abc', '(?P<name>a)', '\\101', '[(?=]', '\\Q(?=\\E', '^*', '\\x{ff}', '\\x41', '\\Q\\x{100}\\E', '\\\\x{100}',
  '\\pL', '\\p{^Greek}', '\\Q\\p{LC}', 'é+', '[à-ÿ]', '(a{1,100}){1,10}',
])('takes %s', (regex) => {
  expect(() => checkRegex(AT, regex)).not.toThrow();
});

test('fails for an expression that does not compile, with the reason', () => {
  expect(() => checkRegex(AT, 'a\\u0041')).toThrow(
    new Error('regular expression "a\\u0041" does not compile. Invalid escape sequence: `\\u` (at StringMatch.regex)'));
});

test.each(['\\x{100}', '[\\x{10FFFF}]', '\\Q\\E\\x{1F600}'])('fails for the code in %s, which Envoy does not know', (regex) => {
  const code = /\\x\{\w+\}/.exec(regex)![0];
  expect(() => checkRegex(AT, regex)).toThrow(new Error(`${code} in regular expression "${regex}". Envoy matches bytes `
    + 'and would reject all routes of the port because of a code above \\x{FF}. Write the character itself (at StringMatch.regex)'));
});

test.each([['\\p{LC}', 'LC'], ['[\\P{^Emoji}]', 'Emoji'], ['a\\p{Sidetic}', 'Sidetic']])('fails for the class in %s, which Envoy does not know', (regex, name) => {
  expect(() => checkRegex(AT, regex)).toThrow(new Error(`class "${name}" in regular expression "${regex}". Envoy does not support this class `
    + 'and would reject all routes of the port. List the characters in brackets (at StringMatch.regex)'));
});

/** A class of so many ranges. */
const ranges = (count: number) => `[${Array.from({ length: count }, (_, i) => `\\x${(2 * i + 128).toString(16)}`).join('')}]`;

test('fails for a program that is larger than Envoy accepts', () => {
  const regex = `${ranges(33)}{1000}`;
  expect(() => checkRegex(AT, regex)).toThrow(new Error(`regular expression "${regex}" compiles to about 33004 instructions. `
    + 'Above 32768 instructions Envoy would reject all routes of the port. Use fewer repetitions or smaller classes (at StringMatch.regex)'));
});

test('warns from half of that on', () => {
  expect([sizeWarning('/v2/.*'), sizeWarning(`${ranges(16)}{1000}`)]).toEqual([undefined, undefined]);

  const regex = `${ranges(17)}{1000}`;
  expect(() => checkRegex(AT, regex)).not.toThrow();
  expect(sizeWarning(regex)).toEqual(
    `regular expression "${regex}" compiles to about 17004 instructions, and because of one with more than 32768 Envoy rejects all routes of a port`);
});
