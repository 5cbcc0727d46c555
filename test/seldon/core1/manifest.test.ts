import * as manifest from '../../../src/seldon/core1/manifest';

test('the shape of a manifest is nothing at run time', () => {
  expect(Object.keys(manifest)).toEqual([]);
});
