import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { ManifestPrinter } from '../../src/printing/manifest-printer';
import { faultOf, quotesHelp } from '../../src/printing/unreadable';
import { documents, strings } from '../support/yaml-values';

/** `npm run test:printer` prints many more. */
const RUNS = Number(process.env.PRINTER_RUNS ?? 3000);
const DIST = join(__dirname, '../../dist');

const original = (document: unknown) => Yaml.stringify(document);

/** Prints a document without the original. */
const printAlone = (document: unknown) => new ManifestPrinter(() => { throw new Error('printed by the original'); }).print(document);

const isQuotedOnPurpose = (text: string) => {
  const fault = faultOf(text);
  return fault !== undefined && quotesHelp(fault);
};

/** Whether the printer quotes a string that the original does not quote. */
function hasQuotedOnPurpose(value: unknown): boolean {
  if (typeof value === 'string') return isQuotedOnPurpose(value);
  if (Array.isArray(value)) return value.some(hasQuotedOnPurpose);
  return typeof value === 'object' && value !== null && Object.entries(value).some((entry) => entry.some(hasQuotedOnPurpose));
}

test('any document has the bytes of the original', () => {
  const printer = new ManifestPrinter(original);
  fc.assert(fc.property(documents.filter((document) => !hasQuotedOnPurpose(document)), (document) => {
    expect(printer.print(document)).toEqual(original(document));
  }), { seed: 18, numRuns: RUNS });
});

test('any string has the bytes of the original, as a key, a value and an entry of a list at any depth', () => {
  const printer = new ManifestPrinter(original);
  fc.assert(fc.property(strings.filter((text) => !isQuotedOnPurpose(text)), (text) => {
    const document = { [text]: text, list: [text, { [text]: { b: text, c: [[text]] } }] };
    expect(printer.print(document)).toEqual(original(document));
  }), { seed: 18, numRuns: RUNS });
});

test('any string that is quoted on purpose is read back, and the original or its reader fails', () => {
  const printer = new ManifestPrinter(original);
  fc.assert(fc.property(strings.filter(isQuotedOnPurpose), (text) => {
    const printed = printer.print({ a: { [text]: [text] } });
    expect(printed).toMatch(/^a:\n {2}"[\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]+":\n {4}- "[\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]+"\n$/u);
    expect(parseAllDocuments(printed, { version: '1.1' }).map((document) => document.toJSON() as unknown)).toEqual([{ a: { [text]: [text] } }]);
  }), { seed: 18, numRuns: RUNS });
});

test('every file of dist/ is printed without the original, to the same bytes', () => {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = readFileSync(join(DIST, file), 'utf8');
    const read = parseAllDocuments(text, { version: '1.1' }).map((document) => JSON.parse(JSON.stringify(document.toJSON())) as unknown);
    expect(read.map(printAlone).join('---\n')).toEqual(text);
  }
});

test('a manifest is printed without the original', () => {
  expect(printAlone({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'all', annotations: {}, finalizers: [] },
    data: { on: 'yes', port: '80', url: 'http://a.test:80/?q=1', time: '10:30', json: '{\n  "a": 1\n}', quoted: '"a"', both: '"\'', lines: 'a\n\nb\n', more: 'a\n\n', é: '€ 😀' },
    items: [{ a: 1, b: [[1, 2], []] }, -1.5, true, null, 1e21],
  })).toEqual(`apiVersion: v1
kind: ConfigMap
metadata:
  name: all
  annotations: {}
  finalizers: []
data:
  "on": "yes"
  port: "80"
  url: http://a.test:80/?q=1
  time: "10:30"
  json: |-
    {
      "a": 1
    }
  quoted: '"a"'
  both: "\\"'"
  lines: |
    a

    b
  more: |+
    a

  é: € 😀
items:
  - a: 1
    b:
      - - 1
        - 2
      - []
  - -1.5
  - true
  - null
  - 1e+21
`);
});

