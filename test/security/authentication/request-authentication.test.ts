import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import { PolicyTargetRef } from '../../../src/istio/common/policy-target';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { Mesh } from '../../../src/mesh/mesh';
import { JwtPresence, JwtRule } from '../../../src/security/authentication/jwt-rule';
import { RequestAuthentication, RequestAuthenticationProps } from '../../../src/security/authentication/request-authentication';
import { messageOf } from '../../support/errors';
import { testChart } from '../../support/manifests';

const issuer = 'https://login.example.com';
const jwksUri = 'https://login.example.com/keys';
const KEY = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };
const RULE: JwtRule = { issuer, jwksUri, forwardOriginalToken: true };
const keysOf = (...keys: unknown[]) => JSON.stringify({ keys });

function chartOf(istioVersion?: string): Chart {
  const app = new App();
  if (istioVersion !== undefined) Mesh.configure(app, { istioVersion });
  return new Chart(app, 'test', { namespace: 'models' });
}

function made(props: Partial<RequestAuthenticationProps> = {}, istioVersion?: string): RequestAuthentication {
  return new RequestAuthentication(chartOf(istioVersion), 'login', { jwtRules: [RULE], ...props });
}

const specOf = (props: Partial<RequestAuthenticationProps>) => ApiObject.of(made(props)).toJson().spec;
const errorOf = (rule: Partial<JwtRule>, istioVersion?: string) => messageOf(() => made({ jwtRules: [{ ...RULE, ...rule }] }, istioVersion));

test.each(['https://foo.com:8443/keys?v=1', 'http://[::1]:8080/keys', 'https://user:secret@foo.com/%7Ekeys', 'https://foo.com', 'https://foo.com:65535', `https://foo.com/${'a'.repeat(2032)}`])('keys at %s', (uri) => {
  expect(specOf({ jwtRules: [{ ...RULE, jwksUri: uri }] }).jwtRules[0].jwksUri).toBe(uri);
});

test('defaultChild', () => {
  expect(ApiObject.of(made()).kind).toEqual('RequestAuthentication');
});

