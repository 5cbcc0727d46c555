import { Gateway } from '../../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { GrpcCalls } from '../../../src/plan/endpoint';
import { StringMatch } from '../../../src/plan/string-match';
import {
  DeniedRequests, deniedOf, deniesAll, EndpointRequests, headersKey, HeaderSet, isOnOtherHosts, matchOf, policyPath, requestsOf,
} from '../../../src/security/access/denied-requests';
import { Canary } from '../../../src/traffic/canary';
import { ModelRoute, ModelRouteProps } from '../../../src/traffic/model-route';
import { testChart } from '../../support/manifests';

interface Denial {
  readonly hosts?: string[];
  readonly paths?: string[];
  readonly headers?: { readonly [name: string]: string[] };
  readonly sets?: HeaderSet[];
}

const denied = ({ hosts, paths = [], headers = {}, sets = [] }: Denial): DeniedRequests => ({
  hosts,
  paths: new Set(paths),
  headers: new Map(Object.entries(headers).map(([name, values]) => [name, new Set(values)])),
  headerSets: new Map(sets.map((set) => [headersKey(set), set])),
});

const NONE: EndpointRequests = { hosts: ['a.test'], paths: [], headerSets: [], matched: [] };
const CREDIT = { seldon: 'credit', namespace: 'models' };

describe('the requests of an endpoint', () => {
  const backend = ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080, grpcPort: 9000, grpcHeaders: CREDIT });
  const planOf = (props: Partial<ModelRouteProps>) => {
    const chart = testChart();
    const gateway = new Gateway(chart, 'ingress');
    return new ModelRoute(chart, 'iris', { gateways: [gateway], backend, paths: [StringMatch.prefix('/iris/')], hosts: ['A.Example.com'], ...props }).plan.endpoints[0];
  };

  test('are its hosts in lower case, its paths and the headers of its gRPC calls', () => {
    expect(requestsOf(planOf({}), true)).toEqual({
      hosts: ['a.example.com'], paths: [StringMatch.prefix('/iris/')], headerSets: [CREDIT], matched: [],
    });
  });

  test('have no headers without gRPC calls', () => {
    expect(requestsOf(planOf({}), false)).toMatchObject({ paths: [StringMatch.prefix('/iris/')], headerSets: [] });
  });

  test('have the path of gRPC calls without headers', () => {
    const plan = planOf({ grpc: GrpcCalls.allOnHost() });
    expect(requestsOf(plan, true)).toMatchObject({ paths: [StringMatch.prefix('/iris/'), plan.endpoint.grpc.methods], headerSets: [] });
    expect(requestsOf(plan, false)).toMatchObject({ paths: [StringMatch.prefix('/iris/')], headerSets: [] });
  });

  test('have the exact headers by which an arm is chosen', () => {
    const chart = testChart();
    const canary = new Canary(chart, 'iris', {
      gateways: [new Gateway(chart, 'ingress')],
      stable: backend,
      canary: ServiceBackend.of({ name: 'iris-next', namespace: 'models', port: 8080 }),
      grpc: GrpcCalls.none(),
      paths: [StringMatch.prefix('/iris/')],
      testers: [{ headers: { 'x-team': StringMatch.exact('risk'), 'x-user': StringMatch.prefix('test-') } }, { withoutHeaders: { 'x-team': StringMatch.exact('a') } }],
    });
    expect(requestsOf(canary.plan.endpoints[0], false).matched).toEqual([{ 'x-team': 'risk' }, {}]);
  });
});

