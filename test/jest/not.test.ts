import '../../src/jest';
import { StringMatch, Traffic } from '../../src';
import { POLICY, ROUTES } from '../support/traffic';

const traffic = Traffic.fromManifests(ROUTES + POLICY);
const split = traffic.request({ path: '/v2/models/iris/infer' });
const denied = traffic.request({ path: '/v2/models/iris/metrics' });

/** The first line of a failure. */
function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
  return 'no failure';
}

describe('of an answer with shares', () => {
  test('holds for what is true of no request', () => {
    expect(split).not.toBeServedBy('shadow');
    expect(split).not.toSplit({ v1: 50, v2: 50 });
    expect(split).not.toMirrorTo('iris');
    expect(split).not.toMirrorTo('shadow', 30);
    expect(split).not.toBeDenied();
    expect(split).not.toBeDenied('no-metrics');
    expect(split).not.toRedirectTo('http://models.example.com/');
    expect(split).not.toHaveGrpcStatus('UNAVAILABLE');
    expect(split).not.toBeUnanswered();
  });

  test.each<[string, () => void, string]>([
    ['a backend with a share', () => expect(split).not.toBeServedBy('v2'), 'expected that this is so for no request, but it is for 25 % of them:'],
    ['a name of two subsets', () => expect(split).not.toBeServedBy('iris'), 'expected that this is so for no request, but it is for all requests:'],
    ['the split', () => expect(split).not.toSplit({ v1: 75, v2: 25 }), 'expected that this is so for no request, but it is for all requests:'],
    ['a mirror', () => expect(split).not.toMirrorTo('shadow'), 'expected that this is so for no request, but it is for all requests:'],
    ['a mirror with its share', () => expect(split).not.toMirrorTo('shadow', 20), 'expected that this is so for no request, but it is for all requests:'],
    ['a denial', () => expect(denied).not.toBeDenied(), 'expected that this is so for no request, but it is for all requests:'],
    ['the policy', () => expect(denied).not.toBeDenied('no-metrics'), 'expected that this is so for no request, but it is for all requests:'],
    ['a policy that does not exist', () => expect(split).not.toBeDenied('no-such'),
      'there is no AuthorizationPolicy and no RequestAuthentication "no-such". The policies are no-metrics'],
    ['a backend that does not exist', () => expect(split).not.toBeServedBy('irris'), 'there is no model, pipeline, predictor or Service "irris". Did you mean "iris"?'],
    ['a gRPC status that does not exist', () => expect(split).not.toHaveGrpcStatus('ok'), 'there is no gRPC status "ok". Did you mean "OK"?'],
  ])('fails for %s', (_, assert, failure) => {
    expect(failureOf(assert)).toBe(failure);
  });

  test('a failure without it shows expected and actual', () => {
    expect(() => expect(split).toBeServedBy('v1')).toThrow('expected: all requests are answered by v1');
    expect(() => expect(denied).toBeUnanswered()).toThrow('expected: no one answers');
  });
});

describe('of an answer with cases', () => {
  const ADDRESSES = `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: blocked, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  action: DENY
  rules: [{ from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }] }]
`;
  const OTHER = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: other, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http: [{ match: [{ uri: { exact: /old } }], route: [{ destination: { host: shadow, port: { number: 8080 } } }] }]
`;

  test('fails if a policy may reject the request', () => {
    const answer = Traffic.fromManifests(ROUTES + ADDRESSES).request({ path: '/old' });
    expect(answer.conditions).toHaveLength(2);
    expect(failureOf(() => expect(answer).not.toBeDenied())).toMatch(/^expected that this is so for no request, but it is for all requests if the address of the client matches spec\.rules\[0\] of AuthorizationPolicy istio-system\/blocked:$/);
    expect(failureOf(() => expect(answer).toBeDenied())).toMatch(/^GET /);
  });

  test('fails if the age of VirtualServices may give a backend the request', () => {
    const answer = Traffic.fromManifests(ROUTES + OTHER).request({ path: '/old' });
    expect(answer.conditions).toHaveLength(2);
    expect(failureOf(() => expect(answer).not.toBeServedBy('shadow'))).toMatch(/ but it is for all requests if .*VirtualService models\/other is the oldest/);
    expect(answer).not.toBeServedBy('iris');
  });
});

describe('of all requests', () => {
  const everything = ROUTES.replace('exact: /old', 'prefix: /');
  const byManagedHeader = (host: string) => `${everything}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: managed, namespace: models }
spec:
  hosts: [managed.example.com]
  gateways: [istio-system/gateway]
  http:
    - { match: [{ headers: { x-request-id: { exact: a } } }], route: [{ destination: { host: ${host}, port: { number: 8080 } } }] }
    - redirect: { uri: /v2/models/iris }
`.replace('hosts: [models.example.com]', 'hosts: ["*"]');

  test('holds if a request shows it', () => {
    const requests = Traffic.fromManifests(everything).requests({ host: 'models.example.com', path: StringMatch.prefix('/v2/models/iris/') });
    expect(requests).not.toNeverBeServedBy('v1');
    expect(requests).toNeverBeUnanswered();
    expect(failureOf(() => expect(requests).not.toNeverBeUnanswered())).toBe('expected that this is not so for some request, but it is so for all of them');
  });

  test('fails if it is not decided, like the statement itself', () => {
    const [before, after] = ['iris', 'shadow'].map((host) => Traffic.fromManifests(byManagedHeader(host)));
    expect(failureOf(() => expect(after).not.toBeEquivalentTo(before))).toMatch(/^it is not decided: Envoy itself sets, changes or removes the header x-request-id/);
    expect(failureOf(() => expect(after).toBeEquivalentTo(before))).toMatch(/^it is not decided: /);
  });
});
