import * as manifest from '../../../src/cluster/core1-operator/manifest';

test('the shape of a manifest is nothing at run time', () => {
  expect(Object.keys(manifest)).toEqual([]);
});
