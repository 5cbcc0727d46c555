import { load } from 'js-yaml';
import { kubectlSchema } from '../../../src/cluster/yaml/schema';

const read = (text: string) => load(text, { schema: kubectlSchema(() => undefined) });

describe('plain scalars are read as kubectl reads them', () => {
  test.each<[string, unknown]>([
    ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((text): [string, unknown] => [text, true]),
    ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((text): [string, unknown] => [text, false]),
    ...['~', 'null', 'Null', 'NULL', ''].map((text): [string, unknown] => [text, null]),
    ['yEs', 'yEs'], ['nULL', 'nULL'], ['tRUE', 'tRUE'],
    ['0', 0], ['-0', -0], ['+7', 7], ['12', 12], ['1_000', 1000], ['0x1F', 31], ['-0x1f', -31], ['0o17', 15], ['0b101', 5], ['0777', 511], ['010', 8],
    ['08', 8], ['09.5', 9.5], ['9223372036854775807', 2 ** 63], ['123456789012345678901234567890', 1.2345678901234568e29],
    ['0xFFFFFFFFFFFFFFFF', 2 ** 64], ['0xFFFFFFFFFFFFFFFFFF', '0xFFFFFFFFFFFFFFFFFF'], ['-9223372036854775809', -(2 ** 63)], ['_1', '_1'], ['0b_1', 1],
    ['0x10000000000000000', '0x10000000000000000'], ['-0x8000000000000000', -(2 ** 63)], ['-0x8000000000000801', '-0x8000000000000801'],
    ['01777777777777777777777', 2 ** 64], ['02000000000000000000000', 2e21], ['0b-11', -3], ['0b+1', 1], ['-0b-1', '-0b-1'], ['0o-7', '0o-7'], ['0x-1', '0x-1'],
    ['1.5', 1.5], ['.5', 0.5], ['1.', 1], ['1e3', 1000], ['1E-3', 0.001], ['-1.5e+2', -150], ['1_0.5', 10.5],
    ['1e400', '1e400'], ['1:30', '1:30'], ['190:20:30', '190:20:30'], ['2026-01-01', '2026-01-01'], ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['1.2.3', '1.2.3'], ['0x', '0x'], ['0b2', '0b2'], ['e12', 'e12'], ['+', '+'], ['-', [null]], ['=', '='], ['v1', 'v1'],
    ['"yes"', 'yes'], ["'0777'", '0777'], ['!!str 12', '12'],
    ['!local 12', '12'], ['!<x> yes', 'yes'], ['!!timestamp 2026-01-01', '2026-01-01'], ['!local [1]', [1]], ['!local { a: 1 }', { a: 1 }], ['!!int "12"', 12],
  ])('%s', (text, value) => {
    expect(read(`key: ${text}`.replace('key: -', text === '-' ? 'key:\n -' : 'key: -'))).toEqual({ key: value });
  });

  test.each(['.inf', '-.inf', '.nan'])('fails for %s', (text) => {
    expect(() => read(`key: ${text}`)).toThrow(`JSON has no number for "${text}"`);
  });
});

describe('maps', () => {
  test('the last of equal keys wins', () => {
    let repeated = 0;
    expect(load('a: 1\na: 2\n', { schema: kubectlSchema(() => { repeated += 1; }) })).toEqual({ a: 2 });
    expect(repeated).toBe(1);
  });

  test('a merged value replaces one that stands before it', () => {
    expect(read('base: &base { a: 1 }\nfirst: { a: 2, <<: *base }\nlast: { <<: *base, a: 2 }\n')).toEqual({ base: { a: 1 }, first: { a: 1 }, last: { a: 2 } });
  });

  test('keys that are no strings become strings', () => {
    expect(read('1: a\ntrue: b\n')).toEqual({ 1: 'a', true: 'b' });
  });

  test('__proto__ is a key like others', () => {
    expect(Object.keys(read('__proto__: { a: 1 }') as object)).toEqual(['__proto__']);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  test.each([['null: 1', 'a key is null'], ['? [a]\n: 1', 'a key is a list or an object']])('fails for %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
