import { KnownDocuments } from '../../../src/cluster/yaml/known-documents';
import { readManifests } from '../../../src/cluster/yaml/read-manifests';

const service = (name: string, more = '') => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  type: ${more}ClusterIP\n`;

/** The objects of two texts, of which the second one is read with what is known of the first. */
function both(first: string, second: string) {
  const known = new KnownDocuments();
  const read = (text: string) => readManifests(text, { file: 'a.yaml', known });
  return [read(first), read(second)];
}

const join = (...documents: readonly string[]) => documents.join('---\n');

test('a document of both texts is one value, wherever it is', () => {
  const [before, after] = both(join(service('a'), service('b')), join(service('new'), service('b'), service('a')));
  expect(after.objects.map(({ name }) => name)).toEqual(['new', 'b', 'a']);
  expect(after.objects[1].manifest).toBe(before.objects[1].manifest);
  expect(after.objects[2].manifest).toBe(before.objects[0].manifest);
});

test('positions are those in the text that is read', () => {
  const [, after] = both(join(service('a'), service('b')), join(service('new'), '# a comment\n', service('b'), service('c')));
  expect(after.objects.map(({ origin }) => origin.position?.(['spec', 'type']))).toEqual([6, 15, 22].map((line) => ({ line, column: 3 })));
});

test.each<[string, string]>([
  ['comments and empty documents', join('# first\n', service('a'), '\n', service('b'))],
  ['separators with comments and other line ends', `${service('a')}--- # next\r\n${service('b').replaceAll('\n', '\r\n')}---\r\n${service('c')}`],
  ['a document that begins at its separator', `${service('a')}--- {apiVersion: v1, kind: Service, metadata: {name: b}}\n---\n${service('c')}`],
  ['ends of documents', `${service('a')}...\n---\n${service('b')}`],
  ['directives', `%YAML 1.2\n---\n${service('a')}---\n${service('b')}`],
  ['separators in texts', `${service('a')}  text: |\n    x\n    ---\n    y\n---\n${service('b')}`],
  ['keys that occur twice', join(service('a'), `${service('b')}spec: {}\n`, service('c'))],
  ['a document that cannot be read', join(service('a'), 'kind: [\n', service('c'))],
  ['an alias of another document', join(`${service('a')}x: &x 1\n`, `${service('b')}y: *x\n`)],
])('the same is read as without what is known: %s', (_what, text) => {
  const seen = ({ objects, problems, notManifests }: ReturnType<typeof readManifests>) => ({
    objects: objects.map(({ manifest, origin }) => [manifest, origin.duplicateKeys, origin.position?.(['metadata', 'name'])]), problems, notManifests,
  });
  const expected = seen(readManifests(text, { file: 'a.yaml' }));
  for (const first of [text, join(service('a'), service('c')), service('b')]) expect(seen(both(first, text)[1])).toEqual(expected);
});