test('minimal', () => {
  const chart = testChart(undefined, 'models');
  new RequestAuthentication(chart, 'login', { jwtRules: [RULE] });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "security.istio.io/v1",
    "kind": "RequestAuthentication",
    "metadata": {
      "name": "login",
      "namespace": "models",
    },
    "spec": {
      "jwtRules": [
        {
          "forwardOriginalToken": true,
          "issuer": "https://login.example.com",
          "jwksUri": "https://login.example.com/keys",
        },
      ],
    },
  },
]
`);
});

test('a rule has every field', () => {
  const rule: JwtRule = {
    issuer,
    jwks: keysOf(KEY),
    forwardOriginalToken: false,
    audiences: ['models'],
    fromHeaders: [{ name: 'x-token', prefix: 'Bearer ' }],
    fromParams: ['token'],
    fromCookies: ['token'],
    outputPayloadToHeader: 'x-claims',
    outputClaimToHeaders: [{ claim: 'sub', header: 'x-subject' }],
    timeout: Duration.seconds(2),
    spaceDelimitedClaims: ['roles'],
    presence: JwtPresence.REQUIRED,
  };
  expect(specOf({ jwtRules: [rule] }).jwtRules).toEqual([{ ...rule, timeout: '2s' }]);
});

test('for the pods of a gateway, in their namespace', () => {
  const chart = chartOf();
  const gateway = new Gateway(chart, 'ingress', { namespace: 'edge', selector: { app: 'edge' } });
  const { metadata, spec } = ApiObject.of(new RequestAuthentication(chart, 'login', { gateway, jwtRules: [RULE] })).toJson();
  expect([metadata.namespace, spec.selector]).toEqual(['edge', { matchLabels: { app: 'edge' } }]);
});

test('for a waypoint', () => {
  expect(specOf({ targetRefs: [PolicyTargetRef.gateway('waypoint'), PolicyTargetRef.service('iris')] }).targetRefs).toEqual([
    { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }, { kind: 'Service', name: 'iris' },
  ]);
});

test('fails for a reference whose options are not an object', () => {
  expect(messageOf(() => RequestAuthentication.fromRequestAuthenticationName(chartOf(), 'there', 'login', null as never)))
    .toEqual('props null. Expected an object with forwardOriginalToken, issuers, namespace or selector (at test/there)');
});

test('it has a name', () => {
  expect(made({ metadata: { name: 'other' } }).requestAuthenticationName).toEqual('other');
  expect(RequestAuthentication.fromRequestAuthenticationName(chartOf(), 'there', 'login').requestAuthenticationName).toEqual('login');
});

test.each<[string, Partial<JwtRule>, string]>([
  ['neither issuer nor jwksUri', { issuer: undefined, jwksUri: undefined }, 'jwtRules[0] has neither issuer nor jwksUri. Set the issuer of the tokens'],
  ['keys without an issuer', { issuer: undefined, jwksUri: undefined, jwks: keysOf(KEY) },
    'jwtRules[0] has neither issuer nor jwksUri. Set the issuer of the tokens'],
  ['two sources of keys', { jwks: keysOf(KEY) }, 'jwtRules[0] has both jwks and jwksUri. Set only one of them'],
  ['no source of keys', { issuer: 'login@example.com', jwksUri: undefined },
    'jwtRules[0] has no keys, and issuer "login@example.com" is not a URL from which they can be discovered. Set jwksUri or jwks, since without keys every token is rejected'],
  ['no source of keys, and a URL in other text', { issuer: 'see https://login.example.com', jwksUri: undefined },
    'jwtRules[0] has no keys, and issuer "see https://login.example.com" is not a URL from which they can be discovered. '
    + 'Set jwksUri or jwks, since without keys every token is rejected'],
  ['an empty issuer', { issuer: '' }, 'an empty issuer of jwtRules[0]. Set a value, or leave it out'],
  ['another scheme', { jwksUri: 'file:///keys' },
    'jwksUri of jwtRules[0] "file:///keys". Expected a URL such as "https://login.example.com/keys", of at most 2048 characters'],
  ...[
    'https://foo.com:not-a-number', 'https://foo.com:70000', 'https://foo.com:80:80', 'https://', 'https://:80', 'https://a b/keys', 'https://foo.com/%zz', 'https://foo.com/%az', 'see https://foo.com/keys', 'https://foo.com:65536',
    'https://[::1/keys', 'https://::1/keys', `https://foo.com/${'a'.repeat(2033)}`,
  ].map((uri): [string, object, string] => [`the address ${uri.slice(0, 40)}`, { jwksUri: uri },
    `jwksUri of jwtRules[0] "${uri}". Expected a URL such as "https://login.example.com/keys", of at most 2048 characters`]),
  ['no forwardOriginalToken', { forwardOriginalToken: undefined },
    'forwardOriginalToken undefined of jwtRules[0]. Set true if pods behind this one read the token, otherwise false'],
  ['an empty audience', { audiences: [''] }, 'an empty string in audiences of jwtRules[0] at 0. Remove it'],
  ['a header without a name', { fromHeaders: [{ name: '' }] }, 'an empty name of fromHeaders[0] of jwtRules[0]. Set a value, or leave it out'],
  ['an empty parameter', { fromParams: ['a', ''] }, 'an empty string in fromParams of jwtRules[0] at 1. Remove it'],
  ['an empty cookie', { fromCookies: [''] }, 'an empty string in fromCookies of jwtRules[0] at 0. Remove it'],
  ['a claim without a name', { outputClaimToHeaders: [{ claim: '', header: 'a' }] },
    'an empty claim of outputClaimToHeaders[0] of jwtRules[0]. Set a value, or leave it out'],
  ['an invalid header', { outputClaimToHeaders: [{ claim: 'a', header: 'a b' }] },
    'header of outputClaimToHeaders[0] of jwtRules[0] "a b". Expected a header name of letters, digits, "-" and "_"'],
  ['an empty header for the payload', { outputPayloadToHeader: '' },
    'outputPayloadToHeader of jwtRules[0] "". Expected a header name of letters, digits, "-" and "_"'],
  ['a timeout of 0', { timeout: Duration.millis(0) }, 'timeout of jwtRules[0] of 0 ms. Expected 1 ms or more, in whole milliseconds'],
  ['another presence', { presence: 'ALWAYS' as never }, 'jwtRules[0].presence "ALWAYS". Expected one of OPTIONAL, REQUIRED'],
  ['too many claims', { spaceDelimitedClaims: new Array(65).fill('a') }, '65 spaceDelimitedClaims of jwtRules[0]. Istio accepts at most 64'],
])('fails for %s', (_what, rule, message) => {
  expect(errorOf(rule)).toEqual(`${message} (at test/login)`);
});

test.each<[string, Partial<JwtRule>]>([
  ['keys of an issuer that is not a URL', { issuer: 'login@example.com' }],
  ['inline keys of an issuer that is not a URL', { issuer: 'login@example.com', jwksUri: undefined, jwks: keysOf(KEY) }],
  ['keys that the issuer publishes', { jwksUri: undefined }],
  ['keys that the issuer publishes without TLS', { issuer: 'http://login.example.com', jwksUri: undefined }],
])('accepts %s, with an old release', (_what, rule) => {
  expect(errorOf(rule, '1.20')).toBe('no error');
});

