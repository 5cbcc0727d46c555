import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { readManifests, looksLikeManifests } from '../../../src/cluster/yaml/read-manifests';

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

  test('JSON objects one after the other', () => {
    const json = (name: string, space?: string) => JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name }, spec: { hosts: ['}"{'] } }, undefined, space);
    const both = ['VirtualService default/a', 'VirtualService default/b'];
    for (const text of [`${json('a')}\n${json('b')}\n`, json('a') + json('b'), `${json('a', '\t')}\n---\n${json('b', '  ')}`]) expect(names(text)).toEqual(both);
    const { objects, problems } = read(`${json('a', '  ')}${json('b', '  ')}\n{ "a": ] }\n${json('c')}`);
    expect(objects.map(({ origin }) => origin.position?.(['spec', 'hosts', 0]))).toEqual([{ line: 9, column: 7 }, { line: 20, column: 7 }, { line: 25, column: expect.any(Number) }]);
    expect(problems.map(({ line }) => line)).toEqual([24]);
  });

  test('lists in hundreds of lists, and no more', () => {
    const head = '"apiVersion":"networking.istio.io/v1","kind":"VirtualService"';
    const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    for (const text of [`{${head},"spec":${deep(300)}}`, `{${head},spec: ${deep(300)}}`, route('a', `spec: ${deep(300)}`), route('a', `spec:\n${'- '.repeat(300)}1`)]) {
      expect(read(text).objects[0].origin.position?.(['spec'])).toBeDefined();
    }
    for (const text of [`{${head},"spec":${deep(100_000)}}`, route('a', `spec: ${deep(100_000)}`)]) expect(read(text)).toMatchObject({ objects: [], problems: [{}] });
  });

  test('a list that is empty, and items that are none', () => {
    const { objects, ignored, notManifests, problems } = read('apiVersion: v1\nkind: List\nitems: null\n---\napiVersion: v1\nkind: List\nitems: [null, 1, {}]\n');
    expect([objects, ignored.size, notManifests, problems]).toEqual([[], 0, 2, []]);
  });

  test('an alias stands for a value', () => {
    const text = 'spec: &spec { hosts: [a] }\n'.replace('spec:', 'x:') + route('a', 'spec: *spec\n');
    expect(read(text).objects[0].spec).toEqual({ hosts: ['a'] });
    expect(read(text).objects[0].origin.position?.(['spec', 'hosts', 0])).toEqual({ line: 5, column: 1 });
  });

  test('a mark of the byte order, and line ends of Windows', () => {
    for (const between of ['---\n', '---\n\ufeff']) {
      const text = `\ufeff${route('a')}${between}${route('b', 'spec: { hosts: [b] }\n')}`.replaceAll('\n', '\r\n');
      expect(names(text)).toEqual(['VirtualService default/a', 'VirtualService default/b']);
      expect(read(text).objects[1].origin.position?.(['spec', 'hosts'])).toEqual({ line: 8, column: 9 });
    }
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
      { line: 6, column: 1, message: 'this is not valid YAML: the brackets or quotes before this line are not closed' },
      { line: 13, column: 1, message: expect.stringMatching(/^this is not valid YAML: /) },
    ]);
  });

  test('the second of two equal keys', () => {
    const { objects, problems } = read(`${route('a')}---\n${route('b', 'spec:\n  hosts: [a]\n  http: []\n  hosts: [b]\n')}`);
    const [first, { spec, origin }] = objects;
    expect(spec.hosts).toEqual(['b']);
    expect([first.origin.duplicateKeys, origin.duplicateKeys]).toEqual([undefined, [{ field: ['spec', 'hosts'], isEqual: false }]]);
    expect(origin.position!(['spec', 'hosts'])).toEqual({ line: 11, column: 3 });
    expect(problems).toEqual([]);
  });

  test('equal keys in JSON, and in items of a list', () => {
    const json = '{"apiVersion": "v1", "kind": "List",\n "items": [{"apiVersion": "v1", "kind": "Service",\n "spec": {"a:": "\\"b\\":", "a:": 1}}]}';
    const places = (text: string) => read(text).objects.flatMap(({ origin }) => (origin.duplicateKeys ?? []).map(({ field }) => {
      const { line, column } = origin.position!(field)!;
      return [line, column];
    }));
    expect(places(json)).toEqual([[3, 27]]);
    expect(places(json.replace('"a:": 1', '"c": 1'))).toEqual([]);
    const yaml = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  spec:\n    "a": 1\n    b: { c: 1, c: 2 }\n    a: 2\n';
    expect(places(yaml)).toEqual([[9, 5], [8, 16]]);
    expect(read(`${yaml}items: []\n`).problems).toEqual([
      { line: 10, column: 1, message: 'the key "items" of the list occurs twice, and kubectl uses only the last one. Remove one of them' },
    ]);
  });

  test('a merge is no second key, and neither are equal keys of a document that is no manifest', () => {
    expect(read(route('a', 'base: &base { a: 1 }\nother: { <<: *base, a: 2 }\nlast: { a: 2, <<: *base, <<: *base }\n')).problems).toEqual([]);
    expect(read(`a: 1\na: 2\n---\n${route('a')}`).problems).toEqual([]);
  });

  test('lines that kubectl rejects', () => {
    expect(read(`%YAML 1.2\n--- # fine\n${route('a')}--- text\n`).problems).toEqual([
      { line: 1, column: 1, message: 'kubectl rejects the directive "%YAML 1.2". Remove the line' },
      { line: 6, column: 1, message: 'kubectl rejects text after "---". Put it on the next line' },
    ]);
    // The documents around them are read.
    for (const between of ['----', '----------  ', '---x', '-----BEGIN', '--- !!map']) {
      const { objects, problems } = read(`${route('a')}...\n${between}\n${route('b')}---\na: [\n`);
      expect([between, objects.map(({ name }) => name), problems.map(({ line }) => line)]).toEqual([between, ['a', 'b'], [5, expect.any(Number)]]);
    }
    expect(read(`----\n${route('a')}`).problems).toEqual([{ line: 1, column: 1, message: 'kubectl rejects the separator "----". Write "---"' }]);
    expect(read('%YAML 1.2\n---\nreplicas: 1\n').problems).toEqual([]);
  });

  test('directives before a document, and none after it', () => {
    const message = 'kubectl rejects the directive "%YAML 1.2". Remove the line';
    for (const before of ['', '# first\n', `${route('b')}---\n`, `${route('b')}...\n---\n# second\n\n`]) {
      expect(read(`${before}%YAML 1.2\n---\n${route('a')}`).problems).toEqual([{ line: before.split('\n').length, column: 1, message }]);
    }
    for (const after of ['%YAML 1.2\n', '...\n%YAML 1.2\n', '... # end\n\n']) {
      expect(read(`${route('a')}${after}---\n${route('b')}`)).toMatchObject({ objects: [{ name: 'a' }, { name: 'b' }], problems: [] });
    }
  });

  test('what follows the end of a document, up to the next separator', () => {
    const message = 'kubectl ignores what follows "...". Write "---" instead';
    for (const rest of [route('x'), 'a: [\n', '...\nx\n']) {
      const { objects, problems } = read(`${route('a')}... # end\n${rest}---\n${route('b')}`);
      expect([objects.map(({ name }) => name), problems]).toEqual([['a', 'b'], [{ line: 4, column: 1, message }]].map((each, i) => (i === 0 || rest !== '...\nx\n' ? each : [])));
    }
    expect(read(`...\n${route('a')}`)).toMatchObject({
      objects: [{ name: 'a' }], problems: [{ line: 1, message: 'kubectl rejects "..." before a document. Remove the line' }],
    });
    expect(read(route('a', 'x: |\n  ...\n  a\ny: ...a\n')).problems).toEqual([]);
  });

  test('a separator after a mark of the byte order', () => {
    const message = 'kubectl does not separate documents at "---" after a mark of the byte order. Remove the mark';
    expect(read(`\ufeff---\n${route('a')}\ufeff---\n${route('b')}`)).toMatchObject({ objects: [{ name: 'a' }, { name: 'b' }], problems: [{ line: 5, column: 1, message }] });
  });

  test.each<[string, string, number]>([
    ['spec: &a.b { c: *a.b }', 'the alias "a.b" is inside the value that it stands for', 17],
    ['spec: &a.b 1', 'the anchor "a.b" has characters other than letters, digits, "-" and "_"', 7],
    ['spec: { a: 1, b: &é x }', 'the anchor "é" has characters other than letters, digits, "-" and "_"', 18],
    ['spec: "a\\\\\\/"', 'the escape "\\/" is JSON and not YAML', 11],
    ['spec: "\\ud83d\\ude00"', 'the escape "\\ud83d" is JSON and not YAML', 8],
    ['spec: |\n\n  \ta\n', 'a tab is not valid indentation', 3],
    ['spec:\n-\t "a"', 'a tab is not valid after "-"', 2],
    ['spec:\n- \t!a 1', 'a tab is not valid after "-"', 3],
  ])('%j', (spec, message, column) => {
    const { objects, problems } = read(`${route('a')}---\n${route('b', spec)}`);
    expect([objects.map(String), problems]).toEqual([['VirtualService default/a'], [{ line: expect.any(Number), column, message: `this is not valid YAML: ${message}` }]]);
  });

  test.each(['"a\\\\/"', '"\\u00e9\\uE000"', "'\\/'", '&a-b_1 x', '|2\n  \ta', '|\n  a\n  \tb', '>-\n  a\tb', 'a -\tb', '"\t\\t"', '[ a-, \tb ]'])('spec: %s is fine', (spec) => {
    expect(read(route('a', `spec: ${spec}\n`))).toMatchObject({ objects: [{ name: 'a' }], problems: [] });
  });

  test('aliases of aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(', ')}]`)].join('\n');
    expect(read(`${route('a')}---\n${bomb}\n---\n${route('b')}`)).toMatchObject({
      objects: [{ name: 'a' }, { name: 'b' }],
      problems: [{ line: 8, message: 'this is not valid YAML: too many values of the document are copies made by aliases' }],
    });
    // kubectl accepts many copies of something small.
    expect(read(route('a', `a: &a 1\nb: [${Array(2000).fill('*a').join(', ')}]\n`)).problems).toEqual([]);
  });

  test('an alias inside its own value', () => {
    for (const value of ['&a { b: *a }', '&a [[*a]]', '{ b: &a { c: &b { d: *b } } }']) {
      const { objects, problems } = read(`${route('a')}---\n${route('b', `spec: ${value}\n`)}`);
      expect([objects.map(({ name }) => name), problems]).toEqual([['a'], [
        { line: 8, column: 7 + value.indexOf('*'), message: expect.stringMatching(/the alias "[ab]" is inside the value that it stands for$/) },
      ]]);
    }
    expect(read(route('a', 'spec: { a: &a [1], b: *a, c: &a { d: *b } }\n')).problems[0].message).toContain('unidentified alias "b"');
  });

  test('a number that JSON does not have', () => {
    expect(read(`a: ".nan"\nb:\n  - .nan\n---\n${route('a')}`)).toMatchObject({
      objects: [{ name: 'a' }], problems: [{ line: 3, column: 5, message: 'this is not valid YAML: JSON has no number for ".nan"' }],
    });
  });

  test.each(['a: b: c', 'a:\n\t- b', '"', '[', '{ "a": 1', '\u0000', '&a *a', 'a: *b', '? [a]\n: b', '---\n...\n]', '- a\nb: c'])('%j is a problem and no crash', (text) => {
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

describe('brackets and quotes', () => {
  const specOf = (text: string) => read(route('a', text)).objects[0]?.spec;

  test.each<[string, unknown]>([
    ['spec: {\n}\n', {}],
    ['spec: {\n  hosts: [\n    a\n  ]\n}\n', { hosts: ['a'] }],
    ['spec:\n  hosts: [\n    a, # first\n    b\n  ]\n  http: {\n  }\n', { hosts: ['a', 'b'], http: {} }],
    ['spec:\n  hosts: [\na,\nb]\n', { hosts: ['a', 'b'] }],
    ['spec:\n  - a: [\n  ]\n    b: 1\n', [{ a: [], b: 1 }]],
    ['spec: {\n\t"a": 1\n}\n', { a: 1 }],
    ['spec:\t{ a:\t[1, 2], b: "x:\ty",\tc: 3 }\n', { a: [1, 2], b: 'x:\ty', c: 3 }],
    ['spec: {\t"a":\t1,\tb: [\t[]\t ] \t}\n', { a: 1, b: [[]] }],
    ['spec:\n  a: "x"#c\n  b: [\'y\'#c\n  ]\n  c: |#c\n    z\n  d: >-#c [\n    z\n', { a: 'x', b: ['y'], c: 'z\n', d: 'z' }],
    ['spec:\n  a: "x\n  y"\n  b: \'x\n\ny\'\n  c: "x\\\n  y"\n', { a: 'x y', b: 'x\ny', c: 'xy' }],
  ])('lines in them may have any indentation: %j', (text, spec) => {
    const { objects: [object], problems } = read(`${route('b')}---\n${route('a', text)}`.replace(route('b'), ''));
    expect([object.manifest.spec, problems]).toEqual([spec, []]);
  });

  test('positions are those in the file', () => {
    const { objects } = read(`${route('a')}---\n${route('b', 'spec:\n  hosts: [\na, b\n  ]\n  http: [{ name: x }]\n')}`);
    const { position } = objects[1].origin;
    expect([['spec', 'hosts'], ['spec', 'hosts', 0], ['spec', 'hosts', 1], ['spec', 'http', 0, 'name']].map((field) => position?.(field))).toEqual([
      { line: 9, column: 3 }, { line: 10, column: 1 }, { line: 10, column: 4 }, { line: 12, column: 12 },
    ]);
  });

  test('other mistakes are found at their own places', () => {
    expect(read(route('a', 'spec:\n  hosts: [\n  ]\n  http: a: b\n')).problems).toMatchObject([{ line: 7, column: 10 }]);
    expect(read(route('a', 'spec:\n  a: "x\n  b: y\n')).problems).toMatchObject([{ line: 6, column: 3, message: expect.stringContaining('are not closed') }]);
    expect(specOf('spec: [a\n')).toBeUndefined();
  });
});

test('templates are skipped if asked for', () => {
  const skipped = (text: string) => {
    const { objects, ignored, notManifests, problems } = readManifests(text, { file: 'a.yaml', skipTemplates: true });
    return [objects.map(({ name }) => name), [...ignored.keys()], notManifests, problems.length];
  };
  const rule = 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: { summary: "{{ $labels.pod }}" }\n---\n';
  expect(skipped(`${route('a')}---\n{{- if .Values.b }}\n${route('{{ .Release.Name }}')}{{- end }}\n`)).toEqual([[], [], 1, 0]);
  expect(skipped(rule + route('a'))).toEqual([['a'], ['PrometheusRule'], 0, 0]);
  expect(skipped(`${rule}${route('a')}---\n${route('"{{ .Release.Name }}"')}---\n${route('b', 'spec: { hosts: ["{{ .Values.host }}"] }\n')}`)).toEqual([['a'], ['PrometheusRule'], 2, 0]);
  expect(skipped(`${rule}a: [\n---\n${route('a')}`)).toEqual([['a'], ['PrometheusRule'], 0, 1]);
  expect(skipped('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { template: { metadata: { annotations: { vault: "{{ x }}" } } } }\n')).toEqual([['a'], [], 0, 0]);
  expect(read(route('"{{ x }}"')).objects).toHaveLength(1);
});

test('many lines that kubectl rejects are all found', () => {
  const text = route('a') + '--- !!map {}\n'.repeat(20_000);
  expect(read(text).problems).toHaveLength(20_000);
});

test.each<[string, boolean]>([
  [route('a'), true],
  ['{ "apiVersion": "v1",\n "kind": "List" }', true],
  ['replicas: 2\nimage: { tag: v1 }\n', false],
  ['{"kind":"List","apiVersion":"v1","items":[]}', true],
  ['{kind: List, apiVersion: v1}', true],
  ['\ufeff"kind": List\n\'apiVersion\': v1\n', true],
  ['apiVersion: v2\nname: chart\n', false],
  ['text: the kind: and the apiVersion: of it\n', false],
  ['name: CI\non: push\njobs: {}\n', false],
])('%j looks like manifests: %p', (text, expected) => {
  expect(looksLikeManifests(text)).toBe(expected);
});

test('a key that is an object has its place, and braces look like a template', () => {
  const { problems } = readManifests('apiVersion: v1\nkind: Service\nspec: {{ toYaml .Values.spec | indent 2 }}\n', { file: 'a.yaml' });
  const message = 'this is not valid YAML: a key is a list or an object. It looks like a template. Check what it renders, as in `helm template . | seldon-istio check -`';
  expect(problems).toEqual([{ line: 3, column: 8, message }]);
});

test.each([['? [a]\n: 1', 1, 3], ['a: 1\nb:\n  ? {c: 1}\n  : 2', 3, 5], ['a: [b, {c: {? [d] : 1}}]', 1, 15]])('the place of a key that is no text, in %j', (text, line, column) => {
  expect(readManifests(text, { file: 'a.yaml' }).problems).toEqual([{ line, column, message: 'this is not valid YAML: a key is a list or an object' }]);
});

test('a List whose items are no list', () => {
  const { problems, objects } = readManifests('apiVersion: v1\nkind: List\nitems: {a: 1}\n', { file: 'a.yaml' });
  expect(objects).toEqual([]);
  expect(problems).toEqual([{ line: 3, column: 1, message: 'items of the list is not a list. Write the objects as its entries' }]);
  expect(readManifests('{apiVersion: v1, kind: List, items: null}', { file: 'a.yaml' }).problems).toEqual([]);
});

test('kinds that do not exist are read, so that they can be reported', () => {
  const { objects, ignored } = readManifests('{apiVersion: networking.istio.io/v1, kind: virtualservice, metadata: {name: a}}', { file: 'a.yaml' });
  expect(objects.map(({ type }) => type)).toEqual(['networking.istio.io/virtualservice']);
  expect(ignored.size).toBe(0);
});
