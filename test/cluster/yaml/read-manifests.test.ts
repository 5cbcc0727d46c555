import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { isTemplate, readManifests, looksLikeManifests } from '../../../src/cluster/yaml/read-manifests';

const route = (name: string, extra = '') => `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name} }\n${extra}`;
const read = (text: string) => readManifests(text, { file: 'a.yaml' });
const names = (text: string) => read(text).objects.map(String);

describe('documents', () => {
  test('several, and empty ones', () => {
    expect(names(`---\n---\n# nothing\n---\n${route('a')}---\n${route('b')}...\n---\n`)).toEqual(['VirtualService default/a', 'VirtualService default/b']);
  });

  test('objects without a namespace have the default one', () => {
    expect(readManifests(route('a'), { file: 'a.yaml', defaultNamespace: 'models' }).objects.map(String)).toEqual(['VirtualService models/a']);
  });

  test.each(['List', 'VirtualServiceList'])('a %s', (kind) => {
    const item = kind === 'List' ? { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService' } : {};
    const list = { apiVersion: kind === 'List' ? 'v1' : 'networking.istio.io/v1', kind, items: [{ ...item, metadata: { name: 'a' } }, { ...item, metadata: { name: 'b' } }] };
    for (const text of [stringify(list), JSON.stringify(list)]) expect(names(text)).toEqual(['VirtualService default/a', 'VirtualService default/b']);
    expect(read(stringify(list)).objects[1].origin.position?.(['metadata', 'name'])?.line).toBe(kind === 'List' ? 11 : 7);
  });

  test('JSON with tabs', () => {
    expect(names('{\n\t"apiVersion": "networking.istio.io/v1",\n\t"kind": "VirtualService",\n\t"metadata": { "name": "a" }\n}')).toEqual(['VirtualService default/a']);
  });

  test('a mark of the byte order, and line ends of Windows', () => {
    expect(names(`\ufeff${route('a')}---\n${route('b')}`.replaceAll('\n', '\r\n'))).toEqual(['VirtualService default/a', 'VirtualService default/b']);
  });

  test('--- inside a block scalar', () => {
    expect(names(route('a', 'data:\n  text: |\n    ---\n    x: [\n'))).toEqual(['VirtualService default/a']);
  });

  test('other kinds and other documents are counted', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\n---\napiVersion: v1\nkind: ConfigMap\n---\nreplicas: 3\n---\n- 1\n---\ntext\n';
    const { objects, ignored, notManifests, problems } = read(text);
    expect([objects, [...ignored], notManifests, problems]).toEqual([[], [['ConfigMap', 2]], 3, []]);
  });
});

describe('what cannot be read', () => {
  test('does not hide the other documents', () => {
    const { objects, problems } = read(`${route('a')}---\nspec: [1\nhosts: x\n---\n${route('b')}---\na: {\n---\n${route('c')}`);
    expect(objects.map(String)).toEqual(['a', 'b', 'c'].map((name) => `VirtualService default/${name}`));
    expect(problems).toEqual([
      { line: 6, column: 1, message: 'this is not valid YAML: deficient indentation' },
      { line: 13, column: 1, message: expect.stringMatching(/^this is not valid YAML: /) },
    ]);
  });

  test('the second of two equal keys', () => {
    const { objects, problems } = read(`${route('a')}---\n${route('b', 'spec:\n  hosts: [a]\n  http: []\n  hosts: [b]\n')}`);
    expect(objects[1].spec.hosts).toEqual(['b']);
    expect(problems).toEqual([
      { line: 11, column: 3, message: 'the key "hosts" occurs twice in one object, and kubectl would use only the second one. Remove one of them' },
    ]);
  });

  test('the second of two equal keys in JSON', () => {
    const { objects, problems } = read('{ "apiVersion": "networking.istio.io/v1", "kind": "VirtualService",\n  "metadata": { "name": "a", "na\\u006de" : "b" } }');
    expect(objects.map(String)).toEqual(['VirtualService default/b']);
    expect(problems).toEqual([
      { line: 2, column: 30, message: 'the key "name" occurs twice in one object, and kubectl would use only the second one. Remove one of them' },
    ]);
  });

  test('texts of JSON with quotes and colons are no keys', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
      const text = JSON.stringify({ a: '":', b: '\\', c: '\\":', d: [':', 'x'], value }, undefined, space);
      expect(read(text).problems).toEqual([]);
    }));
  });

  test('a merge is no second key', () => {
    expect(read('base: &base { a: 1 }\nother: { <<: *base, a: 2 }\n').problems).toEqual([]);
  });

  test('lines that kubectl rejects', () => {
    expect(read(`%YAML 1.2\n--- # fine\n${route('a')}--- text\n`).problems).toEqual([
      { line: 1, column: 1, message: 'kubectl rejects the directive "%YAML 1.2". Remove the line' },
      { line: 6, column: 1, message: 'kubectl rejects text behind "---". Put it on the next line' },
    ]);
  });

  test('aliases of aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(', ')}]`)].join('\n');
    const many = `a: &a 1\nb: [${Array(2000).fill('*a').join(', ')}]\n`;
    expect(read(many).problems).toEqual([expect.objectContaining({ message: expect.stringContaining('alias') })]);
    expect(read(bomb).problems).toEqual([expect.objectContaining({ message: 'this is not valid YAML: its aliases multiply to more values than kubectl reads' })]);
    expect(read(route('a', 'spec: &spec\n  hosts: [a]\n  http: &http [{ match: *http }]\n')).problems).toEqual([
      { line: 1, column: 1, message: 'this is not valid YAML: an anchor contains an alias of itself' },
    ]);
    expect(read(route('a', 'spec: &spec { hosts: [a] }\nother: [*spec, *spec]\n')).problems).toEqual([]);
  });

  test.each([
    ['lists', `{"a":${'['.repeat(20000)}${']'.repeat(20000)}}`],
    ['lists of objects', '{"apiVersion":"v1","kind":"List","items":['.repeat(20000) + ']}'.repeat(20000)],
  ])('JSON with %s that are nested very deeply', (_, text) => {
    expect(read(text).problems).toEqual([expect.objectContaining({ line: 1, message: 'this is not valid YAML: nesting exceeded maxDepth (100)' })]);
  });

  test('many lines that kubectl rejects, in linear time', () => {
    const { problems } = read('--- a\n'.repeat(150000));
    expect(problems.slice(-1)).toEqual([expect.objectContaining({ line: 150000 })]);
  });

  test('a number that JSON does not have', () => {
    expect(read('a: .nan').problems).toEqual([{ line: 1, column: 1, message: 'this is not valid YAML: JSON has no number for ".nan"' }]);
  });

  test.each(['a: b: c', 'a:\n\t- b', '"', '[', '{ "a": 1', '\u0000', '&a *a', 'a: !unknown x'])('%j is a problem and no crash', (text) => {
    expect(read(text).problems.length).toBeGreaterThan(0);
  });
});

