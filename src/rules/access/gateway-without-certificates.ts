import { GATEWAY_EXAMPLE, policyExample } from './access-example';
import { certificateUse, effectWithout } from './token-attributes';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { listOf, objectOf, stringOf } from '../../cluster/json';
import { enforcedPolicies } from '../../cluster/policies';
import { gatewaysOfPolicies, hasLabels } from '../../cluster/policy-pods';
import { Level, Problem, Rule } from '../rule';

/** Modes in which a server asks callers for a certificate. */
const MUTUAL = ['MUTUAL', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL', 'AUTO_PASSTHROUGH'];

/** A policy on service accounts at a gateway whose callers have no certificates. */
export const gatewayWithoutCertificates: Rule = {
  id: 'gateway-without-certificates',
  level: Level.WARNING,
  title: 'A policy at a gateway asks for service accounts of callers',
  page: {
    explanation: `
Principals, service accounts and namespaces of a caller come from its certificate. External callers of an ingress gateway have none, unless
a server of the gateway has mutual TLS. Behind the gateway, workloads see the certificate of the gateway. Identify external callers by
their tokens or addresses.`,
    wrong: [GATEWAY_EXAMPLE, policyExample('  action: ALLOW\n  rules:\n    - from: [{ source: { namespaces: [jobs] } }]')].join('---\n'),
    right: [GATEWAY_EXAMPLE, policyExample('  action: ALLOW\n  rules:\n    - from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }]')].join('---\n'),
  },
  check: function* (cluster: Cluster): Iterable<Problem> {
    for (const { object, target, action, rules } of cluster.derived(enforcedPolicies)) {
      const rule = rules.find((each) => certificateUse(each) !== undefined);
      const gateways = cluster.derived(gatewaysOfPolicies).get(object) ?? [];
      if (rule === undefined || !hasLabels(target) || gateways.length === 0 || gateways.some(asksForCertificates)) continue;
      if (action !== 'ALLOW' && action !== 'DENY') continue;
      yield {
        object,
        field: rule.field,
        related: [{ object: gateways[0] }],
        problem: `callers of ${gateways[0]} have no certificate, so ${effectWithout(action, certificateUse(rule)!)}`,
        remedy: 'identify callers by their tokens or addresses, or move the rule to the workloads behind the gateway',
      };
    }
  },
};

function asksForCertificates({ spec }: ClusterObject): boolean {
  return listOf(spec.servers).some((server) => MUTUAL.includes(stringOf(objectOf(objectOf(server).tls).mode) ?? ''));
}
