import { Gateway } from '../../../src/istio/gateway/gateway';
import { GatewayServer, ServerTlsMode } from '../../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { VirtualService } from '../../../src/istio/virtual-service/virtual-service';
import { Warnings } from '../../../src/mesh/warnings';
import { ModelRoute } from '../../../src/traffic/model-route';
import { testChart } from '../../support/manifests';

const SECURE = 'secure.example.com';
const mutual = (host = SECURE, port?: number) => GatewayServer.https({ hosts: [host], port, credentialName: 'a', mode: ServerTlsMode.MUTUAL });
const simple = (host: string, port?: number) => GatewayServer.https({ hosts: [host], port, credentialName: 'b' });
const plain = (host: string, httpsRedirect = false) => GatewayServer.http({ hosts: [host], httpsRedirect });

interface Case {
  readonly servers: GatewayServer[];
  /** Servers of a second Gateway, and its labels. */
  readonly others?: GatewayServer[];
  readonly selector?: { [label: string]: string };
  /** Whether the route is behind the first Gateway alone. */
  readonly separate?: boolean;
  readonly hosts?: string[];
  readonly byHand?: boolean;
  readonly routes?: number;
}

function warningsOf({ servers, others, selector, separate = false, hosts = [SECURE], byHand = false, routes = 1 }: Case): string[] {
  const chart = testChart();
  const edge = new Gateway(chart, 'edge', { servers });
  const second = others === undefined ? [] : [new Gateway(chart, 'second', { servers: others, selector })];
  const gateways = separate ? [edge] : [edge, ...second];
  for (let i = 0; i < routes; i++) {
    if (byHand) new VirtualService(chart, `route${i}`, { hosts, gateways, http: [{ route: [{ destination: { host: 'iris', port: 80 } }] }] });
    else new ModelRoute(chart, `iris${i}`, { gateways, hosts, backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }) });
  }
  return Warnings.find(chart.node.root);
}

const warning = (open: string, route: string, remedy: string, gateway = 'test/edge', strict = 'https') => [
  `server "${open}" of Gateway ${gateway} serves ${route} on host "${SECURE}" without a client certificate, `
  + `which server "${strict}" of Gateway test/edge requires for it. ${remedy} (at ${gateway})`,
];
const APART = 'Callers choose the server by SNI and the route by the Host header. Put the server that requires certificates into a separate '
  + 'Gateway, and attach the routes to it alone';
const REDIRECT = 'Set httpsRedirect, or put the server that requires certificates into a separate Gateway, and attach the routes to it alone';
const IRIS = 'endpoint "iris0" of test/iris0';

test.each<[string, Case, string[]]>([
  ['a wider server with TLS', { servers: [mutual(), simple('*.example.com')] }, warning('https-2', IRIS, APART)],
  ['a server with TLS on another port', { servers: [mutual(), simple(SECURE, 8443)] }, warning('https-8443', IRIS, APART)],
  ['a server without TLS', { servers: [mutual(), plain('*')] }, warning('http', IRIS, REDIRECT)],
  ['a server of another Gateway of the route', { servers: [mutual()], others: [plain('*')] }, warning('http', IRIS, REDIRECT, 'test/second')],
  ['a server of a Gateway with more labels', { servers: [mutual()], others: [plain('*')], selector: { istio: 'ingressgateway', app: 'edge' } },
    warning('http', IRIS, REDIRECT, 'test/second')],
  ['several routes', { servers: [mutual(), plain('*')], routes: 3 }, warning('http', `${IRIS} and 2 more`, REDIRECT)],
  ['a VirtualService', { servers: [mutual(), plain('*')], byHand: true }, warning('http', 'VirtualService test/route0', REDIRECT)],
  ['hosts of which one is closed', { servers: [mutual(), simple('*.example.com')], hosts: ['a.example.com', SECURE] }, warning('https-2', IRIS, APART)],
])('warns of %s', (_what, differs, expected) => {
  expect(warningsOf(differs)).toEqual(expected);
});

test.each<[string, Case]>([
  ['a server that redirects', { servers: [mutual(), plain('*', true)] }],
  ['a server whose requests for the host are redirected', { servers: [mutual(), plain('*.example.com'), plain(SECURE, true)] }],
  ['a server of other hosts', { servers: [mutual(), simple('other.example.com')] }],
  ['a server that is open for a narrower host', { servers: [mutual('*.example.com'), simple(SECURE)], hosts: ['*.example.com'] }],
  ['a wider server that requires certificates, too', { servers: [mutual(), mutual('*.example.com')] }],
  ['a route behind a separate Gateway', { servers: [mutual()], others: [simple('*.example.com')], separate: true }],
  ['other pods', { servers: [mutual()], others: [plain('*')], selector: { istio: 'internal' } }],
  ['a server that forwards TCP', { servers: [mutual(), GatewayServer.tcp({ port: 31400 })] }],
  ['routes of other namespaces', { servers: [mutual(), simple('other/*.example.com')] }],
])('does not warn of %s', (_what, differs) => {
  expect(warningsOf(differs)).toEqual([]);
});
