import { canonical } from '../../src/cluster/canonical';

test.each<[unknown, string]>([
  [{ b: 1, a: [{ d: null, c: 'x"\n' }] }, '{"a":[{"c":"x\\"\\n","d":null}],"b":1}'],
  [{ a: undefined, b: { c: undefined } }, '{"b":{}}'],
  [[undefined, true, -0.5], '[null,true,-0.5]'],
  ['ü\u2028', '"ü\u2028"'],
  [undefined, 'null'],
])('%j', (value, text) => {
  expect(canonical(value)).toBe(text);
});

test('the order of fields makes no difference', () => {
  expect(canonical({ 2: 'b', 10: 'c', x: { z: 1, y: 2 } })).toBe(canonical({ x: { y: 2, z: 1 }, 10: 'c', 2: 'b' }));
});
