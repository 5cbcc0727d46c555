import { App, Chart } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { GatewayServer } from '../../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { HttpMatch } from '../../../src/istio/virtual-service/http-match';
import { VirtualService } from '../../../src/istio/virtual-service/virtual-service';
import { GrpcCalls } from '../../../src/plan/endpoint';
import { IGateway } from '../../../src/plan/gateway-ref';
import { Plan } from '../../../src/plan/plan';
import { RequestProtocol, RequestMatch } from '../../../src/plan/request-match';
import { StringMatch } from '../../../src/plan/string-match';
import { IstioRouter } from '../../../src/routers/istio-router';
import { CallerMatch } from '../../../src/traffic/caller-match';
import { Canary, CanaryProps } from '../../../src/traffic/canary';
import { ModelRoute, ModelRouteProps } from '../../../src/traffic/model-route';
import { findingsOf } from '../../support/errors';
import { testChart } from '../../support/manifests';

const HOSTS = ['models.example.com'];

const service = (name: string) => ServiceBackend.of({ name, namespace: 'web', port: 8080 });

function problemsOf(chart: Chart): string[] {
  return findingsOf(chart).map((line) => line.replace(/^\[.*?\] /, ''));
}

function page(gateways: IGateway[] | undefined, chart: Chart, differs: Partial<CanaryProps> = {}): void {
  new Canary(chart, 'page', {
    gateways, hosts: HOSTS, stable: service('page'), canary: service('new-page'), paths: [StringMatch.prefix('/')], grpc: GrpcCalls.none(), ...differs,
  });
}

function wine(gateways: IGateway[] | undefined, chart: Chart, differs: Partial<ModelRouteProps> = {}): void {
  new ModelRoute(chart, 'wine', { gateways, hosts: HOSTS, backend: service('wine'), grpc: GrpcCalls.none(), ...differs });
}

describe('a page on / next to a model', () => {
  const REMEDY = 'Istio puts a catch-all rule after those of other routes only if the rule has no conditions, and otherwise the older route first. '
    + 'Give the catch-all endpoint its own host or narrower paths, or remove its testers and sticky sessions';
  const conflict = (condition: string) => ['endpoint "page" of test/page and endpoint "wine" of test/wine both match requests for exact "/v2/models/wine" '
    + `with ${condition} on host "models.example.com". ${REMEDY}`];

  test.each<[string, Partial<CanaryProps>, string]>([
    ['testers by header', { testers: [CallerMatch.header('x-tester', 'yes')] }, 'x-tester: yes'],
    ['testers by query parameter', { testers: [{ queryParams: { beta: StringMatch.exact('1') } }] }, 'query parameter "beta": 1'],
    ['sticky sessions', { weight: 50, sticky: {} }, 'cookie: (.*;\\s*)?page-arm=canary(\\s*;.*)?'],
    ['testers, as an expression', { testers: [CallerMatch.header('x-tester', 'yes')], paths: [StringMatch.regex('.*')] }, 'x-tester: yes'],
  ])('fails with %s', (_what, differs, condition) => {
    const chart = testChart();
    const gateways = [new Gateway(chart, 'edge')];
    page(gateways, chart, differs);
    wine(gateways, chart);

    expect(problemsOf(chart)).toEqual(conflict(condition));
  });

  test.each<[string, Partial<CanaryProps>]>([
    ['without conditions', {}],
    ['with sticky sessions while one version answers', { sticky: {} }],
    ['with testers on narrower paths', { testers: [CallerMatch.header('x-tester', 'yes')], paths: [StringMatch.prefix('/web/')] }],
    ['with testers on a separate host', { testers: [CallerMatch.header('x-tester', 'yes')], hosts: ['web.example.com'] }],
    ['with testers among callers by gRPC, whom it does not have', { testers: [{ headers: { 'x-tester': StringMatch.exact('yes') }, protocol: RequestProtocol.GRPC }] }],
  ])('is fine %s', (_what, differs) => {
    const chart = testChart();
    const gateways = [new Gateway(chart, 'edge')];
    page(gateways, chart, differs);
    wine(gateways, chart);

    expect(problemsOf(chart)).toEqual([]);
  });

  test('is fine inside the mesh, where it comes last with all of its rules', () => {
    const chart = testChart();
    page(undefined, chart, { testers: [CallerMatch.header('x-tester', 'yes')], weight: 50, sticky: {} });
    wine(undefined, chart);

    expect(problemsOf(chart)).toEqual([]);
  });

  test('fails when it was written by hand for some callers, and only then', () => {
    const written = (uri?: StringMatch) => {
      const chart = testChart();
      const gateways = [new Gateway(chart, 'edge')];
      const route = [{ destination: { host: 'page', port: 8080 } }];
      new VirtualService(chart, 'page', { hosts: HOSTS, gateways, http: [{ match: [{ uri, headers: { 'x-tester': StringMatch.exact('yes') } }], route }] });
      wine(gateways, chart);
      return problemsOf(chart);
    };

    expect(written()).toEqual(['VirtualService test/page and endpoint "wine" of test/wine both match requests for exact "/v2/models/wine" '
      + `with x-tester: yes on host "models.example.com". ${REMEDY}`]);
    expect(written(StringMatch.prefix('/')).length).toBe(1);
    expect(written(StringMatch.prefix('/v2/'))).toEqual([]);
  });

  test.each<[string, Omit<HttpMatch, 'uri'>, string[]]>([
    ['a method', { method: StringMatch.exact('POST') }, ['x-tester: yes']],
    ['a header', { headers: { 'x-team': StringMatch.exact('wine') } }, ['x-tester: yes, x-team: wine']],
    ['a query parameter', { queryParams: { team: StringMatch.exact('wine') } }, ['x-tester: yes, query parameter "team": wine']],
    ['another value of the same header', { headers: { 'x-tester': StringMatch.exact('no') } }, []],
    ['testers left out', { withoutHeaders: { 'x-tester': StringMatch.exact('yes') } }, []],
    ['other callers', { sourceLabels: { app: 'wine' } }, []],
  ])('with testers, next to a hand-written rule for %s', (_what, match, conditions) => {
    const chart = testChart();
    const gateways = [new Gateway(chart, 'edge')];
    page(gateways, chart, { testers: [CallerMatch.header('x-tester', 'yes')] });
    new VirtualService(chart, 'wine', { hosts: HOSTS, gateways, http: [{ match: [{ uri: StringMatch.prefix('/v2/'), ...match }], route: [{ destination: { host: 'wine', port: 8080 } }] }] });

    expect(problemsOf(chart)).toEqual(conditions.map((condition) => 'endpoint "page" of test/page and VirtualService test/wine both match requests for prefix "/v2/" '
      + `with ${condition} on host "models.example.com". ${REMEDY}`));
  });
});