test('accepts 64 claims', () => {
  expect(errorOf({ spaceDelimitedClaims: new Array(64).fill('a') })).toBe('no error');
});

test.each<[string, string, string]>([
  ['not JSON', 'keys', 'jwks of jwtRules[0] is not valid JSON. Expected a JSON Web Key Set, {"keys": […]}'],
  ['no keys', '{}', 'jwks of jwtRules[0] has no keys. Expected a JSON Web Key Set, {"keys": […]}'],
  ['null', 'null', 'jwks of jwtRules[0] has no keys. Expected a JSON Web Key Set, {"keys": […]}'],
  ['an empty list', keysOf(), 'jwks of jwtRules[0] has no keys. Expected a JSON Web Key Set, {"keys": […]}'],
  ['a private key', keysOf({ ...KEY, d: 'secret' }), 'key 0 of jwks of jwtRules[0] is private. Set only the public part, since manifests must not contain secrets'],
  ['a shared key', keysOf(KEY, { kty: 'oct', k: 'secret' }), 'key 1 of jwks of jwtRules[0] is private. Set only the public part, since manifests must not contain secrets'],
  ['without a type', keysOf({}), 'kty undefined of key 0 of jwks of jwtRules[0]. Expected one of RSA, EC, OKP'],
  ['of an inherited name', keysOf({ kty: 'constructor' }), 'kty "constructor" of key 0 of jwks of jwtRules[0]. Expected one of RSA, EC, OKP'],
  ['of several types', keysOf({ ...KEY, kty: ['RSA'] }), 'kty ["RSA"] of key 0 of jwks of jwtRules[0]. Expected one of RSA, EC, OKP'],
  ['half a key', keysOf({ kty: 'EC', crv: 'P-256', x: 'a' }), 'key 0 of jwks of jwtRules[0] has no y. A public key of type EC needs crv, x, y'],
  ['half a key of RSA', keysOf({ kty: 'RSA', n: 'a' }), 'key 0 of jwks of jwtRules[0] has no e. A public key of type RSA needs n, e'],
  ['half a key of OKP', keysOf({ kty: 'OKP', crv: 'Ed25519' }), 'key 0 of jwks of jwtRules[0] has no x. A public key of type OKP needs crv, x'],
  ['no key', keysOf(null), 'key 0 of jwks of jwtRules[0]. Expected an object'],
  ['text', keysOf('RSA'), 'key 0 of jwks of jwtRules[0]. Expected an object'],
])('fails for keys that are %s', (_what, jwks, message) => {
  expect(errorOf({ jwksUri: undefined, jwks })).toEqual(`${message} (at test/login)`);
});

test.each<[Partial<JwtRule>, string, string]>([
  [{ issuer: undefined }, '1.26', 'jwtRules[0] without an issuer with istioVersion "1.26". Istio has this field only since 1.27. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has'],
  [{ fromCookies: ['a'] }, '1.20', 'fromCookies of jwtRules[0] with istioVersion "1.20". Istio has this field only since 1.21. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has'],
  [{ spaceDelimitedClaims: ['a'] }, '1.27', 'spaceDelimitedClaims of jwtRules[0] with istioVersion "1.27". Istio has this field only since 1.28. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has'],
  [{ presence: JwtPresence.REQUIRED }, '1.31', 'presence of jwtRules[0] with istioVersion "1.31". Istio has this field only since 1.32. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has'],
  [{ timeout: Duration.seconds(1) }, '1.22', 'timeout of jwtRules[0] with istioVersion "1.22". Istio has this field only since 1.23. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has'],
])('fails for a field that the release does not have', (rule, release, message) => {
  expect(errorOf(rule, release)).toEqual(`${message} (at test/login)`);
});

test.each<[string, Partial<RequestAuthenticationProps>, string]>([
  ['no rules', { jwtRules: [] }, 'no jwtRules. Add a rule, since without rules no token is validated'],
  ['a gateway together with a selector', { gateway: { gatewayName: 'ingress' }, selector: { a: 'b' } }, 'gateway together with a selector or targetRefs. Set only one of them'],
  ['a gateway whose pods are not known', { gateway: { gatewayName: 'ingress' } },
    'the pods of gateway ingress are not known. Set their labels as selector in Gateway.fromGatewayName'],
  ['a gateway whose pods are in another namespace',
    { namespace: 'models', gateway: { gatewayName: 'ingress', gatewayNamespace: 'models', gatewaySelector: { istio: 'ingressgateway' } } },
    'namespace "models" for gateway ingress, whose pods are in "istio-system". '
    + 'A policy in another namespace selects none of them. Leave the namespace out, or set podNamespace of the gateway'],
])('fails for %s', (_what, props, message) => {
  expect(messageOf(() => made(props))).toEqual(`${message} (at test/login)`);
});
