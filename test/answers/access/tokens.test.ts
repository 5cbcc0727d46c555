import { encoded } from '../../../src/answers/access/raw-token';
import { Token, TokenLocation } from '../../../src/answers/request';
import { atGateway, Difference, gatewayPolicy, login, readable, token } from '../../support/access';

// What RequestAuthentications decide, and what they change.

const LOGIN = login('- { issuer: https://login.test }');
const AT = 'at RequestAuthentication istio-system/login spec.jwtRules[0]';
const need = gatewayPolicy('rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }]');

test('a request without a token passes, unless a policy requires one', () => {
  expect(readable(atGateway(LOGIN))).toBe('passes');
  expect(readable(atGateway(LOGIN + need))).toContain('403');
  expect(readable(atGateway(LOGIN + need, { token: token({}) }))).toBe('passes');
});

test('without a RequestAuthentication a token counts as none', () => {
  expect(readable(atGateway(need, { token: token({}) }))).toContain('403');
  expect(readable(atGateway('', { token: token({}, { isValid: false }) }))).toBe('passes');
});

test.each<[string, Partial<Token>, string]>([
  ['a wrong signature', { isValid: false }, `401: the token in header authorization has a wrong signature or is not valid now ${AT}`],
  ['another issuer', { claims: { iss: 'https://other.test' } },
    `401: the token in header authorization is of issuer "https://other.test", which RequestAuthentication istio-system/login does not name ${AT}`],
  ['no issuer', { claims: {} }, `401: the token in header authorization is of issuer "", which RequestAuthentication istio-system/login does not name ${AT}`],
])('a token with %s is rejected', (_title, difference, expected) => {
  expect(readable(atGateway(LOGIN, { token: token({}, difference) }))).toBe(expected);
});

test('a token for another audience is forbidden', () => {
  const yaml = login('- { issuer: https://login.test, audiences: [models, "https://a.test/"] }');
  expect(readable(atGateway(yaml, { token: token({ aud: ['x', 'models'] }) }))).toBe('passes');
  expect(readable(atGateway(yaml, { token: token({ aud: 'a.test' }) }))).toBe('passes');
  for (const aud of ['x', undefined]) {
    expect(readable(atGateway(yaml, { token: token({ aud }) }))).toBe(`403: the token in header authorization is for another audience than models or https://a.test/ ${AT}`);
  }
});

test('each of several issuers is accepted, and the claims are those of the token', () => {
  const yaml = login('- { issuer: https://login.test }\n- { issuer: second, spaceDelimitedClaims: [teams] }');
  expect(atGateway(yaml, { token: token({ scope: 'a b' }) }).claims).toEqual({ iss: 'https://login.test', sub: 'alice', scope: ['a', 'b'] });
  expect(atGateway(yaml, { token: token({ iss: 'second', teams: 'x y' }) }).claims).toEqual({ iss: 'second', sub: 'alice', teams: ['x', 'y'] });
  expect(readable(atGateway(yaml, { token: token({ iss: 'third' }) }))).toContain('401');
});

const header = (name: string, prefix?: string): TokenLocation => ({ kind: 'header', name, prefix });

test.each<[string, TokenLocation, string]>([
  ['', header('authorization', 'Bearer '), 'accepted'],
  ['', { kind: 'parameter', name: 'access_token' }, 'accepted'],
  ['', header('x-token'), 'none'],
  [', fromHeaders: [{ name: X-Token }]', header('x-token'), 'accepted'],
  [', fromHeaders: [{ name: X-Token }]', header('authorization', 'Bearer '), 'none'],
  [', fromHeaders: [{ name: X-Token }]', header('x-token', 'Token '), 'rejected'],
  [', fromHeaders: [{ name: x-token, prefix: "Token " }]', header('x-token', 'Token '), 'accepted'],
  [', fromHeaders: [{ name: x-token, prefix: "Token " }]', header('x-token', 'My Token '), 'accepted'],
  [', fromHeaders: [{ name: x-token, prefix: "Token " }]', header('x-token', 'Token x'), 'rejected'],
  [', fromHeaders: [{ name: x-token, prefix: "Token " }]', header('x-token'), 'none'],
  [', fromParams: [token]', { kind: 'parameter', name: 'token' }, 'accepted'],
  [', fromCookies: [token]', { kind: 'cookie', name: 'token' }, 'accepted'],
  [', fromCookies: [token]', { kind: 'cookie', name: 'other' }, 'none'],
])('jwtRules with issuer%s and a token in %j: %s', (locations, location, expected) => {
  const { responder, claims } = atGateway(login(`- { issuer: https://login.test${locations} }`), { token: token({}, { location }) });
  expect(responder === undefined ? claims === undefined ? 'none' : 'accepted' : 'rejected').toBe(expected);
});

