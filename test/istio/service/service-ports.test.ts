import { findPortProblem, isRouted, PortUse, ServicePortJson } from '../../../src/istio/service/service-ports';
import { RequestProtocol } from '../../../src/plan/request-match';

const service = (port: Partial<ServicePortJson>) => ({ name: 'algo', namespace: 'ml', ports: [{ port: 80, ...port }] });

const use: PortUse = { port: 80, protocol: RequestProtocol.REST, bothProtocols: false, throughGateway: true, upgraded: false, clientProtocol: false };

/** Who can call a port by its name: REST and gRPC through a gateway, then both inside the mesh. */
function callers(port: Partial<ServicePortJson>, more: Partial<PortUse> = {}): string {
  return [true, false].flatMap((throughGateway) => [RequestProtocol.REST, RequestProtocol.GRPC].map((protocol) =>
    findPortProblem(service(port), { ...use, protocol, throughGateway, ...more }) === undefined ? 'yes' : 'no')).join(' ');
}

// What Envoy did; test/conformance/service-ports.test.ts shows it.
test.each<[string, Partial<ServicePortJson>, string]>([
  ['no name', {}, 'yes no yes yes'],
  ['an empty name', { name: '' }, 'yes no yes yes'],
  ['a name without a protocol prefix', { name: 'data' }, 'yes no yes yes'],
  ['http', { name: 'http' }, 'yes no yes no'],
  ['http-…', { name: 'http-rest' }, 'yes no yes no'],
  ['http2', { name: 'http2' }, 'yes yes yes yes'],
  ['HTTP2-…', { name: 'HTTP2-data' }, 'yes yes yes yes'],
  ['grpc', { name: 'grpc' }, 'no yes no yes'],
  ['grpc-web', { name: 'grpc-web' }, 'no yes no yes'],
  ['tcp', { name: 'tcp' }, 'yes no no no'],
  ['https', { name: 'https-x' }, 'yes no no no'],
  ['appProtocol before the name', { name: 'http', appProtocol: 'grpc' }, 'no yes no yes'],
  ['appProtocol kubernetes.io/h2c', { name: 'http', appProtocol: 'kubernetes.io/h2c' }, 'yes yes yes yes'],
  ['appProtocol kubernetes.io/ws', { name: 'grpc', appProtocol: 'kubernetes.io/ws' }, 'yes no yes no'],
  ['UDP', { protocol: 'UDP' }, 'no no no no'],
])('a port with %s', (_what, port, expected) => {
  expect(callers(port)).toBe(expected);
});

test('Istio detects no protocol on the ports of some databases', () => {
  expect(isRouted({ port: 3306 })).toBe(false);
  expect(isRouted({ port: 3307 })).toBe(true);
  expect(isRouted({ port: 3306, name: 'http' })).toBe(true);
});

test('a DestinationRule can upgrade connections, or keep the protocol of the client', () => {
  expect(callers({ name: 'http' }, { upgraded: true })).toBe('yes yes yes yes');
  expect(callers({ name: 'grpc' }, { clientProtocol: true })).toBe('yes yes yes yes');
  expect(callers({ name: 'tcp' }, { upgraded: true })).toBe('yes yes no no');
});

test('one port may serve both protocols', () => {
  expect(callers({ name: 'grpc' }, { bothProtocols: true })).toBe('yes yes yes yes');
});

describe('the text', () => {
  test.each<[string, Partial<ServicePortJson>, Partial<PortUse>, string, string]>([
    ['a port that the Service does not have', {}, { port: 9999, protocol: RequestProtocol.GRPC },
      'gRPC calls are routed to port 9999 of Service ml/algo, which has port 80', 'route to a port that the Service has, or add the port to the Service'],
    ['HTTP/1.1 for gRPC', { name: 'http' }, { protocol: RequestProtocol.GRPC },
      'gRPC calls are routed to port 80 (named http) of Service ml/algo, which Istio connects to with HTTP/1.1, so the status of each call is lost',
      'name the port grpc or grpc-…, or set appProtocol: grpc'],
    ['no name for gRPC', {}, { protocol: RequestProtocol.GRPC },
      'gRPC calls are routed to port 80 (without a name) of Service ml/algo, which Istio connects to with HTTP/1.1, so the status of each call is lost',
      'name the port grpc or grpc-…, or set appProtocol: grpc'],
    ['a gRPC port for REST', { appProtocol: 'grpc' }, {},
      'REST requests are routed to port 80 (appProtocol grpc) of Service ml/algo, which Istio connects to with HTTP/2 as a gRPC server',
      'route REST requests to the HTTP port of the Service. If one port serves both protocols, set it as grpcPort too, or name it http2'],
    ['bytes', { name: 'tcp' }, { throughGateway: false },
      'REST requests are routed to port 80 (named tcp) of Service ml/algo, which sidecars treat as opaque TCP and do not apply HTTP routes to',
      'name the port http or http-…, or set appProtocol'],
    ['UDP', { protocol: 'UDP', name: 'http' }, {},
      'REST requests are routed to port 80 (UDP) of Service ml/algo, which is not a TCP port for Istio', 'route to a TCP port'],
  ])('for %s', (_what, port, more, problem, remedy) => {
    expect(findPortProblem(service(port), { ...use, ...more })).toEqual({ problem, remedy });
  });

  test('for a Service without ports', () => {
    expect(findPortProblem({ ...service({}), ports: [] }, use)!.problem).toBe('REST requests are routed to port 80 of Service ml/algo, which has no ports');
  });
});
