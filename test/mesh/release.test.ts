import { Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { IstioRelease } from '../../src/mesh/release';

const AT = new Construct(Testing.chart(), 'iris');

const NETWORKING = ['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'Sidecar'];
const ACCESS = ['AuthorizationPolicy', 'RequestAuthentication'];

function versionsIn(release: IstioRelease, kinds: string[]): string[] {
  return [...new Set(kinds.map((kind) => release.apiVersion(AT, kind)))];
}

describe('API versions', () => {
  test('the newest without a configured release', () => {
    expect(versionsIn(IstioRelease.UNSPECIFIED, NETWORKING)).toEqual(['networking.istio.io/v1']);
    expect(versionsIn(IstioRelease.UNSPECIFIED, [...ACCESS, 'PeerAuthentication'])).toEqual(['security.istio.io/v1']);
    expect(versionsIn(IstioRelease.UNSPECIFIED, ['Telemetry'])).toEqual(['telemetry.istio.io/v1']);
  });

  test.each([
    ['1.22', 'v1', 'v1', 'v1', 'v1'],
    ['1.21', 'v1beta1', 'v1', 'v1beta1', 'v1alpha1'],
    ['1.17', 'v1beta1', 'v1', 'v1beta1', 'v1alpha1'],
    ['1.16', 'v1beta1', 'v1beta1', 'v1beta1', 'v1alpha1'],
    ['1.11', 'v1beta1', 'v1beta1', 'v1beta1', 'v1alpha1'],
    ['2.0', 'v1', 'v1', 'v1', 'v1'],
  ])('of release %s', (text, networking, access, peers, telemetry) => {
    const release = IstioRelease.parse(AT, text);

    expect(versionsIn(release, NETWORKING)).toEqual([`networking.istio.io/${networking}`]);
    expect(versionsIn(release, ACCESS)).toEqual([`security.istio.io/${access}`]);
    expect(versionsIn(release, ['PeerAuthentication'])).toEqual([`security.istio.io/${peers}`]);
    expect(versionsIn(release, ['Telemetry'])).toEqual([`telemetry.istio.io/${telemetry}`]);
  });

  test('fails for a kind that the release does not have', () => {
    expect(() => IstioRelease.parse(AT, '1.10').apiVersion(AT, 'Telemetry')).toThrow(
      new Error('a Telemetry with istioVersion "1.10". Istio has this kind only since 1.11. Leave it out, or set the istioVersion that the mesh has (at test/iris)'));
  });
});

describe('releases', () => {
  test.each(['1.22', 'v1.22', '1.22.3', '1.22.0-beta.1', '1.100'])('%s is 1.22 or later', (text) => {
    expect(IstioRelease.parse(AT, text).isAtLeast('1.22')).toBe(true);
  });

  test.each(['1.5', '1.9', '1.21.9'])('%s is before 1.22', (text) => {
    expect(IstioRelease.parse(AT, text).isAtLeast('1.22')).toBe(false);
  });

  test.each(['', '1', '1.x', 'latest', '1.22.', '1.22.3.4', ' 1.22'])('fails for %j', (text) => {
    expect(() => IstioRelease.parse(AT, text)).toThrow(
      new Error(`istioVersion "${text}". Expected a release such as "1.22" or "1.22.3" (at test/iris)`));
  });

  test.each(['1.4', '0.8', '1.0.2'])('fails for %s, which is too old', (text) => {
    expect(() => IstioRelease.parse(AT, text)).toThrow(new Error(`istioVersion "${text}". Expected 1.5 or later (at test/iris)`));
  });
});

describe('fields', () => {
  test('are accepted from their release on, and without a configured release', () => {
    expect(() => IstioRelease.parse(AT, '1.26').require(AT, 'retries.backoff', '1.26')).not.toThrow();
    expect(() => IstioRelease.UNSPECIFIED.require(AT, 'retries.backoff', '1.26')).not.toThrow();
  });

  test('fails before', () => {
    expect(() => IstioRelease.parse(AT, '1.25.4').require(AT, 'retries.backoff', '1.26')).toThrow(new Error(
      'retries.backoff with istioVersion "1.25.4". Istio has this field only since 1.26. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/iris)'));
  });
});
