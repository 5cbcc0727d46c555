import { readManifests } from '../../../src/cluster/yaml/read-manifests';

/** The `spec` of an object after anchors for `{ m: 1 }` and `{ m: 2, k: 3 }`. */
function specOf(spec: string): unknown {
  const text = `apiVersion: v1\nkind: Service\na: &a { m: 1 }\nb: &b { m: 2, k: 3 }\nspec: ${spec}\n`;
  const { objects, problems } = readManifests(text, { file: 'a.yaml' });
  return problems.length > 0 ? problems[0].message : objects[0].spec;
}

test.each<[string, unknown]>([
  ['{ <<: *a }', { m: 1 }],
  ['{ m: 0, <<: *a }', { m: 1 }],
  ['{ <<: *a, m: 0 }', { m: 0 }],
  ['{ <<: *a, <<: *b }', { m: 2, k: 3 }],
  ['{ <<: [*a, *b] }', { m: 1, k: 3 }],
  ['{ <<: [*b, *a] }', { m: 2, k: 3 }],
  ['{ <<: [{ m: 5, x: [1, { z: 2 }] }, *b] }', { m: 5, x: [1, { z: 2 }], k: 3 }],
  ['{ <<: [] }', {}],
  ['{ x: { <<: [*a, *b] }, z: [{ <<: [*b, *a] }] }', { x: { m: 1, k: 3 }, z: [{ m: 2, k: 3 }] }],
  ['{ "<<": [1, 2] }', { '<<': [1, 2] }],
  ['{ x: <<, z: [<<, [1, 2]] }', { x: '<<', z: ['<<', [1, 2]] }],
])('%s is merged as kubectl does', (spec, expected) => {
  expect(specOf(spec)).toEqual(expected);
});

test.each(['{ <<: 5 }', '{ <<: [5] }'])('%s is a problem', (spec) => {
  expect(specOf(spec)).toBe('this is not valid YAML: cannot merge mappings; the provided source object is unacceptable');
});
