import { Gateway } from '../../../src/istio/gateway/gateway';
import { GatewayServer, HttpServerOptions } from '../../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { IGateway } from '../../../src/plan/gateway-ref';
import { ModelRoute } from '../../../src/traffic/model-route';
import { messageOf } from '../../support/errors';
import { synth, testChart } from '../../support/manifests';

const redirect = (host: string, options: HttpServerOptions = {}) => GatewayServer.http({ hosts: [host], httpsRedirect: true, ...options });
const plain = (host: string, options: HttpServerOptions = {}) => GatewayServer.http({ hosts: [host], ...options });
const secure = (host: string) => GatewayServer.https({ hosts: [host], credentialName: 'cert' });

/** The problems that synthesis reports for a route behind Gateways with these servers. */
function problemsOf(hosts: string[], ...gateways: GatewayServer[][]): string {
  const chart = testChart();
  const made = gateways.map((servers, i) => new Gateway(chart, `edge${i}`, { servers }));
  return problemsBehind(hosts, made, chart);
}

function problemsBehind(hosts: string[], gateways: IGateway[], chart = testChart()): string {
  new ModelRoute(chart, 'route', { endpoint: 'iris', gateways, hosts, backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }) });
  return messageOf(() => synth(chart.node.root as never));
}

const problem = (host: string, port = 80, portName = 'http', gateway = 'edge0') => `endpoint "iris" of test/route on host "${host}", which server "${portName}" of `
  + `test/${gateway} redirects to https on port ${port}. No request would reach it. Add a server that terminates TLS for the host, `
  + 'or remove the host from the one that redirects';

// Istiod and Envoy answered 301 to all of these.
test.each<[string, GatewayServer[]]>([
  ['narrower than the server', [redirect('a.example.com'), plain('*.example.com')]],
  ['narrower than the server, with capitals and a namespace', [redirect('seldon-mesh/A.example.com'), plain('./*.example.com')]],
  ['wider than the server', [redirect('*.example.com'), plain('a.example.com')]],
])('fails for a redirect that is %s', (_how, servers) => {
  expect(problemsOf(['a.example.com'], servers)).toContain(problem('a.example.com'));
});

test('fails for a redirect of another Gateway on the same pods', () => {
  const chart = testChart();
  const edge = new Gateway(chart, 'edge0', { servers: [plain('*.example.com')] });
  new Gateway(chart, 'edge1', { servers: [redirect('a.example.com')] });

  expect(problemsBehind(['a.example.com'], [edge], chart)).toContain(problem('a.example.com', 80, 'http', 'edge1'));
});

test('fails for a redirect of another Gateway that has the labels of this one, and more', () => {
  const chart = testChart();
  const edge = new Gateway(chart, 'edge0', { servers: [plain('*.example.com')] });
  new Gateway(chart, 'edge1', { servers: [redirect('a.example.com')], selector: { istio: 'ingressgateway', app: 'istio-ingressgateway' } });

  expect(problemsBehind(['a.example.com'], [edge], chart)).toContain(problem('a.example.com', 80, 'http', 'edge1'));
});

test('fails for one of several hosts, on another port', () => {
  const servers = [redirect('a.example.com', { port: 8080 }), plain('*.example.com', { port: 8080 })];

  expect(problemsOf(['a.example.com', 'b.example.com'], servers)).toContain(problem('a.example.com', 8080, 'http-8080'));
});

test.each<[string, string[], GatewayServer[][]]>([
  ['with a server that terminates TLS', ['a.example.com'], [[redirect('a.example.com'), plain('*.example.com'), secure('a.example.com')]]],
  ['with a server of another Gateway', ['a.example.com'], [[redirect('a.example.com'), plain('*.example.com')], [secure('*.example.com')]]],
  ['of hosts of which one is redirected', ['*.example.com'], [[redirect('a.example.com'), plain('*.example.com')]]],
  ['of more hosts than those of the redirect', ['*'], [[redirect('*.example.com'), plain('a.example.com')]]],
  ['next to a redirect of another host', ['a.example.com'], [[redirect('b.example.com'), plain('*.example.com')]]],
  ['next to a redirect of another port', ['a.example.com'], [[redirect('a.example.com'), plain('*.example.com', { port: 8080 })]]],
  ['next to a redirect of another address', ['a.example.com'], [[redirect('a.example.com', { bind: '10.0.0.1' }), plain('*.example.com')]]],
  ['next to a redirect for routes of other namespaces', ['a.example.com'], [[redirect('other/*.example.com'), plain('a.example.com')]]],
])('an endpoint %s is reached', (_which, hosts, gateways) => {
  expect(problemsOf(hosts, ...gateways)).toBe('no error');
});

test('nothing is known of an existing Gateway', () => {
  const chart = testChart();
  const edge = new Gateway(chart, 'edge0', { servers: [redirect('a.example.com'), plain('*.example.com')] });

  expect(problemsBehind(['a.example.com'], [Gateway.fromGatewayName(chart, 'other', 'other', { hosts: ['a.example.com'] }), edge], chart)).toBe('no error');
});
