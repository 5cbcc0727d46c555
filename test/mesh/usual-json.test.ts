import { isFinished, isUsual } from '../../src/mesh/usual-json';

const UNUSUAL = ['', '1', '-a', '+a', '.5', ' a', 'a\nb', 'é', '-----BEGIN'];

test.each(UNUSUAL)('string %j needs a closer look, as a value and as a key', (text) => {
  expect(isUsual(text)).toBe(false);
  expect(isUsual({ a: [{ b: text }] })).toBe(false);
  expect(isUsual([{ [text]: 'a' }])).toBe(false);
});

test.each([[1], [true], [undefined], [null], ['a'], ['a----b'], [{}], [{ a: ['b', { c: 1.5 }] }]])('%j needs none', (json) => {
  expect(isUsual(json)).toBe(true);
});

class Settings {
  public readonly a = 'b';
}

test.each<[string, unknown, boolean]>([
  ['sorted keys', { a: 'x', b: [{ c: 1, d: false }], e: {} }, true],
  ['a list', ['a', ['b']], true],
  ['unsorted keys', { a: { c: 1, b: 2 } }, false],
  ['a field without a value', { a: undefined }, false],
  ['null', { a: null }, false],
  ['null in a list', { a: [null] }, false],
  ['a function', { a: () => 'b' }, false],
  ['an object of a class', { a: new Settings() }, false],
  ['a class of lists', { a: new (class extends Array {})() }, false],
  ['a map without a prototype', { a: Object.create(null) as object }, false],
  ['the key of a constructor', { a: { constructor: 'b' } }, false],
  ['the key of a prototype', JSON.parse('{ "__proto__": { "a": "b" } }') as object, false],
  ['an unusual string', { a: '1' }, false],
])('what is written as it is: %s', (_what, json, expected) => {
  isUsual(json);
  expect(isFinished(json)).toBe(expected);
});

test('what was not checked is not known to be written as it is', () => {
  expect(isFinished({ a: 'b' })).toBe(false);
  expect(isFinished('a')).toBe(false);
});

test('what has changed since is checked again', () => {
  const json: { [key: string]: unknown } = { b: 'c' };
  isUsual(json);
  json.a = 'd';
  isUsual(json);
  expect(isFinished(json)).toBe(false);
});
