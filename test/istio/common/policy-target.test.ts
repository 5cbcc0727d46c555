import { Chart } from 'cdk8s';
import { PolicyTargetRef } from '../../../src/istio/common/policy-target';
import { Telemetry } from '../../../src/observability/telemetry';
import { MtlsMode, PeerAuthentication } from '../../../src/security/authentication/peer-authentication';
import { RequestAuthentication } from '../../../src/security/authentication/request-authentication';
import { AuthorizationPolicy } from '../../../src/security/authorization/authorization-policy';
import { messageOf } from '../../support/errors';
import { testChart } from '../../support/manifests';

interface Target {
  readonly namespace?: string;
  readonly selector?: { [label: string]: string };
  readonly targetRefs?: PolicyTargetRef[];
}

type Make = (chart: Chart, target: Target) => unknown;

const TARGETED: [string, Make][] = [
  ['AuthorizationPolicy', (chart, target) => new AuthorizationPolicy(chart, 'policy', { rules: [{ everything: true }], ...target })],
  ['RequestAuthentication', (chart, target) => new RequestAuthentication(chart, 'policy', {
    jwtRules: [{ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', forwardOriginalToken: true }],
    ...target,
  })],
  ['Telemetry', (chart, target) => new Telemetry(chart, 'policy', { accessLogging: [{ providers: ['envoy'] }], ...target })],
];

const WITH_SELECTOR: [string, Make][] = [
  ...TARGETED,
  ['PeerAuthentication', (chart, target) => new PeerAuthentication(chart, 'policy', { mtls: MtlsMode.STRICT, ...target })],
];

const errorOf = (make: Make, target: Target) => messageOf(() => make(testChart(undefined, 'models'), target));

test.each([
  [PolicyTargetRef.service('iris'), { kind: 'Service', name: 'iris', group: undefined }],
  [PolicyTargetRef.serviceEntry('store'), { kind: 'ServiceEntry', name: 'store', group: 'networking.istio.io' }],
  [PolicyTargetRef.gateway('waypoint'), { kind: 'Gateway', name: 'waypoint', group: 'gateway.networking.k8s.io' }],
  [PolicyTargetRef.gatewayClass('istio-waypoint'), { kind: 'GatewayClass', name: 'istio-waypoint', group: 'gateway.networking.k8s.io' }],
])('reference %#', ({ kind, name, group }, expected) => {
  expect({ kind, name, group }).toEqual(expected);
});

test('fails for a name that is not valid', () => {
  expect(messageOf(() => PolicyTargetRef.service(''))).toEqual(
    'name of Service "". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at PolicyTargetRef)');
});

describe.each(TARGETED)('%s', (_kind, make) => {
  test.each<[string, Target]>([
    ['16 objects', { targetRefs: Array(16).fill(PolicyTargetRef.service('a')) }],
    ['a class, in the root namespace', { namespace: 'istio-system', targetRefs: [PolicyTargetRef.gatewayClass('istio-waypoint')] }],
  ])('applies to %s', (_what, target) => {
    expect(errorOf(make, target)).toEqual('no error');
  });

  test.each<[string, Target, string]>([
    ['a selector and targetRefs', { selector: { a: 'b' }, targetRefs: [PolicyTargetRef.service('a')] },
      'selector and targetRefs are both set. Set only one, either labels of the pods or the objects that a waypoint serves'],
    ['no object', { targetRefs: [] }, '0 targetRefs. Expected 1 to 16, or leave targetRefs out'],
    ['17 objects', { targetRefs: Array(17).fill(PolicyTargetRef.service('a')) }, '17 targetRefs. Expected 1 to 16, or leave targetRefs out'],
    ['plain data', { targetRefs: [{ kind: 'Service', name: 'a' } as never] },
      'targetRefs[0] an object. Expected a PolicyTargetRef, such as PolicyTargetRef.service("seldon-mesh")'],
    ['a single object', { targetRefs: PolicyTargetRef.service('a') as never },
      'targetRefs an object. Expected a list in which each entry is a PolicyTargetRef, such as PolicyTargetRef.service("seldon-mesh")'],
    ['a class outside the root namespace', { targetRefs: [PolicyTargetRef.service('a'), PolicyTargetRef.gatewayClass('istio-waypoint')] },
      'targetRefs[1] is GatewayClass istio-waypoint, and the namespace is "models". '
      + 'Istio reads policies for a GatewayClass from the root namespace only, "istio-system"'],
  ])('fails for %s', (_what, target, message) => {
    expect(errorOf(make, target)).toEqual(`${message} (at test/policy)`);
  });
});

describe.each(WITH_SELECTOR)('%s', (_kind, make) => {
  test.each<[string, Target, string]>([
    ['an empty selector', { selector: {} },
      'an empty selector. Set a label of the pods, or leave the selector out to select all pods of the namespace'],
    ['a wildcard', { selector: { app: '*' } },
      'value "*" of label app of selector. Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit'],
    ['a selector that is a string', { selector: 'app=iris' as never }, 'selector "app=iris". Expected an object of strings'],
  ])('fails for %s', (_what, target, message) => {
    expect(errorOf(make, target)).toEqual(`${message} (at test/policy)`);
  });
});
