import { PathRewrite } from '../../src/plan/policy';

test('a path for the matched part', () => {
  const { replacement, pattern } = PathRewrite.matched('/v2/');

  expect({ replacement, pattern }).toEqual({ replacement: '/v2/', pattern: undefined });
});

test('a text for what an expression finds', () => {
  const { replacement, pattern } = PathRewrite.regex('^/old/(.*)', '/new/\\1');

  expect({ replacement, pattern }).toEqual({ replacement: '/new/\\1', pattern: '^/old/(.*)' });
});

test.each(['', 'v2/'])('fails for a path without a slash: %j', (replacement) => {
  expect(() => PathRewrite.matched(replacement)).toThrow(
    new Error(`replacement "${replacement}". Expected a path that starts with a slash (at PathRewrite.matched)`));
});

test('fails for an expression that RE2 does not know', () => {
  expect(() => PathRewrite.regex('/a', '/\n')).toThrow(new Error('substitution "/\\n". Expected no control characters (at PathRewrite.regex)'));
  expect(() => PathRewrite.regex('/a', 1 as unknown as string)).toThrow(new Error('substitution 1. Expected a string (at PathRewrite.regex)'));
  expect(() => PathRewrite.matched('/a\n')).toThrow(new Error('replacement "/a\\n". Expected no control characters (at PathRewrite.matched)'));
  expect(() => PathRewrite.regex('(?=a)', 'b')).toThrow(
    new Error('regular expression "(?=a)". Envoy uses RE2, which has neither look-around nor back-references (at PathRewrite.regex)'));
});

test('fails for an empty expression', () => {
  expect(() => PathRewrite.regex('', 'b')).toThrow(
    new Error('an empty regular expression. Give an RE2 expression (at PathRewrite.regex)'));
});