describe('endpoints that share nothing', () => {
  function endpoints(...matches: RequestMatch[]): string[] {
    const chart = testChart();
    const gateways = [new Gateway(chart, 'edge')];
    matches.forEach((match, i) => {
      const backend = ServiceBackend.of({ name: `b${i}`, namespace: 'web', port: 8080, grpcPort: 9000 });
      const endpoint = { name: `e${i}`, hosts: HOSTS, gateways, paths: [StringMatch.prefix('/v2/')], grpc: GrpcCalls.allOnHost() };
      const plan: Plan = { name: `e${i}`, namespace: 'web', endpoints: [{ endpoint, arms: [{ backend, matches: [match] }] }] };
      new IstioRouter().route(new Chart(App.of(chart), `c${i}`), plan);
    });
    return problemsOf(chart);
  }
  const query = (value: string): RequestMatch => ({ queryParams: { team: StringMatch.exact(value) } });
  const by = (protocol: RequestProtocol): RequestMatch => ({ headers: { 'x-team': StringMatch.exact('a') }, protocol });

  test('are distinguished by query parameters', () => {
    expect(endpoints(query('a'), query('b'))).toEqual([]);
    expect(endpoints(query('a'), query('a')).length).toBe(1);
  });

  test('match only requests of the protocol of their matches', () => {
    expect(endpoints(by(RequestProtocol.REST), by(RequestProtocol.GRPC))).toEqual([]);
    expect(endpoints(by(RequestProtocol.GRPC), by(RequestProtocol.GRPC)).length).toBe(1);
  });
});

describe('endpoints with the same name behind two Gateways', () => {
  function behind(make: (chart: Chart) => Gateway[]): string[] {
    const chart = testChart();
    const backend = service('iris');
    make(chart).forEach((gateway, i) => new ModelRoute(chart, `r${i}`, { endpoint: 'iris', gateways: [gateway], hosts: HOSTS, backend, grpc: GrpcCalls.none() }));
    return problemsOf(chart);
  }
  const ingress = { istio: 'ingressgateway' };

  test.each<[string, { [label: string]: string }[]]>([
    ['fewer labels first', [ingress, { ...ingress, app: 'istio-ingressgateway' }]],
    ['more labels first', [{ ...ingress, app: 'istio-ingressgateway' }, ingress]],
    ['through a third Gateway that has the labels of both', [{ app: 'edge' }, { tier: 'web' }, { app: 'edge', tier: 'web' }]],
  ])('fail when the selector of one contains that of the other: %s', (_what, selectors) => {
    const problems = behind((chart) => selectors.map((selector, i) => new Gateway(chart, `edge${i}`, { selector })));

    expect(problems).toContain('endpoint "iris" of test/r0 and endpoint "iris" of test/r1 both match requests for exact "/v2/models/iris" '
      + 'on host "models.example.com" (and 1 more). Give one of them another path, header or host');
  });

  test('are fine behind other pods, though a third Gateway is for both', () => {
    expect(behind((chart) => {
      new Gateway(chart, 'base', { selector: ingress });
      return ['a', 'b'].map((app) => new Gateway(chart, app, { selector: { ...ingress, app } }));
    })).toEqual([]);
  });

  test('are valid behind servers with TLS, which have separate routes at each address', () => {
    const secure = (bind: string) => GatewayServer.https({ hosts: HOSTS, bind, credentialName: 'cert' });

    expect(behind((chart) => ['10.0.0.1', '10.0.0.2'].map((bind, i) => new Gateway(chart, `edge${i}`, { servers: [secure(bind)] })))).toEqual([]);
  });
});
