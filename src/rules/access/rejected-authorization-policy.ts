import { policyExample } from './access-example';
import { policyRejections } from './policy-rejections';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { Level, Problem, Rule } from '../rule';

/** An AuthorizationPolicy that istiod or the API server rejects. */
export const rejectedAuthorizationPolicy: Rule = {
  id: 'rejected-authorization-policy',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'An AuthorizationPolicy is rejected',
  codes: ['IST0106'],
  page: {
    explanation: `
Istio rejects some AuthorizationPolicies that the schema of their fields allows: a policy that denies requests and has no rules, empty
sources and operations, conditions on unknown attributes, invalid addresses and ports, and references to kinds that cannot have
policies.`,
    wrong: policyExample(`  action: DENY
  rules:
    - when: [{ key: "request.header[seldon-model]", values: [fraud] }]`),
    right: policyExample(`  action: DENY
  rules:
    - when: [{ key: "request.headers[seldon-model]", values: [fraud] }]`),
  },
  check: (cluster: Cluster): Problem[] => cluster.all(ClusterKind.AUTHORIZATION_POLICY)
    .flatMap((object) => policyRejections(object).map((rejection) => ({ object, ...rejection }))),
};
