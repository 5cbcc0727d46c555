import { App, Chart } from 'cdk8s';
import { PolicyTargetRef } from '../../../src/istio/common/policy-target';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { RequestAuthentication, RequestAuthenticationReferenceOptions } from '../../../src/security/authentication/request-authentication';
import { AuthorizationPolicy, AuthorizationPolicyProps } from '../../../src/security/authorization/authorization-policy';
import { findingsOf } from '../../support/errors';

const ISSUER = 'https://login.example.com';
const OTHER = 'https://other.example.com';
const claim = (key: string, value: string) => [{ when: [{ key: `request.auth.claims[${key}]`, values: [value] }] }];
const jwtRule = (forwardOriginalToken = false, issuer?: string) => ({ issuer, jwksUri: `${issuer ?? ISSUER}/keys`, forwardOriginalToken });
const IRIS = { selector: { app: 'iris' } };
const AT_INGRESS = { namespace: 'istio-system', selector: { istio: 'ingressgateway' } };

/** What is found for a policy of requests with claims, next to other objects. */
function foundFor(policy: AuthorizationPolicyProps, make: (chart: Chart) => void, namespace: string | undefined = 'models'): string[] {
  const chart = new Chart(new App(), 'test', { namespace });
  new AuthorizationPolicy(chart, 'policy', { rules: claim('groups', 'risk'), ...policy });
  make(chart);
  return findingsOf(chart);
}

const reference = (options: RequestAuthenticationReferenceOptions) => (chart: Chart) => {
  RequestAuthentication.fromRequestAuthenticationName(chart, 'there', 'login', options);
};

const nothing = (_chart: Chart): void => undefined;
const missingFor = (where: string) => [
  `[test/policy] rules of test/policy require claims, and no RequestAuthentication applies to ${where}. Without one no request has claims there. `
  + 'Add one for the same pods, or reference an existing one with RequestAuthentication.fromRequestAuthenticationName',
];
const notForwarded = (issuer: string) => [
  `[test/policy] rules of test/policy read tokens${issuer}, which test/ingress-login does not forward from the gateway. Set forwardOriginalToken: true in its jwtRule`,
];
const notAccepted = (issuers: string, where = 'pods app=iris of namespace "models"') => [
  `[test/policy] rules of test/policy require tokens of issuer "${OTHER}", which no RequestAuthentication for ${where} accepts. `
  + `Expected one of ${issuers}, or a jwtRule for this issuer`,
];

test.each<[string, AuthorizationPolicyProps, string]>([
  ['pods', { selector: { app: 'iris', version: 'a' } }, 'pods app=iris, version=a of namespace "models"'],
  ['a namespace', {}, 'all pods of namespace "models"'],
  ['objects', { targetRefs: [PolicyTargetRef.service('iris'), PolicyTargetRef.gateway('waypoint')] }, 'Service iris, Gateway waypoint of namespace "models"'],
])('a finding names %s', (_what, policy, where) => {
  expect(foundFor(policy, nothing)).toEqual(missingFor(where));
});

test('a finding names pods of no namespace', () => {
  const chart = new Chart(new App(), 'test');
  new AuthorizationPolicy(chart, 'policy', { ...IRIS, rules: claim('groups', 'risk') });
  expect(findingsOf(chart)).toEqual(missingFor('pods app=iris'));
});

test('all policies are judged, each for its own pods', () => {
  expect(foundFor(IRIS, (chart) => {
    new AuthorizationPolicy(chart, 'other', { selector: { app: 'wine' }, rules: claim('groups', 'risk') });
    new RequestAuthentication(chart, 'login', { ...IRIS, jwtRules: [jwtRule()] });
  })).toEqual([missingFor('pods app=wine of namespace "models"')[0].replaceAll('test/policy', 'test/other')]);
});

