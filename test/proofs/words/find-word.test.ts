import { Expression } from '../../../src/plan/expressions/re2';
import { Work } from '../../../src/plan/expressions/work';
import { CLAIM_VALUES, HEADER_VALUES, METHODS, oneOf, PARAMETER_VALUES } from '../../../src/proofs/words/domain';
import { findWord } from '../../../src/proofs/words/find-word';
import { LazyAutomaton } from '../../../src/proofs/words/lazy-automaton';
import { passes, PRESENT, resultWithin, Test, testFor } from '../../../src/proofs/words/string-test';

const find = (yes: readonly Test[], no: readonly Test[], domain = HEADER_VALUES, steps = 200_000) => findWord(yes, no, domain, new Work(steps));
const [exact, prefix, suffix, regex] = (['exact', 'prefix', 'suffix', 'regex'] as const).map((kind) => (value: string) => testFor(kind, value));

test.each<[string, readonly Test[], readonly Test[], string]>([
  ['anything', [PRESENT], [], 'yes'],
  ['a beginning and an end', [prefix('ab'), suffix('bc')], [], 'abbc'],
  ['an end', [suffix('.test')], [exact('.test')], 'x.test'],
  ['an expression without some strings', [regex('v[12]')], [exact('v1')], 'v2'],
  ['two expressions', [regex('.*a.*'), regex('.*b.*'), regex('..')], [], 'ab'],
  ['a string of one character', [regex('.')], [regex('[a-z0-9]')], 'A'],
  ['an empty value', [regex('a*')], [regex('a+')], ''],
])('finds %s', (_, yes, no, word) => {
  expect(find(yes, no)).toEqual({ word });
});

test.each<[string, readonly Test[], readonly Test[]]>([
  ['a string that has both beginnings', [prefix('a'), prefix('b')], []],
  ['a string that is excluded', [exact('a')], [regex('[a-c]')]],
  ['an expression within another one', [regex('v[0-9]')], [regex('v.*')]],
  ['any string where all are excluded', [PRESENT], [regex('.*')]],
  ['a value with a space at its end, which clients cannot send', [regex('a ')], []],
  ['a word border within a word', [regex('a\\bb')], []],
])('knows that there is no %s', (_, yes, no) => {
  expect(find(yes, no)).toBe('none');
});

test('gives up at the limit of work, and where only strings that are not UTF-8 are left', () => {
  expect(find([regex('.*a.{20}')], [regex('.*b.*'), prefix('x'), suffix('x'), regex('.*[a-zA-Z0-9]')], HEADER_VALUES, 1000)).toBe('limit');
  expect(find([regex('[\\x80-\\xff]')], [])).toBe('limit');
});

test('strings are those that clients can send', () => {
  expect(find([PRESENT], [regex('[^&#]*')], PARAMETER_VALUES)).toBe('none');
  expect(find([regex('[A-Z]+')], [regex('GET|POST|PUT')], METHODS)).toEqual({ word: 'DELETE' });
  expect(find([regex(' a')], [], CLAIM_VALUES)).toEqual({ word: ' a' });
  expect(find([regex('h\\.test.*')], [exact('h.test')], oneOf(['h.test', 'h.test:80']))).toEqual({ word: 'h.test:80' });
  expect(find([exact('other')], [], oneOf(['h.test']))).toBe('none');
});

test('what a test tells about others', () => {
  expect(resultWithin(prefix('ab'), prefix('a'))).toBe(true);
  expect(resultWithin(prefix('ab'), prefix('b'))).toBe(false);
  expect(resultWithin(prefix('a'), prefix('ab'))).toBeUndefined();
  expect(resultWithin(suffix('ab'), suffix('b'))).toBe(true);
  expect(resultWithin(suffix('ab'), exact('xa'))).toBe(false);
  expect(resultWithin(exact('a'), regex('[ab]'))).toBe(true);
  expect(resultWithin(regex('a'), regex('b'))).toBeUndefined();
  expect(passes(testFor('block', '10.0.0.0/8'), '10.1.2.3')).toBe(true);
  expect(passes(testFor('block', '10.0.0.0/8'), '11.1.2.3')).toBe(false);
});

test.each(['a*b', '(a|b)*a', '^a.*$', 'a\\b.*', '.*\\Bb', '(?i)A[^a]?', '(ab|ba){1,2}', '[^ab]*', '(?m)^a$'])('the automaton of %s accepts what the engine matches', (source) => {
  const automaton = new LazyAutomaton(Expression.of(source).automaton);
  const texts = ['', 'a', 'b', 'A', ' ', '_'].flatMap((x) => ['', 'a', 'b', 'B'].flatMap((y) => ['', 'a', 'b', '.'].map((z) => x + y + z)));
  for (const text of texts) expect([text, automaton.after(text).accepts]).toEqual([text, Expression.of(source).matches(text)]);
});

test('an automaton knows when everything that follows is accepted', () => {
  const isOpen = (source: string, text: string) => {
    const automaton = new LazyAutomaton(Expression.of(source).automaton);
    return automaton.isOpen(automaton.after(text));
  };
  expect([isOpen('.*a.*', 'xa'), isOpen('.*a.*', 'x'), isOpen('a[^b]*', 'a'), isOpen('a.*', 'a')]).toEqual([true, false, false, true]);
});
