import { Cluster } from '../../cluster/cluster';
import { allDestinations } from '../../cluster/destinations';
import { Services } from '../../cluster/services';
import { Level, Problem, Rule } from '../rule';

/**
 * Ports of destinations that the Service does not have.
 *
 * @internal
 */
export const unknownDestinationPort: Rule = {
  id: 'unknown-destination-port',
  level: Level.ERROR,
  title: 'A route leads to a port that the Service does not have',
  codes: ['IST0101'],
  page: {
    explanation: 'The port of a destination is a port of the Service, not the target port of its pods. Istio has no cluster for any other number, and requests '
      + 'get 503. The ports of Seldon\'s Service `seldon-mesh` are 80 and 9003.',
    wrong: `
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec:
  selector: {app: iris}
  ports: [{name: http, port: 80, targetPort: 9000}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris, port: {number: 9000}}}]
`,
    right: `
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec:
  selector: {app: iris}
  ports: [{name: http, port: 80, targetPort: 9000}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris, port: {number: 80}}}]
`,
  },
  check: findUnknown,
};

function findUnknown(cluster: Cluster): Problem[] {
  const services = Services.of(cluster);
  return allDestinations(cluster).flatMap(({ route, field, host, port }) => {
    const service = port === undefined ? undefined : services.find(host);
    if (service === undefined || service.ports.length === 0 || service.ports.some(({ number }) => number === port)) return [];
    const target = service.ports.find(({ targetPort }) => targetPort === port);
    const name = service.objects[0] ?? `Service ${service.namespace}/seldon-mesh`;
    const ports = [...new Set(service.ports.map(({ number }) => number))];
    return [{
      object: route,
      field: [...field, 'port', 'number'],
      problem: `${route} routes to port ${port} of host ${host}, and ${name} has ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}, so requests get 503`,
      remedy: target === undefined ? 'route to a port that the Service has, or add the port to it'
        : `route to port ${target.number}, which forwards to port ${port} of the pods`,
      related: service.objects.map((object) => ({ object })),
    }];
  });
}
