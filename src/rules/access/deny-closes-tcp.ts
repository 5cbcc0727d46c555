import { GATEWAY_EXAMPLE, policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { nameIn } from '../../cluster/cluster-object';
import { GatewayServer } from '../../cluster/gateway-view';
import { Gateways } from '../../cluster/gateways';
import { enforcedPolicies, PolicyPart, PolicyRule, valuesOf } from '../../cluster/policies';
import { gatewaysOfPolicies } from '../../cluster/policy-pods';
import { Level, Problem, Rule } from '../rule';

const TCP = ['TCP', 'TLS', 'MONGO', 'MYSQL', 'REDIS'];
const PASSTHROUGH = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];

/** The ports on which gateway pods listen for privileged ports of their Service. */
const TARGET_PORTS: { readonly [port: number]: number } = { 80: 8080, 443: 8443 };

/** Fields of a source and of an operation that Istio ignores on TCP ports. */
const HTTP_SOURCES = ['requestPrincipals', 'notRequestPrincipals'];

const GATEWAY = GATEWAY_EXAMPLE.replace(/\n$/, `
    - { port: { name: kafka, number: 9094, protocol: TCP }, hosts: ["*"] }
`);
const denies = (more: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: [/v2/models/fraud/*]${more} } }]
      from: [{ source: { notRequestPrincipals: ["*"] } }]`);

/** A policy on paths at a gateway with a TCP server. */
export const denyClosesTcp: Rule = {
  id: 'deny-closes-tcp',
  level: Level.ERROR,
  title: 'A policy on requests denies all TCP connections',
  codes: ['IST0133'],
  page: {
    explanation: `
On a port without HTTP, Istio ignores the conditions of a rule on requests: paths, hosts, methods, headers and tokens. A rule of a policy with
action DENY that has no other conditions then denies every connection. List the ports of the HTTP servers in the rule, or exclude those of the
TCP servers.`,
    wrong: [GATEWAY, denies('')].join('---\n'),
    right: [GATEWAY, denies(', notPorts: ["9094"]')].join('---\n'),
  },
  check: function* (cluster: Cluster): Iterable<Problem> {
    const gateways = Gateways.of(cluster);
    for (const { object, action, rules } of cluster.derived(enforcedPolicies)) {
      if (action !== 'DENY') continue;
      for (const gateway of cluster.derived(gatewaysOfPolicies).get(object) ?? []) {
        const own = gateways.find(nameIn(gateway.namespace, gateway.name))?.servers ?? [];
        const tcp = own.find((server) => isTcp(server) && rules.some((rule) => deniesAll(rule, server)));
        const rule = tcp === undefined ? undefined : rules.find((each) => deniesAll(each, tcp));
        if (tcp === undefined || rule === undefined) continue;
        yield {
          object,
          field: rule.field,
          related: [{ object: gateway, field: tcp.field }],
          problem: `on port ${tcp.port} of ${gateway}, which has protocol ${tcp.protocol}, the rule denies all connections, `
            + 'since Istio ignores its conditions on requests there',
          remedy: `add notPorts: ["${targetOf(tcp)}"] to its operations, or ports with those of the HTTP servers`,
        };
      }
    }
  },
};

function isTcp({ protocol, tlsMode }: GatewayServer): boolean {
  return TCP.includes(protocol) || PASSTHROUGH.includes(tlsMode ?? '');
}

function targetOf({ port }: GatewayServer): number {
  return TARGET_PORTS[port] ?? port;
}

/** Whether nothing of a rule is left on a TCP port. One that is empty is meant to deny everything. */
function deniesAll({ from, to, when }: PolicyRule, server: GatewayServer): boolean {
  if (from.length + to.length + when.length === 0) return false;
  return when.every(({ key }) => key.startsWith('request.'))
    && (from.length === 0 || from.some(({ json }) => Object.keys(json).every((list) => HTTP_SOURCES.includes(list))))
    && (to.length === 0 || to.some((operation) => isForPort(operation, server)));
}

function isForPort(operation: PolicyPart, server: GatewayServer): boolean {
  const ports = [String(server.port), String(targetOf(server))];
  const listed = valuesOf(operation, 'ports');
  return listed.length === 0 && !valuesOf(operation, 'notPorts').some((port) => ports.includes(port));
}
