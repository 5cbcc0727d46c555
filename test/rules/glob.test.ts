import { globOf } from '../../src/rules/glob';

test('matches any text without a pattern', () => {
  expect(globOf(undefined)('models/iris')).toBe(true);
});

test.each([
  ['my-web', 'my-web', true],
  ['my-web', 'my_web', false],
  ['iris-*', 'iris-route', true],
  ['iris-*', 'iris', false],
  ['*', 'dist/iris.yaml', false],
  ['dist/**', 'dist/a/iris-route.yaml', true],
  ['dist/**/*.yaml', 'dist/iris.yaml', true],
  ['./dist/*.yaml', 'dist\\iris.yaml', true],
  ['v?', 'v1', true],
  ['v?', 'v12', false],
  ['?', '\u{1f600}', true],
  ['a.b', 'axb', false],
  ['^$(a|b)[c]{1}+\\', '^$(a|b)[c]{1}+\\', true],
])('of "%s" and "%s": %s', (pattern, text, expected) => {
  expect(globOf(pattern)(text)).toBe(expected);
});
