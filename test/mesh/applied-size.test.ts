import { appliedSize, findLarge } from '../../src/mesh/applied-size';

/** An object whose last-applied annotation has a certain size in bytes. */
function ofSize(bytes: number) {
  const empty = { kind: 'VirtualService', metadata: { name: 'routes', annotations: {} }, spec: { text: '' } };
  return { ...empty, spec: { text: 'x'.repeat(bytes - appliedSize(empty)) } };
}

test('is that of the annotation that kubectl writes: compact JSON with annotations, and a newline', () => {
  expect(appliedSize({ metadata: { name: 'ä' } } as object)).toBe(Buffer.byteLength('{"metadata":{"annotations":{},"name":"ä"}}\n'));
  expect(appliedSize({ metadata: { annotations: { a: 'b' } } } as object)).toBe('{"metadata":{"annotations":{"a":"b"}}}\n'.length);
});

test('there is no finding below 200 kB', () => {
  expect(findLarge(ofSize(199_999))).toBeUndefined();
});

test('from 200 kB on, the object needs server-side apply soon', () => {
  expect([findLarge(ofSize(200_000)), findLarge(ofSize(1_499_999))?.rejected]).toEqual([{
    rejected: false,
    problem: 'VirtualService "routes" has 200 kB, and kubectl apply fails above 262 kB',
    remedy: 'use server-side apply (kubectl apply --server-side)',
  }, false]);
});

test('from 1.5 MB on, Kubernetes does not store it', () => {
  expect(findLarge(ofSize(1_500_000))).toEqual({
    rejected: true, problem: 'VirtualService "routes" has 1500 kB, and Kubernetes stores objects of up to 1,500 kB', remedy: 'split it into several objects',
  });
});
