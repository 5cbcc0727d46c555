import { listenersOf } from './listeners';
import { Cluster } from '../../cluster/cluster';
import { RouteDestination, RouteRule, routeRules } from '../../cluster/destinations';
import { GatewayServer } from '../../cluster/gateway-view';
import { describePort, describeServer } from '../../cluster/gateways';
import { Services, ServiceView } from '../../cluster/services';
import { Level, Problem, Rule } from '../rule';

/**
 * Destinations without a port, where the port of the listener decides and the Service does not have it.
 *
 * @internal
 */
export const missingDestinationPort: Rule = {
  id: 'missing-destination-port',
  level: Level.ERROR,
  title: 'A destination has no port, and the Service does not have the port of the listener',
  codes: ['IST0112'],
  page: {
    explanation: 'If a Service has several ports and a destination has none, Istio sends the requests to the port of the Service that has the number of the '
      + 'listener. Behind a server on port 443, requests for Seldon\'s Service `seldon-mesh`, whose ports are 80 and 9003, get 503. It is a '
      + 'warning if a Gateway of the VirtualService is not known.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /v2/models/iris/}}]
    route:
    - destination: {host: seldon-mesh.models.svc.cluster.local}
      headers: {request: {set: {seldon-model: iris}}}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /v2/models/iris/}}]
    route:
    - destination: {host: seldon-mesh.models.svc.cluster.local, port: {number: 80}}
      headers: {request: {set: {seldon-model: iris}, remove: [x-seldon-route, seldon-internal-model]}}
`,
  },
  check: findMissing,
};

function findMissing(cluster: Cluster): Problem[] {
  const services = Services.of(cluster);
  return routeRules(cluster).filter(({ kind }) => kind === 'http').flatMap((rule) => (
    [...rule.destinations, ...rule.mirrors].filter(({ port }) => port === undefined).flatMap((destination) => {
      const service = services.find(destination.host);
      const ports = [...new Set(service?.ports.map(({ number }) => number))];
      return service === undefined || ports.length < 2 ? [] : checkPorts(cluster, rule, destination, service, ports);
    })
  ));
}

function checkPorts(cluster: Cluster, rule: RouteRule, destination: RouteDestination, service: ServiceView, ports: readonly number[]): Problem[] {
  const { servers, complete, mesh, route } = listenersOf(cluster, rule);
  const failing = servers.filter(({ port }) => !ports.includes(port));
  const what = `${rule.route} routes to ${nameOf(service)} without a port, which has ports ${ports.join(', ')}`;
  const found = {
    object: rule.route,
    field: destination.field,
    remedy: `set the port of the destination, such as port: {number: ${ports[0]}}`,
  };
  if (failing.length > 0) {
    const problem = `${what}, so requests on ${listed(failing)} get 503`;
    return [{ ...found, problem, related: [...new Set(failing.map(({ gateway }) => gateway))].map((object) => ({ object })) }];
  }
  const called = mesh ? meshPorts(cluster, route.hosts, service) : [];
  const lost = called.filter((port) => !ports.includes(port));
  if (called.length > 0 && lost.length === called.length) {
    return [{ ...found, problem: `${what}, so requests to port ${lost.join(', ')} of ${route.hosts.join(', ')} get 503` }];
  }
  if (complete || (route.hosts.length > 0 && route.gateways.length === 0)) return [];
  return [{ ...found, level: Level.WARNING, problem: `${what}, so requests get 503 on each listener with another port, such as 443` }];
}

/** The ports of other Services whose callers in the mesh the VirtualService routes. */
function meshPorts(cluster: Cluster, hosts: readonly string[], service: ServiceView): number[] {
  const services = Services.of(cluster);
  return hosts.flatMap((host) => {
    const called = services.find(host.toLowerCase());
    return called === undefined || called.host === service.host ? [] : called.ports.map(({ number }) => number);
  });
}

function nameOf({ kind, namespace, objects, host }: ServiceView): string {
  return objects.length > 0 && kind === 'Service' ? `${objects[0]}` : kind === 'Service' ? `Service ${namespace}/seldon-mesh` : `host ${host}`;
}

function listed(servers: readonly GatewayServer[]): string {
  const [first, ...more] = servers;
  return `${describePort(first)} of ${describeServer(first)} of ${first.gateway}${more.length === 0 ? '' : ` and of ${more.length} more`}`;
}
