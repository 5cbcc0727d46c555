import { ApiObject, Testing } from 'cdk8s';
import { MtlsMode, PeerAuthentication, PeerAuthenticationProps } from '../../../src/security/authentication/peer-authentication';
import { messageOf } from '../../support/errors';
import { testChart } from '../../support/manifests';

function made(props: PeerAuthenticationProps): PeerAuthentication {
  return new PeerAuthentication(testChart(undefined, 'models'), 'peers', props);
}

const manifestOf = (props: PeerAuthenticationProps) => ApiObject.of(made(props)).toJson();

test('defaultChild', () => {
  expect(ApiObject.of(made({ mtls: MtlsMode.STRICT })).kind).toEqual('PeerAuthentication');
});

test('minimal', () => {
  const chart = testChart(undefined, 'models');
  new PeerAuthentication(chart, 'strict', { mtls: MtlsMode.STRICT });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "security.istio.io/v1",
    "kind": "PeerAuthentication",
    "metadata": {
      "name": "strict",
      "namespace": "models",
    },
    "spec": {
      "mtls": {
        "mode": "STRICT",
      },
    },
  },
]
`);
});

test('for the whole mesh it is in the root namespace', () => {
  expect(manifestOf({ mtls: MtlsMode.STRICT, meshWide: true }).metadata).toEqual({ name: 'peers', namespace: 'istio-system' });
});

test('for pods, and their ports', () => {
  expect(manifestOf({ selector: { app: 'iris' }, mtls: MtlsMode.STRICT, portLevelMtls: { 9000: MtlsMode.DISABLE } }).spec)
    .toEqual({ selector: { matchLabels: { app: 'iris' } }, mtls: { mode: 'STRICT' }, portLevelMtls: { 9000: { mode: 'DISABLE' } } });
});

test('has the API version of the release', () => {
  const chart = testChart({ istioVersion: '1.21' });
  expect(ApiObject.of(new PeerAuthentication(chart, 'peers', { mtls: MtlsMode.UNSET })).apiVersion).toEqual('security.istio.io/v1beta1');
});

test('fails for a second one for the same pods', () => {
  const chart = testChart(undefined, 'models');
  new PeerAuthentication(chart, 'one', { mtls: MtlsMode.STRICT });
  expect(messageOf(() => new PeerAuthentication(chart, 'two', { mtls: MtlsMode.DISABLE }))).toEqual(
    'a second PeerAuthentication for the same pods as test/one. Istio would apply only the older one. Combine them into one (at test/two)');
});

test.each<[string, PeerAuthenticationProps, string]>([
  ['the same labels in another order', { mtls: MtlsMode.STRICT, selector: { version: 'a', app: 'iris' } }, 'fails'],
  ['another value of a label', { mtls: MtlsMode.STRICT, selector: { app: 'iris', version: 'b' } }, 'is accepted'],
  ['fewer labels', { mtls: MtlsMode.STRICT, selector: { app: 'iris' } }, 'is accepted'],
  ['all pods', { mtls: MtlsMode.STRICT }, 'is accepted'],
  ['the same labels in another namespace', { mtls: MtlsMode.STRICT, selector: { app: 'iris', version: 'a' }, namespace: 'other' }, 'is accepted'],
])('a second one for %s: %3$s', (_what, props, outcome) => {
  const chart = testChart(undefined, 'models');
  new PeerAuthentication(chart, 'one', { mtls: MtlsMode.STRICT, selector: { app: 'iris', version: 'a' } });
  expect(messageOf(() => new PeerAuthentication(chart, 'two', props)).includes('for the same pods as test/one')).toBe(outcome === 'fails');
});

test('ports of pods go up to 65535', () => {
  expect(manifestOf({ selector: { app: 'iris' }, portLevelMtls: { 65535: MtlsMode.DISABLE } }).spec.portLevelMtls).toEqual({ 65535: { mode: 'DISABLE' } });
});

test.each<[string, PeerAuthenticationProps, string]>([
  ['no modes', {}, 'neither mtls nor portLevelMtls. Set at least one of them'],
  ['an unknown mode', { mtls: 'strict' as never }, 'mtls "strict". Expected one of UNSET, DISABLE, PERMISSIVE, STRICT'],
  ['ports without pods', { portLevelMtls: { 80: MtlsMode.STRICT } }, 'portLevelMtls without a selector. Set a selector, since ports belong to pods'],
  ['no ports', { selector: { a: 'b' }, portLevelMtls: {} }, 'an empty portLevelMtls. Set the mode of a port, or leave it out'],
  ...['65536', '0', 'x80', '80x', '080'].map((port): [string, PeerAuthenticationProps, string] => [`port ${port}`,
    { selector: { a: 'b' }, portLevelMtls: { [port]: MtlsMode.STRICT } }, `port "${port}" of portLevelMtls. Expected a port number of the pods, from 1 to 65535`]),
  ['an empty selector', { mtls: MtlsMode.STRICT, selector: {} }, 'an empty selector. Set a label of the pods, or leave the selector out to select all pods of the namespace'],
  ['an unknown mode of a port', { selector: { a: 'b' }, portLevelMtls: { 80: 'on' as never } },
    'portLevelMtls.80 "on". Expected one of UNSET, DISABLE, PERMISSIVE, STRICT'],
  ['the root namespace', { mtls: MtlsMode.STRICT, namespace: 'istio-system' },
    'a PeerAuthentication in the root namespace "istio-system". It would apply to the whole mesh. Set meshWide if that is intended, otherwise another namespace'],
  ['pods of the root namespace', { mtls: MtlsMode.STRICT, namespace: 'istio-system', selector: { a: 'b' } },
    'a selector in the root namespace "istio-system". Istio ignores such a PeerAuthentication. Move it to the namespace of the pods'],
  ['the whole mesh in another namespace', { mtls: MtlsMode.STRICT, namespace: 'models', meshWide: true },
    'meshWide in namespace "models". A policy for the whole mesh must be in its root namespace "istio-system"'],
  ['the whole mesh with a selector', { mtls: MtlsMode.STRICT, meshWide: true, selector: { a: 'b' } }, 'meshWide with a selector. Leave one of them out'],
  ['no props', undefined as never, 'props undefined. Expected an object with meshWide, mtls, portLevelMtls or selector'],
])('fails for %s', (_what, props, message) => {
  expect(messageOf(() => made(props))).toEqual(`${message} (at test/peers)`);
});