test('a token is removed unless it is forwarded', () => {
  const sent = { token: token({}), lines: [['x-a', 'b']] } as Difference;
  expect(atGateway(LOGIN, sent).request?.token).toBeUndefined();
  expect(atGateway(login('- { issuer: https://login.test, forwardOriginalToken: true }'), sent).request).toBeUndefined();
  const inCookie: Difference = { token: token({}, { location: { kind: 'cookie', name: 'token' } }) };
  expect(atGateway(login('- { issuer: https://login.test, fromCookies: [token] }'), inCookie).request).toBeUndefined();
});

test('policies see the header of a token only if it is forwarded', () => {
  const policy = gatewayPolicy('action: DENY\nrules: [{ when: [{ key: "request.headers[authorization]", values: ["Bearer *"] }] }]');
  expect(readable(atGateway(LOGIN + policy, { token: token({}) }))).toBe('passes');
  expect(readable(atGateway(login('- { issuer: https://login.test, forwardOriginalToken: true }') + policy, { token: token({}) }))).toContain('403');
});

test('claims become headers, which clients cannot set', () => {
  const yaml = login(`- issuer: https://login.test
  outputPayloadToHeader: X-Payload
  outputClaimToHeaders:
    - { header: X-Sub, claim: sub }
    - { header: x-level, claim: level }
    - { header: x-role, claim: realm.role }
    - { header: x-list, claim: list }
    - { header: x-flag, claim: flag }`);
  const lines = [['x-sub', 'admin'], ['x-level', '9'], ['x-other', 'y']] as const;
  const verdict = atGateway(yaml, { lines, token: token({ level: 1.5, realm: { role: 'r' }, list: ['a'], flag: true }) });
  const claims = '{"iss":"https://login.test","sub":"alice","level":1.5,"realm":{"role":"r"},"list":["a"],"flag":true}';
  expect(verdict.request?.headers.lines).toEqual([
    ['x-other', 'y'], ['x-payload', encoded(claims)], ['x-sub', 'alice'], ['x-level', '1.500000'], ['x-role', 'r'], ['x-flag', 'true'],
  ].map(([name, value]) => ({ name, value })));
  expect(atGateway(yaml, { lines }).request?.headers.lines).toEqual([{ name: 'x-other', value: 'y' }]);
});

test('requests by which browsers ask for permission are not checked', () => {
  const lines = [['origin', 'https://a.test'], ['access-control-request-method', 'POST'], ['authorization', 'Bearer x']] as const;
  expect(readable(atGateway(LOGIN, { method: 'OPTIONS', lines }))).toBe('passes');
  expect(readable(atGateway(LOGIN, { method: 'GET', lines }))).toContain('401');
  expect(readable(atGateway(LOGIN, { method: 'OPTIONS', lines: lines.slice(1) }))).toContain('401');
});

describe('a token of which only the bytes are known', () => {
  const raw = (claims: object) => `${encoded('{"alg":"RS256"}')}.${encoded(JSON.stringify(claims))}.c2ln`;
  const bearer = (value: string): Difference => ({ lines: [['authorization', value]] });

  test('may be valid or not', () => {
    expect(readable(atGateway(LOGIN + need, bearer(`Bearer ${raw({ iss: 'https://login.test', sub: 'ålice' })}`)))).toEqual([
      `the signature or the time of the token is wrong: 401: the token in header authorization has a wrong signature or is not valid now ${AT}`,
      'the token is valid: passes',
    ]);
  });

  test.each([
    ['of another issuer', `Bearer ${raw({ iss: 'x' })}`, '401: the token in header authorization is of issuer "x", which RequestAuthentication istio-system/login does not name'],
    ['without dots', 'Bearer abc', '401: the token in header authorization is not a JSON Web Token'],
    ['with an empty part', 'Bearer a..b', '401: the token in header authorization is not a JSON Web Token'],
    ['of another scheme', 'Basic abc', 'passes'],
  ])('is certain if it is one %s', (_title, value, expected) => {
    expect(readable(atGateway(LOGIN, bearer(value)))).toBe(expected === 'passes' ? expected : `${expected} ${AT}`);
  });

  test('a parameter and a cookie are read too', () => {
    const yaml = login('- { issuer: https://login.test, fromParams: [token], fromCookies: [jwt] }');
    expect(readable(atGateway(yaml, { query: 'a=1&token=x' }))).toBe(`401: the token in parameter token is not a JSON Web Token ${AT}`);
    expect(readable(atGateway(yaml, { lines: [['cookie', 'a=b; jwt=x']] }))).toBe(`401: the token in cookie jwt is not a JSON Web Token ${AT}`);
    expect(readable(atGateway(yaml, { query: 'tokens=x' }))).toBe('passes');
  });
});

test('the steps of a trace tell about tokens', () => {
  const texts = (difference?: Difference) => atGateway(LOGIN, difference).steps().map(({ text }) => text);
  expect(texts()).toEqual(['the request has no token']);
  expect(texts({ token: token({}) })).toEqual(['the token of issuer "https://login.test" is accepted']);
  expect(texts({ token: token({}, { isValid: false }) })).toEqual(['the token in header authorization has a wrong signature or is not valid now']);
});
