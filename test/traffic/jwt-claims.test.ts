import { App, Chart } from 'cdk8s';
import { Warnings } from '../../src/mesh/warnings';
import { RequestMatch } from '../../src/plan/request-match';
import { StringMatch } from '../../src/plan/string-match';
import { RequestAuthentication, RequestAuthenticationProps } from '../../src/security/authentication/request-authentication';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';
import { manifestOf } from '../support/manifests';
import { gatewayOf, models, World } from '../support/routed-backends';

beforeEach(() => { jest.spyOn(console, 'warn').mockImplementation(); });
afterEach(() => { jest.restoreAllMocks(); });

const jwtRules = [{ issuer: 'https://login.example.com', forwardOriginalToken: true }];

function canary({ chart, gateways, v1, v2 }: World, testers: RequestMatch[]): Canary {
  return new Canary(chart, 'iris', { gateways, stable: v1, canary: v2, testers });
}

/** The warnings of a canary whose testers have a claim, together with a RequestAuthentication. */
function warningsOf(props?: RequestAuthenticationProps): string[] {
  const world = models();
  if (props !== undefined) new RequestAuthentication(world.chart, 'login', props);
  canary(world, [CallerMatch.claim('groups', 'testers')]);
  return Warnings.find(App.of(world.chart));
}

test('testers by a claim, over REST and gRPC', () => {
  const world = models();
  canary(world, [CallerMatch.claim('groups', 'testers')]);
  const rules = manifestOf(world.chart, 'VirtualService').spec.http.slice(0, 2);

  expect(rules.flatMap(({ match }: { match: { headers: object }[] }) => match.map(({ headers }) => headers))).toEqual([
    { '@request.auth.claims.groups': { exact: 'testers' } },
    { '@request.auth.claims.groups': { exact: 'testers' } },
    { '@request.auth.claims.groups': { exact: 'testers' }, 'seldon-model': { exact: 'iris' } },
  ]);
});

test('warns when no RequestAuthentication verifies the tokens', () => {
  expect(warningsOf()).toEqual([
    'endpoint "iris" selects callers by @request.auth.claims.groups, but this app has no RequestAuthentication for the pods of gateway seldon-gateway. '
    + 'Without one, no request matches. Add one with the selector of the gateway, unless another app has it (at test/iris)',
  ]);
});

test('warns when it is for other pods', () => {
  expect(warningsOf({ namespace: 'istio-system', selector: { istio: 'other' }, jwtRules })).toHaveLength(1);
});

test('no warning with one for the pods, or for all pods', () => {
  expect(warningsOf({ namespace: 'istio-system', selector: { istio: 'ingressgateway' }, jwtRules })).toEqual([]);
  expect(warningsOf({ namespace: 'istio-system', jwtRules })).toEqual([]);
});

test('fails without a gateway', () => {
  const world = { ...models(), gateways: [] };

  expect(() => canary(world, [CallerMatch.claim('groups', 'testers')])).toThrow(new Error(
    'match of claim "@request.auth.claims.groups" without a gateway. '
    + 'Istio matches claims at gateways only. Give the endpoint gateways, or match a header (at test/iris)',
  ));
});

test.each(['@request.auth.claims', '@request.auth.claims.', '@Request.auth.claims.groups', '@request.auth.claims[a', '@request.auth.claims.a b'])('fails with key %p', (key) => {
  const chart = new Chart(new App(), 'test', { namespace: 'seldon-mesh' });

  expect(() => canary({ ...models(), chart, gateways: [gatewayOf(chart)] }, [{ headers: { [key]: StringMatch.exact('x') } }])).toThrow(new Error(
    `match of "${key}". Expected @request.auth.claims.groups, or @request.auth.claims[groups]; CallerMatch.claim("groups", …) writes it (at test/iris)`,
  ));
});