describe('a policy denies all requests', () => {
  const paths = [StringMatch.prefix('/iris/'), StringMatch.exact('/v2/iris')];
  const all = denied({ paths: ['/iris/*', '/v2/iris'], headers: { 'seldon-model': ['iris'] }, sets: [CREDIT] });

  test.each<[string, Denial[], Partial<EndpointRequests>, boolean]>([
    ['of its paths', [{ paths: ['/iris/*', '/v2/iris', '/more'] }], { paths }, true],
    ['not of another path', [{ paths: ['/iris/*'] }], { paths }, false],
    ['not of an exact path as a prefix', [{ paths: ['/iris/', '/v2/iris'] }], { paths }, false],
    ['of paths in several groups', [{ paths: ['/iris/*'] }, { paths: ['/v2/iris'] }], { paths }, true],
    ['not of a regular expression', [{ paths: ['/iris/.*'] }], { paths: [StringMatch.regex('/iris/.*')] }, false],
    ['by a header', [{ headers: { 'seldon-model': ['iris', 'wine'] } }], { headerSets: [{ 'seldon-model': 'iris' }] }, true],
    ['by one header of several', [{ headers: { 'seldon-model': ['iris'] } }], { headerSets: [{ 'x-more': 'a', 'seldon-model': 'iris' }] }, true],
    ['not by another value', [{ headers: { 'seldon-model': ['wine'] } }], { headerSets: [{ 'seldon-model': 'iris' }] }, false],
    ['by a set of headers in any order', [{ sets: [CREDIT] }], { headerSets: [{ namespace: 'models', seldon: 'credit' }] }, true],
    ['not by other values of a set', [{ sets: [CREDIT] }], { headerSets: [{ ...CREDIT, seldon: 'risk' }] }, false],
    ['not by another set of as many headers', [{ sets: [{ a: 'b', c: 'd' }] }], { headerSets: [CREDIT] }, false],
    ['by headers of several groups', [{ headers: { 'seldon-model': ['a'] } }, { sets: [CREDIT] }], { headerSets: [{ 'seldon-model': 'a' }, CREDIT] }, true],
    ['not if headers are left', [{ paths: ['/iris/*', '/v2/iris'] }], { paths, headerSets: [CREDIT] }, false],
    ['not if paths are left', [{ sets: [CREDIT] }], { paths, headerSets: [CREDIT] }, false],
    ['of its host', [{ hosts: ['a.test'], paths: ['/v2/iris'] }], { paths: [paths[1]] }, true],
    ['of a host of several', [{ hosts: ['b.test', 'a.test'], paths: ['/v2/iris'] }], { paths: [paths[1]] }, true],
    ['of hosts under a wildcard', [{ hosts: ['*.test'], paths: ['/v2/iris'] }], { paths: [paths[1]] }, true],
    ['not of another host', [{ hosts: ['b.test'], paths: ['/v2/iris'] }], { paths: [paths[1]] }, false],
    ['not of a second host', [{ hosts: ['a.test'], paths: ['/v2/iris'] }], { hosts: ['a.test', 'b.test'], paths: [paths[1]] }, false],
    ['of two hosts in two groups', [{ hosts: ['a.test'], paths: ['/v2/iris'] }, { hosts: ['b.test'], paths: ['/v2/iris'] }],
      { hosts: ['a.test', 'b.test'], paths: [paths[1]] }, true],
  ])('%s', (_what, denials, requests, expected) => {
    expect(deniesAll(denials.map(denied), { ...NONE, ...requests })).toBe(expected);
  });

  test('with paths and headers', () => {
    expect(deniesAll([all], { ...NONE, paths, headerSets: [{ 'seldon-model': 'iris' }, CREDIT] })).toBe(true);
  });
});

test.each<[string, Denial, Partial<EndpointRequests>, string | undefined]>([
  ['a path', { paths: ['/other', '/iris'] }, { paths: [StringMatch.exact('/wine'), StringMatch.exact('/iris')] }, 'path exact "/iris"'],
  ['a prefix', { paths: ['/iris/*'] }, { paths: [StringMatch.exact('/iris/a')] }, 'path prefix "/iris/"'],
  ['another path', { paths: ['/iris/*'] }, { paths: [StringMatch.exact('/wine')] }, undefined],
  ['a header', { headers: { 'seldon-model': ['iris'] } }, { headerSets: [{ 'x-team': 'a' }, { 'x-more': 'b', 'seldon-model': 'iris' }] }, 'header seldon-model: iris'],
  ['a header that chooses an arm', { headers: { 'x-team': ['risk'] } }, { matched: [{ 'x-team': 'risk' }] }, 'header x-team: risk'],
  ['another value', { headers: { 'seldon-model': ['iris'] } }, { headerSets: [{ 'seldon-model': 'wine' }] }, undefined],
  ['several headers', { sets: [{ a: 'b', c: 'd' }, CREDIT] }, { headerSets: [{ a: 'b' }, { ...CREDIT, more: 'e' }] }, 'headers seldon: credit and namespace: models'],
  ['some of several headers', { sets: [CREDIT] }, { headerSets: [{ seldon: 'credit' }, { ...CREDIT, namespace: 'other' }] }, undefined],
])('a policy denies requests with %s', (_what, denial, requests, expected) => {
  expect(deniedOf(denied(denial), { ...NONE, ...requests })).toBe(expected);
});

test.each<[string[] | undefined, string, boolean]>([
  [undefined, 'a.test', false],
  [['b.test'], 'a.test', true],
  [['b.test', 'a.test'], 'a.test', false],
  [['b.test', 'c.test'], 'a.test', true],
  [['*.test'], 'a.test', false],
])('hosts %j are others than %s: %p', (hosts, host, expected) => {
  expect(isOnOtherHosts(denied({ hosts }), host)).toBe(expected);
});

test('paths of rules are prefixes if they end with an asterisk', () => {
  for (const match of [StringMatch.prefix('/iris/'), StringMatch.exact('/iris')]) expect(matchOf(policyPath(match))).toEqual(match);
  expect(policyPath(StringMatch.prefix('/iris/'))).toBe('/iris/*');
});
