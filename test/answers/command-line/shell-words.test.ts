import { shellWords } from '../../../src/answers/command-line/shell-words';

test.each<[string, readonly string[]]>([
  ['curl  -s\thttp://a', ['curl', '-s', 'http://a']],
  ['a \'b c\' "d e"', ['a', 'b c', 'd e']],
  ['a\'b\'"c"d', ['abcd']],
  ['a "" \'\'', ['a', '', '']],
  ['a \\\n  b', ['a', 'b']],
  ['a \\\r\n  b', ['a', 'b']],
  ['ab\\\ncd', ['abcd']],
  ['a\\ b \\"c', ['a b', '"c']],
  ['"\\a \\" \\\\ \\$ x\\\ny"', ['\\a " \\ $ xy']],
  ["$'a\\x41\\n\\'\\101\\u00e9\\q'", ['aA\n\'A\u00e9\\q']],
  ['$"text" a$ $', ['text', 'a$', '$']],
  ['a # comment', ['a']],
  ['a#b', ['a#b']],
  ['"a$" "5 $ b"', ['a$', '5 $ b']],
  ['', []],
])('%j', (text, words) => {
  expect(shellWords(text)).toEqual({ words });
});

test.each([['a | jq .', '|'], ['a > file', '>'], ['http://a?b=c&d=e', '&'], ['a; b', ';'], ['a\nb', 'the end of the line']])('%j ends at an operator', (text, endedBy) => {
  expect(shellWords(text)).toMatchObject({ endedBy });
});

test('an operator in quotes is a character', () => {
  expect(shellWords('"a|b" \'&\'')).toEqual({ words: ['a|b', '&'] });
});

test.each([
  ['a $TOKEN', '$TOKEN'], ['"Bearer ${TOKEN}"', '${TOKEN}'], ['"$(cat token)"', '$(cat token)'], ['`date`', '`date`'],
])('fails for %j, whose value only the shell knows', (text, value) => {
  expect(() => shellWords(text)).toThrow(`the command line contains ${value}, whose value only the shell knows. Replace it by the value`);
});

test.each([['a "b c', 'the quote " before "b c" is not closed. Add the closing quote'], ["a 'b", "the quote ' before \"b\" is not closed. Add the closing quote"],
  ["$'a\\'", "the quote ' before \"'a\\'\" is not closed. Add the closing quote"]])('fails for %j', (text, message) => {
  expect(() => shellWords(text)).toThrow(message);
});
