import { millisecondsOf } from '../../src/cluster/go-duration';

test.each([
  ['1s', 1000], ['1000ms', 1000], ['1m30s', 90_000], ['0.5h', 1_800_000], ['10us', 0.01], ['0s', 0],
])('%s is %d ms', (written, milliseconds) => {
  expect(millisecondsOf(written)).toBeCloseTo(milliseconds);
});

test.each(['', '5', 's', '1s x', '1d'])('"%s" is no duration', (written) => {
  expect(millisecondsOf(written)).toBeUndefined();
});
