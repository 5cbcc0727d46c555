import { satisfies } from '../../src/plan/conflicts/overlap';
import { CallerMatch } from '../../src/traffic/caller-match';

test('by header', () => {
  const { headers } = CallerMatch.header('x-tester', 'yes');

  expect(Object.entries(headers!).map(([name, value]) => [name, value.toString()])).toEqual([['x-tester', 'exact "yes"']]);
});

test.each([
  [CallerMatch.claim('groups', 'testers'), '@request.auth.claims.groups'],
  [CallerMatch.claim('https://example.com/groups', 'testers'), '@request.auth.claims[https://example.com/groups]'],
  [CallerMatch.nestedClaim(['realm_access', 'roles'], 'testers'), '@request.auth.claims.realm_access.roles'],
  [CallerMatch.nestedClaim(['example.com', 'roles'], 'testers'), '@request.auth.claims[example.com][roles]'],
])('by claim %#', ({ headers }, key) => {
  expect(Object.entries(headers!).map(([name, value]) => [name, value.toString()])).toEqual([[key, 'exact "testers"']]);
});

test('by query parameter', () => {
  const { queryParams } = CallerMatch.query('group', 'b');

  expect(Object.entries(queryParams!).map(([name, value]) => [name, value.toString()])).toEqual([['group', 'exact "b"']]);
});

test('by cookie', () => {
  const { headers } = CallerMatch.cookie('iris-arm', 'canary');

  expect(Object.entries(headers!).map(([name, value]) => [name, value.value])).toEqual([['cookie', '(.*;\\s*)?iris-arm=canary(\\s*;.*)?']]);
});

test.each([
  ['iris-arm=canary', true],
  ['session=1; iris-arm=canary', true],
  ['session=1;iris-arm=canary;theme=dark', true],
  ['iris-arm=canary ; theme=dark', true],
  ['iris-arm=canary2', false],
  ['my-iris-arm=canary', false],
  ['iris-arm=stable', false],
  ['session=iris-arm=canary', false],
])('a client that sends cookie: %s', (cookie, picked) => {
  expect(satisfies(CallerMatch.cookie('iris-arm', 'canary').headers!.cookie, cookie)).toBe(picked);
});

test('signs in names and values stand for themselves', () => {
  const match = CallerMatch.cookie('a.b|$^*+`~!#%&\'', '(x).[y]{2}?|/').headers!.cookie;

  expect(satisfies(match, 'a.b|$^*+`~!#%&\'=(x).[y]{2}?|/')).toBe(true);
  expect(satisfies(match, 'aXb|$^*+`~!#%&\'=(x).[y]{2}?|/')).toBe(false);
});

test('an empty value', () => {
  expect(satisfies(CallerMatch.cookie('tester', '').headers!.cookie, 'tester=; a=b')).toBe(true);
});

describe('fails', () => {
  test.each(['', 'a b', 'a[b]'])('with claim %p', (name) => {
    expect(() => CallerMatch.claim(name, 'x')).toThrow(new Error(
      `claim "${name}". Expected a name without spaces or square brackets, such as "groups" (at CallerMatch.claim)`,
    ));
  });

  test('with no claim', () => {
    expect(() => CallerMatch.nestedClaim([], 'x')).toThrow(new Error('no claim. Name at least one, such as "groups" (at CallerMatch.nestedClaim)'));
  });

  test.each(['', 'a=b', 'a b'])('with cookie name %p', (name) => {
    expect(() => CallerMatch.cookie(name, 'x')).toThrow(new Error(
      `cookie name "${name}". Expected letters, digits and !#$%&'*+-.^_\`|~, which browsers accept (at CallerMatch.cookie)`,
    ));
  });

  test.each(['a b', 'a;b', 'a,b', '"a"', 'a\\b', 'ä'])('with cookie value %p', (value) => {
    expect(() => CallerMatch.cookie('tester', value)).toThrow(new Error(
      `value "${value}" of cookie tester. Expected ASCII characters without spaces, quotes, commas, semicolons and backslashes (at CallerMatch.cookie)`,
    ));
  });
});