describe('the issuers of a policy', () => {
  const policy = { ...IRIS, rules: claim('iss', OTHER) };

  test.each<[string, (chart: Chart) => void, string[]]>([
    ['another issuer', reference({ ...IRIS, issuers: [ISSUER] }), notAccepted(`"${ISSUER}"`)],
    ['two other issuers', reference({ ...IRIS, issuers: [ISSUER, 'https://more'] }), notAccepted(`"${ISSUER}", "https://more"`)],
    ['the issuer among others', reference({ ...IRIS, issuers: [ISSUER, OTHER] }), []],
    ['an issuer that is not known', reference(IRIS), []],
    ['any issuer', (chart) => new RequestAuthentication(chart, 'any', { ...IRIS, jwtRules: [jwtRule()] }), []],
    ['one that is not known, and another', (chart) => {
      reference(IRIS)(chart);
      new RequestAuthentication(chart, 'login', { ...IRIS, jwtRules: [jwtRule(false, ISSUER)] });
    }, []],
  ])('are compared with %s', (_what, make, found) => {
    expect(foundFor(policy, make)).toEqual(found);
  });
});

describe('a token that the gateway validates, too', () => {
  const pods = (chart: Chart, issuer: string | undefined = ISSUER) => new RequestAuthentication(chart, 'pods', { ...IRIS, jwtRules: [jwtRule(false, issuer)] });
  const gateway = (chart: Chart, forwards = false, issuer: string | undefined = ISSUER) => {
    new RequestAuthentication(chart, 'ingress-login', { ...AT_INGRESS, jwtRules: [jwtRule(forwards, issuer)] });
  };

  test.each<[string, (chart: Chart) => void, string[]]>([
    ['is not forwarded', (chart) => { pods(chart); gateway(chart); }, notForwarded(` of issuer "${ISSUER}"`)],
    ['is forwarded', (chart) => { pods(chart); gateway(chart, true); }, []],
    ['is of another issuer', (chart) => { pods(chart); gateway(chart, false, OTHER); }, []],
    ['is of any issuer', (chart) => {
      new RequestAuthentication(chart, 'pods', { ...IRIS, jwtRules: [jwtRule()] });
      new RequestAuthentication(chart, 'ingress-login', { ...AT_INGRESS, jwtRules: [jwtRule()] });
    }, notForwarded('')],
    ['is validated by a reference that does not forward it', (chart) => {
      pods(chart);
      RequestAuthentication.fromRequestAuthenticationName(chart, 'ingress-login', 'login', { ...AT_INGRESS, issuers: [ISSUER], forwardOriginalToken: false });
    }, notForwarded(` of issuer "${ISSUER}"`)],
    ['is validated by a reference that forwards it', (chart) => { pods(chart); reference({ ...AT_INGRESS, issuers: [ISSUER] })(chart); }, []],
    ['is validated by other pods of that namespace', (chart) => {
      pods(chart);
      new RequestAuthentication(chart, 'other', { namespace: 'istio-system', selector: { istio: 'ingressgateway', zone: 'a' }, jwtRules: [jwtRule(false, ISSUER)] });
    }, []],
    ['is validated for objects', (chart) => {
      pods(chart);
      new RequestAuthentication(chart, 'other', { namespace: 'istio-system', targetRefs: [PolicyTargetRef.service('iris')], jwtRules: [jwtRule(false, ISSUER)] });
    }, []],
    ['is validated for the mesh, and kept there', (chart) => {
      new RequestAuthentication(chart, 'mesh', { namespace: 'istio-system', jwtRules: [jwtRule(false, ISSUER)] });
    }, []],
  ])('%s', (_what, make, found) => {
    expect(foundFor(IRIS, make)).toEqual(found);
  });

  test('is read at the gateway itself', () => {
    expect(foundFor(AT_INGRESS, (chart) => {
      gateway(chart);
      new Gateway(chart, 'edge', { namespace: 'edge', selector: { app: 'edge' } });
      new RequestAuthentication(chart, 'edge-login', { namespace: 'edge', selector: { app: 'edge' }, jwtRules: [jwtRule(false, ISSUER)] });
    })).toEqual([]);
  });

  test('is read at all gateways of the app', () => {
    const made = (selector: { [label: string]: string }) => foundFor(IRIS, (chart) => {
      new Gateway(chart, 'edge', { namespace: 'edge', selector: { app: 'edge', zone: 'a' } });
      pods(chart);
      new RequestAuthentication(chart, 'ingress-login', { namespace: 'edge', selector, jwtRules: [jwtRule(false, ISSUER)] });
    });
    expect(made({ app: 'edge' })).toEqual(notForwarded(` of issuer "${ISSUER}"`));
    expect(made({ app: 'edge', zone: 'b' })).toEqual([]);
  });
});
