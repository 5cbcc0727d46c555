import { checkClaimKey, checkClaimName, claimKey, isClaimKey } from '../../src/plan/jwt-claims';
import { messageOf } from '../support/errors';

test.each<[string[], string]>([
  [['groups'], '@request.auth.claims.groups'],
  [['realm', 'roles'], '@request.auth.claims.realm.roles'],
  [['example.com/roles'], '@request.auth.claims[example.com/roles]'],
  [['realm', 'a.b'], '@request.auth.claims[realm][a.b]'],
])('the key of claim %j is %s', (names, key) => {
  expect(claimKey(names)).toBe(key);
  expect(isClaimKey(key)).toBe(true);
});

test('other headers are no claims', () => {
  expect(['x-team', 'x@request.auth.claims.a', '@request.auth'].map(isClaimKey)).toEqual([false, false, false]);
  expect(isClaimKey('@Request.Auth.Claims.a')).toBe(true);
});

test.each(['.groups', '.realm.roles', '[groups]', '[realm][a.b/c]'])('%s is a path of a claim', (path) => {
  expect(messageOf(() => checkClaimKey('here' as never, `@request.auth.claims${path}`))).toBe('no error');
});

test.each(['', '.', '.a..b', 'a', 'x.a', '.a b', '[]', '[a]b', 'x[a]', '[a][', '[a b]', '[a][b', '.a[b]', '[a].b'])('"%s" is no path of a claim', (path) => {
  expect(messageOf(() => checkClaimKey('here' as never, `@request.auth.claims${path}`)))
    .toBe(`match of "@request.auth.claims${path}". Expected @request.auth.claims.groups, or @request.auth.claims[groups]; CallerMatch.claim("groups", …) writes it (at here)`);
});

test('a claim in other capitals is no key that Istio knows', () => {
  expect(messageOf(() => checkClaimKey('here' as never, '@Request.auth.claims.groups'))).toContain('match of "@Request.auth.claims.groups". ');
});

test.each<[unknown, string]>([
  ['', '""'], ['a b', '"a b"'], ['a[b', '"a[b"'], ['a]', '"a]"'], ['a\u0000', '"a\u0000"'], [5, '5'], [undefined, 'undefined'],
])('%j is no name of a claim', (name, shown) => {
  expect(messageOf(() => checkClaimName('here', name as string))).toBe(`claim ${shown}. Expected a name without spaces or square brackets, such as "groups" (at here)`);
});
