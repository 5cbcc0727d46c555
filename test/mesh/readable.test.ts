import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshNamespace } from '../../src/istio/namespace/mesh-namespace';
import { writeManifest } from '../../src/mesh/manifest';
import { checkReadable, findUnreadable } from '../../src/mesh/readable';

const isRefused = (text: string) => findUnreadable({ text }) !== undefined;

test.each(['0o7', '-0o17', '+0O7', '0X1F', '0B1', '1e1_0', '7E-_7', '+_0.', '-_1', '0o_7'])('%s would become a number', (text) => {
  expect(findUnreadable({ a: text })).toEqual({
    path: '.a', problem: `is the string "${text}"`, remedy: 'choose a value that is not a number, since kubectl would read one from the file. A FastApp would write it in quotes',
  });
});

test.each(['', '1', '0777', '0x1f', '1_000', '1e3', '.5', '08', 'y', 'null', '~', '0o8', '0x', '_1', 'o7', '1e1_000', '2001-01-01', '12:30:45', 'v2', '1.22', '--0o7', 'é', '😀',
  'a\nb', ' \n\ta', 'a\n\tb', '\ta', '\n', '\na', ' a\nb', '\n\t'])('%j stays as it is', (text) => {
  expect(isRefused(text)).toBe(false);
});

test.each([
  ['\x7f', 'U+007F', '\\u007f'], ['\x85', 'U+0085', '\\u0085'], ['\x9f', 'U+009F', '\\u009f'], ['\u2028', 'U+2028', '\\u2028'], ['\u2029', 'U+2029', '\\u2029'],
  ['\ud83d', 'U+D83D', '\\ud83d'], ['\ude00', 'U+DE00', '\\ude00'], ['\uffff', 'U+FFFF', '\\uffff'],
])('the character %j makes a file unreadable, or becomes another', (character, code, written) => {
  expect(findUnreadable([`a${character}`])).toEqual({
    path: '[0]',
    problem: `contains the character ${code} in "a${written}"`,
    remedy: 'remove the character, since kubectl could not read the file or would read another value',
  });
});

test.each(['\ta\nb', '\n\ta\n', ' \n', '\t\n'])('%j would not be read back', (text) => {
  expect(isRefused(text)).toBe(true);
});

test('control characters that are written with escapes are accepted', () => {
  const characters = Array.from({ length: 0x7f }, (_, i) => `a${String.fromCharCode(i)}b`);
  expect(characters.filter(isRefused)).toEqual([]);
});

test('the path contains lists, maps and keys', () => {
  expect(findUnreadable({ http: [{}, { headers: { 'x-a': { exact: '0o7' } } }] })?.path).toEqual('.http[1].headers["x-a"].exact');
  expect(findUnreadable({ labels: { '0o7': 'a' } })).toEqual({
    path: '.labels.0o7', problem: 'is a key that is the string "0o7"', remedy: 'choose a value that is not a number, since kubectl would read one from the file. A FastApp would write it in quotes',
  });
});

test('other types are ignored', () => {
  expect(findUnreadable({ a: 7, b: true, c: null, d: undefined })).toBeUndefined();
});

class Thing extends Construct {
  constructor(scope: Construct, id: string, spec: unknown, metadata = {}) {
    super(scope, id);
    writeManifest(this, { apiVersion: 'example.com/v1', kind: 'Thing', spec: () => spec }, { metadata });
  }
}

const chartIn = (namespace?: string) => new Chart(new App(), 'chart', { namespace });

test('fails for a spec when it is written, with the path of the value', () => {
  const chart = chartIn();
  new Thing(chart, 'iris', { servers: [{ name: '0o7' }] });

  expect(() => Testing.synth(chart)).toThrow(
    'spec.servers[0].name is the string "0o7". Choose a value that is not a number, since kubectl would read one from the file. A FastApp would write it in quotes (at chart/iris)');
});

test.each<[string, () => unknown, string]>([
  ['a name', () => new Thing(chartIn(), '0o7', {}), 'metadata.name is the string "0o7"'],
  ['a namespace', () => new Thing(chartIn('0o7'), 'iris', {}), 'metadata.namespace is the string "0o7"'],
  ['a label', () => new Thing(chartIn(), 'iris', {}, { labels: { version: '0o7' } }), 'metadata.labels.version is the string "0o7"'],
  ['an annotation', () => new Thing(chartIn(), 'iris', {}, { annotations: { note: 'a\u2028b' } }), 'metadata.annotations.note contains the character U+2028 in "a\\u2028b"'],
  ['a Namespace', () => new MeshNamespace(chartIn(), '0o7', {}), 'metadata.name is the string "0o7"'],
])('fails at once for %s', (_what, make, problem) => {
  expect(make).toThrow(problem);
});

test('checks any JSON', () => {
  const chart = chartIn();
  expect(() => checkReadable(chart, 'data', '\u2029')).toThrow(new Error(
    'data contains the character U+2029 in "\\u2029". Remove the character, since kubectl could not read the file or would read another value (at chart)'));
  expect(() => checkReadable(chart, 'data', 'a')).not.toThrow();
});