test.each([
  ['0o17', '"0o17"'], ['0X1F', '"0X1F"'], ['-_1', '"-_1"'], ['1e1_0', '"1e1_0"'], ['a\x7f', '"a\\u007f"'], ['a\x85', '"a\\u0085"'], ['a\u2028', '"a\\u2028"'],
  ['a\uffff', '"a\\uffff"'], ['\ta\nb', '"\\ta\\nb"'], [' \n', '" \\n"'], ['"\x9f', '"\\"\\u009f"'],
])('%j is quoted, since kubectl would not read it back', (text, printed) => {
  expect(printAlone({ [text]: text })).toEqual(`${printed}: ${printed}\n`);
  expect(original({ text })).not.toEqual(`text: ${printed}\n`);
});

const shared = { a: 1 };
const SPARSE = [1, 2];
delete SPARSE[0];

test.each<[string, unknown]>([
  ['an object that occurs twice', { a: shared, b: [shared] }],
  ['a list that occurs twice', { a: SPARSE, b: SPARSE }],
  ['a sparse list', { a: SPARSE }],
  ['an undefined value', { a: undefined }],
  ['a date', { a: new Date(0) }],
  ['an object of a class', { a: new (class Duration { readonly seconds = 5; })() }],
  ['an object that knows its JSON', { a: { b: 1, toJSON: () => 'b' } }],
  ['a list of a class', { a: new (class extends Array<number> {})(1, 2, 3) }],
  ['a map', { a: new Map([['b', 1]]) }],
  ['an iterable object', { a: { * [Symbol.iterator]() { yield 1; } } }],
  ['a key of more than 1024 characters', { ['x'.repeat(1025)]: 1 }],
  ['a big integer', { a: 1n }],
  ['a string', 'a'], ['a number', 1], ['null', null], ['nothing', undefined],
])('%s is printed by the original as a whole', (_what, document) => {
  const asked: unknown[] = [];
  const printed = new ManifestPrinter(original, (whole) => { asked.push(whole); return original(whole); }).print(document);

  expect(asked).toEqual([document]);
  expect(printed).toEqual(original(document));
});

test.each([['---'], ['--- a'], ['...'], ['... a'], ['<<']])('key %s has the bytes of the original, next to a string in quotes on purpose', (key) => {
  const documentFor = (mode: string) => ({ [key]: { [key]: [key, { [key]: { b: { [key]: key } } }], [`${key}b`]: mode }, c: [[{ [key]: [] }]] });
  const printed = new ManifestPrinter(original, () => { throw new Error('printed as a whole'); }).print(documentFor('0o7'));
  expect(printed).toEqual(original(documentFor('mode')).replace(': mode', ': "0o7"'));
});

test.each([[[], '[]\n'], [{}, '{}\n'], [[[]], '- []\n'], [[{}], '- {}\n']])('%j is printed as it is', (document, printed) => {
  expect(printAlone(document)).toEqual(printed);
  expect(original(document)).toEqual(printed);
});

test('a node of the package yaml is not printed as a map', () => {
  const document = { a: { [Symbol.for('yaml.node.type')]: Symbol.for('yaml.scalar'), value: 1 } };
  expect(new ManifestPrinter(original, () => 'a node').print(document)).toEqual('a node');
});

test('other symbols are ignored', () => {
  const document = { a: { [Symbol('b')]: 1 }, c: { [Symbol('b')]: 1, d: 2 } };
  expect(printAlone(document)).toEqual('a: {}\nc:\n  d: 2\n');
  expect(original(document)).toEqual(printAlone(document));
});

test('an object without a prototype is a map', () => {
  expect(printAlone(Object.assign(Object.create(null) as object, { a: 1 }))).toEqual('a: 1\n');
});

test('documents are independent', () => {
  const printer = new ManifestPrinter(original);
  expect(printer.print({ a: [shared, shared] })).toEqual('a:\n  - &a1\n    a: 1\n  - *a1\n');
  expect(printer.print({ a: shared })).toEqual('a:\n  a: 1\n');
  expect(printer.print(shared)).toEqual('a: 1\n');
});

test('keys of many documents are not kept', () => {
  const printer = new ManifestPrinter(original);
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key-${i}`, i]));
  expect(printer.print(many)).toEqual(original(many));
  expect(printer.print({ 'key-1': 1, 'yes': 1 })).toEqual('key-1: 1\n"yes": 1\n');
});
