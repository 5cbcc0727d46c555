import { isWholeBytes } from '../../../src/objects/core2/memory-quantity';

test.each([
  '0', '100', '100000', '+5', '100Ki', '99999999999Ki', '99999999Mi', '99999Gi', '99Ti', '1k', '1M', '1G', '1.5G', '1e3', '1E3', '9E', '007Mi',
])('Seldon can convert %s to bytes', (quantity) => {
  expect(isWholeBytes(quantity)).toBe(true);
});

test.each([
  '', 'x', '-1', '1.5Gi', '0.5', '1.0', '100m', '100u', '1Pi', '1Ei', '100000000000Ki', '100000000Mi', '100000Gi', '100Ti', '10E', '1e-3', '1e19', '.', '1 Gi', '1KB',
])('Seldon cannot convert %j to bytes', (quantity) => {
  expect(isWholeBytes(quantity)).toBe(false);
});
