import { Condition, MatchConditions } from '../../../src/cluster/routing/request-match';
import { StringMatchKind } from '../../../src/plan/string-match';
import { showMatch, showText } from '../../../src/rules/routes/show-match';

const exact = (value: string) => ({ kind: StringMatchKind.EXACT, value });
const prefix = (value: string) => ({ kind: StringMatchKind.PREFIX, value });
const conditions = (...entries: [string, Condition][]) => new Map(entries);
const match = (more: Partial<MatchConditions> = {}): MatchConditions =>
  ({ headers: new Map(), withoutHeaders: new Map(), queryParams: new Map(), ...more }) as MatchConditions;

test.each<[string, MatchConditions[], string]>([
  ['nothing', [match()], 'all paths'],
  ['a path', [match({ path: exact('/a') })], 'exact "/a"'],
  ['a path in any case', [match({ path: { ...prefix('/a'), written: prefix('/A') } as never })], 'prefix "/A" in upper or lower case'],
  ['the longest path', [match({ path: prefix('/a') }), match({ path: exact('/a/b/c') }), match(), match({ path: prefix('/a/b') })], 'exact "/a/b/c"'],
  ['methods', [match({ method: exact('GET') }), match({ method: exact('POST') }), match({ method: exact('GET') })], 'all paths with method GET, POST'],
  ['headers', [match({ headers: conditions(['x-a', exact('1')], ['x-b', 'present']) }), match({ headers: conditions(['x-c', prefix('2')], ['x-a', exact('3')]) })],
    'all paths with x-a: 3, x-b, x-c: 2'],
  ['headers that are missing', [match({ path: exact('/a'), withoutHeaders: conditions(['x-a', 'present']) })], 'exact "/a" without x-a'],
  ['query parameters', [match({ queryParams: conditions(['q', exact('1')]) })], 'all paths with query parameter q: 1'],
  ['all of them', [match({
    path: prefix('/'), method: exact('GET'), headers: conditions(['a', exact('1')]), withoutHeaders: conditions(['b', exact('2')]), queryParams: conditions(['c', exact('3')]),
  })], 'prefix "/" with method GET with a: 1 without b: 2 with query parameter c: 3'],
])('%s', (_what, matches, text) => {
  expect(showMatch(...matches)).toBe(text);
});

test('a condition on a string', () => {
  expect(showText(prefix('/v2/'))).toBe('prefix "/v2/"');
});
