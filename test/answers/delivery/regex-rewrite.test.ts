import { replaceAll } from '../../../src/answers/delivery/regex-rewrite';

test.each([
  ['/a/b', '^/a/(.*)$', '/new/\\1', '/new/b'],
  ['/a/a', 'a', 'bb', '/bb/bb'],
  ['/a', 'z*', '-', '-/-a-'],
  ['/a', '(a)|(b)', '[\\1\\2\\\\]', '/[a\\]'],
  ['/a', 'a', '<\\1\\0>', '/a'],
  ['/a', 'a', '<\\0>', '/<a>'],
])('%s with expression %s and substitution %s becomes %s', (text, expression, substitution, result) => {
  expect(replaceAll(expression, text, substitution)).toBe(result);
});
