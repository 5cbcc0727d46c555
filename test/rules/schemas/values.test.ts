import { goDuration } from '../../../src/objects/istio/go-duration';
import { isWebAddress } from '../../../src/rules/schemas/go-url';
import { Schema } from '../../../src/rules/schemas/schema';
import { typeFault, valueFaults } from '../../../src/rules/schemas/values';

test.each([
  ['5s', 5e9], ['0', 0], ['-0', 0], ['1h30m', 5_400e9], ['1.5s', 1.5e9], ['.5s', 0.5e9], ['1.s', 1e9], ['-1m', -60e9], ['+1ms', 1e6], ['1us', 1e3], ['1µs', 1e3], ['1μs', 1e3], ['3ns', 3],
])('the duration %s', (text, nanoseconds) => {
  expect(goDuration(text)).toBe(nanoseconds);
});

test.each(['', '5', '1d', '5 s', 's', '.s', '1h 2m', '5S', '1e3s', '3000000h'])('no duration: %j', (text) => {
  expect(goDuration(text)).toBeUndefined();
});

test.each([
  'http://a', 'https://a/b?c', 'HTTPS://a', 'https://a:80/b', 'https://a:', 'http://[::1]:80/b', 'https://user:p@a/b', 'http:a', 'https:///a', 'http:/a%20b', 'https://ä/b', 'http://',
])('a web address: %s', (text) => {
  expect(isWebAddress(text)).toBe(true);
});

test.each([
  '', 'a', '/a', '//a', 'ftp://a', 'http', 'http//a', 'https://a b', 'https://a#b', 'https://a:b', 'https://a:80:80x', 'https://a/%zz', 'http://[::1', 'http://[x]/', 'https://a\n', 'http:///%z', 'https://u ser@a',
])('no web address: %j', (text) => {
  expect(isWebAddress(text)).toBe(false);
});

const faultsOf = (value: unknown, schema: Schema) => [...valueFaults(value, schema)].map(({ problem, remedy }) => `${problem}: ${remedy}`);

test.each([
  ['YQ==', []], ['YWI=', []], ['YWJj', []], ['', ['is "": expected bytes in base64']], ['YQ', ['is "YQ": expected bytes in base64']], ['_-==', ['is "_-==": expected bytes in base64']],
])('bytes: %j', (text, expected) => {
  expect(faultsOf(text, { type: 'string', format: 'byte' })).toEqual(expected);
});

test.each(['2026-01-31T12:00:00Z', '2024-02-29t12:00:00.5z', '2026-01-31T12:00:00+25:00'])('a time: %s', (text) => {
  expect(faultsOf(text, { type: 'string', format: 'date-time' })).toEqual([]);
});

test.each(['', '2026-01-31', '2026-02-29T12:00:00Z', '2026-13-01T12:00:00Z', '2026-01-31 12:00:00Z', '2026-01-31T24:00:00Z', '2026-01-31T12:60:00Z', '2026-01-31T12:00:60Z', '2026-01-31T12:00Z'])(
  'no time: %j',
  (text) => {
    expect(faultsOf(text, { type: 'string', format: 'date-time' })).toEqual([`is "${text}": expected a time such as 2026-01-31T12:00:00Z`]);
  },
);

test('the length of a text, in characters', () => {
  const schema: Schema = { type: 'string', minLength: 2, maxLength: 3 };
  expect(['ab', '🌷🌷🌷'].flatMap((text) => faultsOf(text, schema))).toEqual([]);
  expect(faultsOf('🌷', schema)).toEqual(['has 1 character: expected 2 or more']);
  expect(faultsOf('abcd', schema)).toEqual(['has 4 characters: expected 3 or less']);
  expect(faultsOf('', { type: 'string', minLength: 1 })).toEqual(['is empty: write its value']);
});

test('the size of lists and objects', () => {
  expect(faultsOf([1, 2], { type: 'array', maxItems: 1 })).toEqual(['has 2 entries: expected 1 or less']);
  expect(faultsOf({}, { type: 'object', minProperties: 1 })).toEqual(['has 0 fields: expected 1 or more']);
  expect(faultsOf({ a: 1, b: 1 }, { type: 'object', maxProperties: 1 })).toEqual(['has 2 fields: expected 1 or less']);
});

test('numbers of 32 bits have a range, and others have none', () => {
  expect(faultsOf(-(2 ** 31) - 1, { type: 'integer', format: 'int32' })).toEqual(['is -2147483649: expected -2147483648 or more']);
  expect(faultsOf(2 ** 40, { type: 'integer', format: 'int64' })).toEqual([]);
  expect(faultsOf(1, { type: 'integer', format: 'int32', minimum: 2 })).toEqual(['is 1: expected 2 or more']);
});

test('the API server reads a list where a text has a format', () => {
  expect(typeFault([], { type: 'string', format: 'byte' })).toBeUndefined();
  expect(typeFault([], { type: 'string' })).toEqual({ problem: 'is a list', remedy: 'expected a string' });
  expect(typeFault({}, { type: 'string', format: 'byte' })).toEqual({ problem: 'is an object', remedy: 'expected a string' });
});
