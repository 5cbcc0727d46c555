import { Construct } from 'constructs';
import { IGateway } from '../../../src/plan/gateway-ref';
import { EndpointPlan } from '../../../src/plan/plan';
import { Caller } from '../../../src/security/access/caller';
import { GatewayPolicy, isAt, onSamePods, selectsAllPods, within } from '../../../src/security/access/gateway-policy';
import { ProtectedCalls } from '../../../src/security/access/protected-calls';

const at = new Construct(undefined as never, '');
const INGRESS = { istio: 'ingressgateway' };

function policy(more: Partial<GatewayPolicy> = {}): GatewayPolicy {
  const gateway: IGateway = { gatewayName: 'ingress', gatewayNamespace: 'istio-system' };
  const nothing = { calls: new ProtectedCalls(at), restricted: new Set<string>(), covered: new Set<EndpointPlan>(), callers: [] };
  return { at, gateway, selector: INGRESS, sharesModels: false, ...nothing, ...more };
}

const [RISK, WEB] = [Caller.claim('groups', ['risk']), Caller.claim('groups', ['web'])];
const BOTH = Caller.claim('groups', ['risk', 'web']);
const BOB = Caller.subject('https://login', 'bob');

test.each<[string, Caller[], Caller[], boolean]>([
  ['the same callers', [RISK], [RISK], true],
  ['some of the callers', [RISK], [WEB, RISK], true],
  ['more callers', [RISK, WEB], [RISK], false],
  ['other callers', [WEB], [RISK], false],
  ['fewer values of a claim', [RISK], [BOTH], true],
  ['more values of a claim', [BOTH], [RISK], false],
  ['more conditions', [Caller.allOf(RISK, BOB)], [RISK], true],
  ['fewer conditions', [RISK], [Caller.allOf(RISK, BOB)], false],
  ['the same conditions in another order', [Caller.allOf(BOB, RISK)], [Caller.allOf(RISK, BOB)], true],
  ['a value of another claim', [Caller.claim('team', ['risk'])], [RISK], false],
])('a policy that allows %s is within the other: %4$s', (_what, one, other, expected) => {
  expect(within(policy({ callers: one }), policy({ callers: other }))).toBe(expected);
});

test.each<[string, IGateway, boolean, boolean]>([
  ['the same labels with any name', { gatewayName: 'other', gatewaySelector: INGRESS }, true, true],
  ['more labels', { gatewayName: 'ingress', gatewaySelector: { ...INGRESS, app: 'a' } }, true, true],
  ['other labels', { gatewayName: 'ingress', gatewayNamespace: 'istio-system', gatewaySelector: { istio: 'edge' } }, false, false],
  ['the same name', { gatewayName: 'ingress', gatewayNamespace: 'istio-system' }, true, true],
  ['the same name in another namespace', { gatewayName: 'ingress', gatewayNamespace: 'edge' }, false, false],
  ['another name', { gatewayName: 'edge', gatewayNamespace: 'istio-system' }, false, false],
])('a policy is at a gateway with %s: %3$s', (_what, gateway, is, selects) => {
  expect([isAt(policy(), gateway), selectsAllPods(policy(), gateway)]).toEqual([is, selects]);
});

test('a policy with more labels than a gateway does not select all of its pods', () => {
  const narrow = policy({ selector: { ...INGRESS, app: 'a' } });
  const gateway: IGateway = { gatewayName: 'ingress', gatewaySelector: INGRESS };
  expect([isAt(narrow, gateway), selectsAllPods(narrow, gateway)]).toEqual([true, false]);
});

test.each<[string, IGateway, IGateway, boolean]>([
  ['the same labels', { gatewayName: 'a', gatewaySelector: INGRESS }, { gatewayName: 'b', gatewaySelector: INGRESS }, true],
  ['other labels', { gatewayName: 'a', gatewaySelector: INGRESS }, { gatewayName: 'a', gatewaySelector: { istio: 'edge' } }, false],
  ['the same name, one with labels', { gatewayName: 'a', gatewaySelector: INGRESS }, { gatewayName: 'a' }, true],
  ['the same name, the other with labels', { gatewayName: 'a' }, { gatewayName: 'a', gatewaySelector: INGRESS }, true],
  ['another name, one with labels', { gatewayName: 'a', gatewaySelector: INGRESS }, { gatewayName: 'b' }, false],
  ['the same name and namespace', { gatewayName: 'a', gatewayNamespace: 'edge' }, { gatewayName: 'a', gatewayNamespace: 'edge' }, true],
  ['the same name in another namespace', { gatewayName: 'a', gatewayNamespace: 'edge' }, { gatewayName: 'a' }, false],
])('gateways with %s have the same pods: %4$s', (_what, a, b, expected) => {
  expect(onSamePods(a, b)).toBe(expected);
});
