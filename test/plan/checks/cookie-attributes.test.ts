import { checkCookieAttributes, CookieAttributes, SameSite, writtenAttributes } from '../../../src/plan/checks/cookie-attributes';
import { messageOf } from '../../support/errors';

const DOMAIN = 'expected a DNS name such as "example.com", without a dot in front, scheme, port or wildcard (at here)';

test.each<[CookieAttributes, string]>([
  [{}, 'no error'],
  [{ secure: false, partitioned: false }, 'no error'],
  [{ sameSite: SameSite.LAX, domain: 'example.com' }, 'no error'],
  [{ sameSite: SameSite.NONE, secure: true }, 'no error'],
  [{ partitioned: true, secure: true }, 'no error'],
  [{ sameSite: 'Other' as never }, 'cookie.sameSite "Other". Expected one of Strict, Lax, None (at here)'],
  ...['.example.com', '*.example.com', '*', 'example.com:80', '::1', 'https://example.com'].map((domain): [CookieAttributes, string] => [
    { domain }, `cookie.domain "${domain}". ${DOMAIN.replace('expected', 'Expected')}`,
  ]),
  [{ sameSite: SameSite.NONE }, 'cookie has sameSite "None" without secure. Browsers reject such a cookie. Set secure: true (at here)'],
  [{ sameSite: SameSite.NONE, secure: false, partitioned: true }, 'cookie has sameSite "None" without secure. Browsers reject such a cookie. Set secure: true (at here)'],
  [{ sameSite: SameSite.LAX, partitioned: true }, 'cookie has partitioned without secure. Browsers reject such a cookie. Set secure: true (at here)'],
])('%j', (attributes, message) => {
  expect(messageOf(() => checkCookieAttributes('here' as never, 'cookie', attributes))).toBe(message);
});

test('attributes as Set-Cookie has them', () => {
  expect(writtenAttributes({})).toEqual([]);
  expect(writtenAttributes({ secure: false, partitioned: false })).toEqual([]);
  expect(writtenAttributes({ domain: 'example.com', secure: true, sameSite: SameSite.NONE, partitioned: true })).toEqual([
    { name: 'Domain', value: 'example.com' }, { name: 'Secure' }, { name: 'SameSite', value: 'None' }, { name: 'Partitioned' },
  ]);
});
