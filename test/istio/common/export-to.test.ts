import { covers, overlap, sees } from '../../../src/istio/common/export-to';
import { testChart } from '../../support/manifests';

const by = testChart();
const of = (namespace: string | undefined, ...exportTo: string[]) => ({ by, namespace, exportTo: exportTo.length === 0 ? undefined : exportTo });

test.each([
  [of('a'), 'b', true],
  [of('a', '*'), 'b', true],
  [of('a', '.'), 'a', true],
  [of('a', '.'), 'b', false],
  [of('a', 'b'), 'b', true],
  [of('a', '~'), 'a', false],
])('who sees an object: %#', (object, namespace, expected) => {
  expect(sees(object, namespace)).toBe(expected);
});

test.each([
  [of('a'), of('b', '.'), true],
  [of('a', '*'), of('b', '.'), true],
  [of('a', '.'), of('b', 'a', 'c'), true],
  [of('a', '.'), of('b', '.'), false],
  // No namespace sees it, regardless of the other one.
  [of('a', '~'), of('b'), false],
  [of('a', '~'), of('b', '~'), false],
])('who sees both of two: %#', (a, b, expected) => {
  expect(overlap(a, b)).toBe(expected);
  expect(overlap(b, a)).toBe(expected);
});

test.each([
  [of('a'), of('b'), true],
  [of('a', '*'), of('b', 'c'), true],
  [of('a', '.'), of('a', 'a'), true],
  [of('a', '.'), of('a'), false],
  [of('a', '.', 'b'), of('a', 'c', 'b'), false],
])('who sees one sees the other: %#', (wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected);
});