test('positions are those of keys and items', () => {
  const { position } = read(route('a', 'spec:\n  hosts:\n    - "a"\n    - b\n  "http": [{ match: [{ uri: { exact: /x } }] }]\n')).objects[0].origin;
  expect(position?.([])).toEqual({ line: 1, column: 1 });
  expect(position?.(['spec', 'hosts', 0])).toEqual({ line: 6, column: 7 });
  expect(position?.(['spec', 'hosts', 1])).toEqual({ line: 7, column: 7 });
  expect(position?.(['spec', 'http', 0, 'match', 0, 'uri', 'exact'])).toEqual({ line: 8, column: 31 });
  // The closest field around one that is absent.
  expect(position?.(['spec', 'http', 0, 'route', 0])).toEqual({ line: 8, column: 12 });
});

test('positions are on the line of the field, in any document', () => {
  const values = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.string({ unit: 'binary-ascii' }), fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{2,5}$/), tie('value'), { maxKeys: 3 })),
  })).value;
  fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[A-Z]{3}$/), values, { minKeys: 1 }), fc.nat(3), (spec, before) => {
    const text = `${'---\n'.repeat(before)}${route('a', stringify({ spec }))}`;
    const { objects } = read(text);
    for (const key of Object.keys(spec)) {
      const { line, column } = objects[0].origin.position!(['spec', key])!;
      expect(text.split('\n')[line - 1].slice(column - 1).startsWith(`${key}:`) || text.split('\n')[line - 1].includes(key)).toBe(true);
    }
  }));
});

test.each<[string, boolean]>([
  [route('a'), true],
  ['{ "apiVersion": "v1",\n "kind": "List" }', true],
  ['replicas: 2\nimage: { tag: v1 }\n', false],
  ['{"kind":"List","apiVersion":"v1"}', true],
  ['{ apiVersion: v1, kind: List }', true],
  [`\ufeff${route('a')}`, true],
  ['\n'.repeat(100000), false],
  ['{"\n'.repeat(100000), false],
  ['name: CI\non: push\njobs: {}\n', false],
])('%j looks like manifests: %p', (text, expected) => {
  expect(looksLikeManifests(text)).toBe(expected);
});

const template = (text: string) => isTemplate(text, read(text));
const alert = 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: { summary: "{{ $labels.model }}" }\n';
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, args: ["{{ .Data }}"] }] }\n';

test.each<[string, boolean]>([
  ['apiVersion: v1\nkind: Service\nmetadata: { name: {{ .Release.Name }} }\n', true],
  ['apiVersion: v1\nkind: Service\nmetadata: { name: "{{ .Release.Name }}" }\n', true],
  ['apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: "{{ .Release.Namespace }}" }\n', true],
  [route('a', 'spec: { hosts: ["{{ .Values.host }}"] }\n'), true],
  [`${alert}---\n${route('a')}`, false],
  [pod, false],
  [route('a'), false],
])('%j is a template: %p', (text, expected) => {
  expect(template(text)).toBe(expected);
});
