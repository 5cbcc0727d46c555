import { policyExample } from './access-example';
import { choosingHeaders, claimHeaders, rewrittenHeaders } from './client-headers';
import { Cluster } from '../../cluster/cluster';
import { isComparedByLine } from '../../cluster/joined-headers';
import { FieldPath } from '../../cluster/json';
import { AuthorizationPolicyView, enforcedPolicies, headerOf, valuesOf } from '../../cluster/policies';
import { gatewaysOfPolicies } from '../../cluster/policy-pods';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

/** A condition on a header that a client satisfies with a second line. */
export const bypassedByRepeatedHeader: Rule = {
  id: 'bypassed-by-repeated-header',
  level: Level.ERROR,
  title: 'A policy is bypassed by a header on two lines',
  page: {
    explanation: `
Envoy compares each line of a repeated header by itself. A policy that denies all requests except those with \`seldon-model: iris\` does not
deny a request with the two lines \`seldon-model: fraud\` and \`seldon-model: iris\`, since one of them has the accepted value, and the other
one still chooses the backend. The same holds for a policy that allows requests by such a header. The finding is an error where a policy
denies by a header that chooses a model or a route. For other headers, the effect depends on what the workload does with the header.`,
    wrong: policyExample(`  action: DENY
  rules:
    - when: [{ key: "request.headers[seldon-model]", notValues: [iris] }]`),
    right: policyExample(`  action: DENY
  rules:
    - when: [{ key: "request.headers[seldon-model]", values: [fraud] }]`),
  },
  check: (cluster: Cluster) => cluster.derived(enforcedPolicies).flatMap((policy) => problemsOf(cluster, policy)),
};

function problemsOf(cluster: Cluster, { object, action, rules }: AuthorizationPolicyView): Problem[] {
  if (action === 'AUDIT') return [];
  const list = action === 'ALLOW' ? 'values' : 'notValues';
  return rules.flatMap(({ when }) => when.flatMap((condition): Problem[] => {
    const header = headerOf(condition);
    const accepted = valuesOf(condition, list).filter((value) => value !== '*');
    // Presence is not a value that a second line could add.
    if (header === undefined || accepted.length === 0 || accepted.length < valuesOf(condition, list).length) return [];
    if (!isFromClients(cluster, object, header)) return [];
    const chooses = cluster.derived(choosingHeaders).has(header);
    const isDenial = action !== 'ALLOW';
    const field: FieldPath = [...condition.field, list];
    const value = accepted[0].replace('*', 'x');
    return [{
      object,
      field,
      level: levelOf(isDenial, chooses),
      problem: `a request with two lines of the header ${header}, one of them ${show(value)}, is ${isDenial ? 'not denied' : 'allowed'} regardless of the other one`
        + `${chooses ? ', and the other one can choose the backend' : ''}`,
      remedy: isDenial ? `deny by values of the header that are not accepted instead, or ${SET_HEADER}` : `deny by path and header at the gateway instead, or ${SET_HEADER}`,
    }];
  }));
}

const SET_HEADER = 'set the header in front of this policy, so that clients cannot';

function levelOf(isDenial: boolean, chooses: boolean): Level {
  if (chooses) return isDenial ? Level.ERROR : Level.WARNING;
  return isDenial ? Level.WARNING : Level.INFO;
}

function isFromClients(cluster: Cluster, object: AuthorizationPolicyView['object'], header: string): boolean {
  if (!isComparedByLine(cluster, header) || cluster.derived(claimHeaders).has(header)) return false;
  return cluster.derived(gatewaysOfPolicies).has(object) || !cluster.derived(rewrittenHeaders).has(header);
}
