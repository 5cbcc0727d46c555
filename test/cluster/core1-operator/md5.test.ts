import { createHash } from 'crypto';
import * as fc from 'fast-check';
import { md5 } from '../../../src/cluster/core1-operator/md5';

const expected = (text: string): string => createHash('md5').update(text).digest('hex');

test.each(Array.from({ length: 130 }, (_, length) => length))('a string of %d characters, around the ends of blocks', (length) => {
  const text = 'seldon-core-'.repeat(11).slice(0, length);
  expect(md5(text)).toEqual(expected(text));
});

test('any string', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
    expect(md5(text)).toEqual(expected(text));
  }));
});
