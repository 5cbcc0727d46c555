import { checkAnnotations, checkLabels } from '../../../src/plan/checks/labels';

/** What a user of plain JavaScript may write. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

const NAME = 'Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash (at here)';

describe('labels', () => {
  test.each<[string, Anything]>([
    ['a', ''], ['A_b.c-9', 'A_b.c-9'], ['app.kubernetes.io/name', 'x'], ['a'.repeat(63), 'b'.repeat(63)], [`${'a.'.repeat(126)}b/c`, 'd'],
  ])('%s: %s', (label, value) => {
    expect(() => checkLabels('here', 'metadata', { [label]: value })).not.toThrow();
  });

  test.each(['', '-a', 'a-', 'a b', 'a/b/c', '/a', 'a/', 'A.com/b', 'a_b/c', 'a'.repeat(64), `${'a.'.repeat(126)}bb/c`])('fails for label %j', (label) => {
    expect(() => checkLabels('here', 'metadata', { [label]: 'x' })).toThrow(new Error(`label "${label}" of metadata. ${NAME}`));
  });

  test.each(['-a', 'a_', 'a b', 'a/b', 'ä'])('fails for value %j', (value) => {
    expect(() => checkLabels('here', 'metadata', { team: value })).toThrow(new Error(`value "${value}" of label team of metadata. `
      + 'Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit (at here)'));
  });

  test.each<[Anything, string]>([[5, '5'], [true, 'true'], [undefined, 'undefined'], ['a'.repeat(64), `"${'a'.repeat(64)}"`]])('fails for value %j', (value, shown) => {
    expect(() => checkLabels('here', 'metadata', { team: value })).toThrow(new Error(
      `value ${shown} of label team of metadata. Expected a string of at most 63 characters (at here)`));
  });
});

describe('annotations', () => {
  test('hold any text, under names that may have capitals', () => {
    expect(() => checkAnnotations('here', 'metadata', { 'Example.com/Note': '{ "any": "text" }\n' })).not.toThrow();
  });

  test('fails for an invalid name', () => {
    expect(() => checkAnnotations('here', 'metadata', { 'a b': 'x' })).toThrow(new Error(`annotation "a b" of metadata. ${NAME}`));
  });

  test.each<[Anything, string]>([[5, '5'], [true, 'true'], [undefined, 'undefined'], [{}, 'an object']])('fails for value %j', (value, shown) => {
    expect(() => checkAnnotations('here', 'metadata', { note: value })).toThrow(new Error(
      `value ${shown} of annotation note of metadata. Expected a string (at here)`));
  });
});
