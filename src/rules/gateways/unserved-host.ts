import { Cluster } from '../../cluster/cluster';
import { attachedRoutes, AttachedRoute, GatewayReference } from '../../cluster/gateway-references';
import { GatewayView } from '../../cluster/gateway-view';
import { Gateways } from '../../cluster/gateways';
import { stringsOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

/**
 * Hosts of VirtualServices that their Gateways do not serve.
 *
 * @internal
 */
export const unservedHost: Rule = {
  id: 'unserved-host',
  level: Level.ERROR,
  title: 'No server of the Gateway serves the hosts of a VirtualService',
  codes: ['IST0132'],
  page: {
    explanation: 'Istio applies a VirtualService to a server only for the hosts that both have. A server host with a namespace and a slash before it serves '
      + 'only VirtualServices of that namespace, and the comparison is case-sensitive. If the two have no host in common, callers get 404. It is an error if '
      + 'the VirtualService has no effect at all, and a warning if only some of its hosts or Gateways have none.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [team-a/models.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: team-b}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.team-b.svc.cluster.local, port: {number: 80}}}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [team-a/models.example.com, team-b/models.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: team-b}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.team-b.svc.cluster.local, port: {number: 80}}}]
`,
  },
  check: (cluster: Cluster) => attachedRoutes(cluster).flatMap((route) => checkRoute(Gateways.of(cluster), route)),
};

/** How many hosts a message lists. */
const LISTED = 3;

/** A reference to a Gateway, and the Gateway. */
interface Reached {
  readonly reference: GatewayReference;
  readonly view: GatewayView;
}

function checkRoute(gateways: Gateways, route: AttachedRoute): Problem[] {
  const { object, hosts } = route;
  const reached = route.gateways.flatMap((reference): Reached[] => {
    const view = gateways.find(reference.key);
    // The servers of other Gateways cannot be read.
    if (view === undefined || view.servers.length === 0) return [];
    return [{ reference, view }];
  });
  if (hosts.length === 0 || reached.length === 0) return [];
  const complete = reached.length === route.gateways.length;
  const serves = ({ view }: Reached, host: string) => gateways.hostsOf(view).meets(host, object.namespace);
  const idle = reached.filter((each) => !hosts.some((host) => serves(each, host)));
  if (complete && idle.length === reached.length) return [unused(gateways, route, reached)];
  const unserved = complete && !route.mesh ? hosts.flatMap((host, i) => (reached.some((each) => serves(each, host)) ? [] : [i])) : [];
  return [...idle.map((each) => idleGateway(gateways, route, each)), ...unserved.map((i) => unservedAt(gateways, route, i, reached))];
}

function unused(gateways: Gateways, route: AttachedRoute, reached: readonly Reached[]): Problem {
  const { object, mesh } = route;
  return {
    object,
    field: ['spec', 'hosts'],
    level: mesh ? Level.WARNING : Level.ERROR,
    problem: `${object} is for ${listed(stringsOf(object.spec.hosts))}, and ${served(gateways, reached, object.namespace)}, so ${mesh ? 'its gateways apply none of its rules' : 'callers get 404'}`,
    remedy: mesh ? 'add a host of the VirtualService to a Gateway, or list only "mesh" in gateways' : 'add the host to a server of the Gateway, or change the host of the VirtualService',
    related: related(reached),
  };
}

function idleGateway(gateways: Gateways, { object }: AttachedRoute, idle: Reached): Problem {
  return {
    object,
    field: idle.reference.field,
    level: Level.WARNING,
    problem: `${object} is for ${listed(stringsOf(object.spec.hosts))}, and ${served(gateways, [idle], object.namespace)}, so it has no effect there`,
    remedy: 'add a host of the VirtualService to this Gateway, or remove the reference to it',
    related: related([idle]),
  };
}

function unservedAt(gateways: Gateways, { object, hosts }: AttachedRoute, index: number, reached: readonly Reached[]): Problem {
  return {
    object,
    field: ['spec', 'hosts', index],
    level: Level.WARNING,
    problem: `${object} is for host ${show(hosts[index])} among others, and ${served(gateways, reached, object.namespace)}, so callers of this host get 404`,
    remedy: 'add the host to a server of the Gateway, or remove it from the VirtualService',
    related: related(reached),
  };
}

function served(gateways: Gateways, reached: readonly Reached[], namespace: string): string {
  return reached.map(({ view }) => {
    const hosts = gateways.hostsOf(view);
    const { first, count } = hosts.listFor(namespace, LISTED);
    const restriction = hosts.hasOthersThan(namespace) ? ` for routes of namespace ${namespace}` : '';
    return `${view.object} serves ${count === 0 ? 'no host' : listed(first, count)}${restriction}`;
  }).join(', and ');
}

/** The first hosts, and how many more there are. */
function listed(hosts: readonly string[], count: number = hosts.length): string {
  const shown = hosts.slice(0, LISTED);
  return `${count === 1 ? 'host' : 'hosts'} ${shown.map(show).join(', ')}${count > shown.length ? ` and ${count - shown.length} more` : ''}`;
}

function related(reached: readonly Reached[]): Problem['related'] {
  return reached.map(({ view }) => ({ object: view.object }));
}
