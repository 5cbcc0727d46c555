import { StringMatch } from '../../../src/plan/string-match';
import { DenialIndex } from '../../../src/security/access/denial-index';
import { DeniedRequests, deniedOf, EndpointRequests, headersKey, HeaderSet, matchOf } from '../../../src/security/access/denied-requests';

interface Named extends DeniedRequests {
  readonly name: string;
}

const denial = (name: string, paths: string[], headers: [string, string[]][] = [], sets: HeaderSet[] = []): Named => ({
  name,
  paths: new Set(paths),
  headers: new Map(headers.map(([header, values]) => [header, new Set(values)])),
  headerSets: new Map(sets.map((set) => [headersKey(set), set])),
});

const NONE: EndpointRequests = { hosts: ['a.test'], paths: [], headerSets: [], matched: [] };
const PATHS = ['/m*', '/a', '/a/b', '/z/*', '/ab*', '/a/*', '/b', '/a/b/c*', '/a/bc', '/*', '/c/d/e', '/a*'];
const namesIn = (index: DenialIndex<Named>, requests: Partial<EndpointRequests>) =>
  [...index.find({ ...NONE, ...requests })].map(({ name }) => name).sort();

function indexOf(denials: readonly Named[]): DenialIndex<Named> {
  const index = new DenialIndex<Named>();
  for (const each of denials) index.add(each);
  return index;
}

test.each([...PATHS, '/', '/a/', '/abc', '/a/b/c/d', '/q', '/zz'].flatMap((path) => [matchOf(path), StringMatch.prefix(path.replace('*', ''))]))(
  'the index finds what a comparison of all paths finds: %s', (path) => {
    const denials = PATHS.map((each) => denial(each, [each]));
    const requests = { ...NONE, paths: [path] };
    const compared = denials.filter((each) => deniedOf(each, requests) !== undefined).map(({ name }) => name).sort();
    expect(namesIn(indexOf(denials), requests)).toEqual(compared);
  },
);

test('a regular expression is compared with all paths that start as it does', () => {
  expect(namesIn(indexOf(PATHS.map((each) => denial(each, [each]))), { paths: [StringMatch.regex('/a/b.*')] }))
    .toEqual(['/*', '/a*', '/a/*', '/a/b', '/a/b/c*', '/a/bc']);
});

test('headers are found by name and value, and sets by one of their headers', () => {
  const index = indexOf([
    denial('iris', [], [['seldon-model', ['iris', 'wine']]]),
    denial('other', [], [['seldon-model', ['other']], ['x-model', ['iris']]]),
    denial('credit', [], [], [{ seldon: 'credit', namespace: 'models' }]),
  ]);
  expect(namesIn(index, { headerSets: [{ 'x-more': 'a', 'seldon-model': 'wine' }] })).toEqual(['iris']);
  expect(namesIn(index, { matched: [{ 'x-model': 'iris' }] })).toEqual(['other']);
  expect(namesIn(index, { headerSets: [{ namespace: 'models', seldon: 'credit' }] })).toEqual(['credit']);
  expect(namesIn(index, { headerSets: [{ seldon: 'risk' }] })).toEqual([]);
});

test('what is added later is found, too', () => {
  const index = indexOf([denial('one', ['/b'])]);
  expect(namesIn(index, { paths: [StringMatch.prefix('/')] })).toEqual(['one']);
  index.add(denial('two', ['/a']));
  expect(namesIn(index, { paths: [StringMatch.prefix('/')] })).toEqual(['one', 'two']);
});
