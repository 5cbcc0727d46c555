import { grpcMatchOf } from './grpc-match';
import { listenersOf } from './listeners';
import { Cluster } from '../../cluster/cluster';
import { DestinationRules } from '../../cluster/destination-rules';
import { RouteDestination, RouteRule, routeRules } from '../../cluster/destinations';
import { isObject, JsonObject, listOf, objectOf, showPath } from '../../cluster/json';
import { Forwarding, forwardingTo } from '../../cluster/port-forwarding';
import { ServicePort, Services, ServiceView } from '../../cluster/services';
import { CORE2_SERVICE } from '../../plan/core2-service';
import { Level, Problem, Rule } from '../rule';

/**
 * gRPC calls that Istio forwards with HTTP/1.1.
 *
 * @internal
 */
export const grpcOverHttp1: Rule = {
  id: 'grpc-over-http1',
  level: Level.ERROR,
  title: 'gRPC calls are forwarded with HTTP/1.1',
  page: {
    explanation: 'Istio selects the protocol to a Service by the `appProtocol` or the name of its port. Only `grpc`, `http2`, `grpc-…` and `http2-…` are HTTP/2. '
      + 'With any other name a gateway uses HTTP/1.1, and each call ends without its status, although the HTTP status is 200. Seldon names the port of '
      + '`seldon-mesh` `data` unless the SeldonRuntime or its SeldonConfig sets `grpcServicePrefix`.',
    wrong: `
apiVersion: mlops.seldon.io/v1alpha1
kind: SeldonConfig
metadata: {name: default, namespace: seldon-system}
spec: {}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: SeldonRuntime
metadata: {name: runtime, namespace: models}
spec: {seldonConfig: default}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /inference.GRPCInferenceService/}, headers: {seldon-model: {exact: iris}}}]
    route:
    - destination: {host: seldon-mesh, port: {number: 80}}
      headers: {request: {set: {seldon-model: iris}, remove: [x-seldon-route, seldon-internal-model]}}
`,
    right: `
apiVersion: mlops.seldon.io/v1alpha1
kind: SeldonConfig
metadata: {name: default, namespace: seldon-system}
spec: {}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: SeldonRuntime
metadata: {name: runtime, namespace: models}
spec:
  seldonConfig: default
  config: {serviceConfig: {grpcServicePrefix: http2-}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /inference.GRPCInferenceService/}, headers: {seldon-model: {exact: iris}}}]
    route:
    - destination: {host: seldon-mesh, port: {number: 80}}
      headers: {request: {set: {seldon-model: iris}, remove: [x-seldon-route, seldon-internal-model]}}
`,
  },
  check: (cluster: Cluster) => routeRules(cluster).flatMap((rule) => checkRule(cluster, rule)),
};

function checkRule(cluster: Cluster, rule: RouteRule): Problem[] {
  const index = rule.kind === 'http' ? listOf(rule.json.match).findIndex((match) => grpcMatchOf(objectOf(match)) !== undefined) : -1;
  if (index < 0) return [];
  const what = `${grpcMatchOf(objectOf(listOf(rule.json.match)[index]))} in ${showPath(rule.field)} of ${rule.route}`;
  return rule.destinations.flatMap((destination) => {
    const service = Services.of(cluster).find(destination.host);
    if (service === undefined || keepsProtocol(cluster, destination.host)) return [];
    return portsOf(cluster, rule, destination, service).flatMap((port) => problemOf(cluster, rule, what, destination, service, port)).slice(0, 1);
  });
}

/** The ports of the Service that get the requests. Without a port it is that of the listener, if the Service has several. */
function portsOf(cluster: Cluster, rule: RouteRule, { port }: RouteDestination, { ports }: ServiceView): readonly ServicePort[] {
  if (port !== undefined) return ports.filter(({ number }) => number === port);
  if (ports.length === 1) return ports;
  const listeners = new Set(listenersOf(cluster, rule).servers.map((server) => server.port));
  return ports.filter(({ number }) => listeners.has(number));
}

function problemOf(
  cluster: Cluster, rule: RouteRule, what: string, { field, host }: RouteDestination, service: ServiceView, port: ServicePort,
): Problem[] {
  const isCore2 = Services.of(cluster).nameOf(service.host)?.name === CORE2_SERVICE && service.objects.length === 0;
  if (port.uncertain === true && port.name === undefined) return [];
  const forwarding = forwardingTo(service, port);
  const { gateways: throughGateway } = listenersOf(cluster, rule);
  const isHttp1 = forwarding === Forwarding.HTTP1 || (throughGateway && (forwarding === Forwarding.DETECTED || forwarding === Forwarding.BYTES));
  // Whether Istio detects the protocol of a ServiceEntry's port depends on its other settings.
  if (!isHttp1 || (service.kind === 'ServiceEntry' && forwarding !== Forwarding.HTTP1)) return [];
  return [{
    object: rule.route,
    field,
    ...port.uncertain === true ? { level: Level.WARNING } : {},
    problem: `${what} is gRPC and leads to port ${port.number} (${describe(service, port)}) of host ${host}, to which Istio connects with HTTP/1.1, `
      + 'so the status of each call is lost',
    remedy: remedyFor(isCore2, service, port.uncertain === true),
    related: service.objects.map((object) => ({ object })),
  }];
}

function remedyFor(isCore2: boolean, { kind, namespace }: ServiceView, uncertain: boolean): string {
  if (isCore2) {
    return `set config.serviceConfig.grpcServicePrefix of the SeldonRuntime in namespace ${namespace} to "http2-"${uncertain ? ', unless its SeldonConfig sets it' : ''}`;
  }
  return kind === 'ServiceEntry' ? 'set protocol GRPC or HTTP2 for the port' : 'name the port "grpc" or "grpc-…", or set appProtocol: grpc';
}

function describe({ kind }: ServiceView, { name, protocol, appProtocol }: ServicePort): string {
  if (kind === 'ServiceEntry') return `protocol ${protocol}`;
  if (appProtocol !== undefined) return `appProtocol ${appProtocol}`;
  return name === undefined ? 'without a name' : `named ${name}`;
}

/** Whether a DestinationRule of the host upgrades requests to HTTP/2, or keeps the protocol of the client, for all of its pods or some. */
function keepsProtocol(cluster: Cluster, host: string): boolean {
  return DestinationRules.of(cluster).covering(host).some(({ object, subsets }) => (
    [object.spec, ...subsets.map(({ json }) => json)].some(({ trafficPolicy }) => {
      const policy = objectOf(trafficPolicy);
      return [policy, ...listOf(policy.portLevelSettings).filter(isObject)].some(upgrades);
    })
  ));
}

function upgrades({ connectionPool }: JsonObject): boolean {
  const { h2UpgradePolicy, useClientProtocol } = objectOf(objectOf(connectionPool).http);
  return h2UpgradePolicy === 'UPGRADE' || useClientProtocol === true;
}
