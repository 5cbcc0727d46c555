import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { isJoined } from '../../cluster/joined-headers';
import { AuthorizationPolicyView, enforcedPolicies, headerOf, valuesOf } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

/** A condition on a header that Envoy joins, which a second line makes unequal. */
export const bypassedByJoinedHeader: Rule = {
  id: 'bypassed-by-joined-header',
  level: Level.ERROR,
  title: 'A denied value is bypassed by a header on two lines',
  page: {
    explanation: `
Envoy joins the lines of some headers with commas before it compares them, such as \`accept\`, \`origin\`, \`referer\` and \`user-agent\`, and in
releases before CVE-2026-26308 was fixed (Istio 1.27.8, 1.28.5 and 1.29.1) those of all headers. A policy that denies \`accept: text/html\` compares \`text/html,x\` if a client sends a second line, and does not deny the request. A prefix is
bypassed by a line in front of it. No list of values helps: such a header cannot keep clients out.`,
    wrong: policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: [/v2/*] } }]
      when: [{ key: "request.headers[accept]", values: [text/html] }]`),
    right: policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: [/v2/*] } }]
      when: [{ key: "request.auth.claims[groups]", notValues: [risk] }]`),
  },
  check: (cluster: Cluster) => cluster.derived(enforcedPolicies).flatMap((policy) => problemsOf(cluster, policy)),
};

function problemsOf(cluster: Cluster, { object, action, rules }: AuthorizationPolicyView): Problem[] {
  if (action === 'AUDIT') return [];
  const list = action === 'ALLOW' ? 'notValues' : 'values';
  return rules.flatMap(({ when }) => when.flatMap((condition): Problem[] => {
    const header = headerOf(condition);
    const denied = valuesOf(condition, list);
    if (header === undefined || !isJoined(cluster, header) || denied.length === 0 || denied.includes('*')) return [];
    const value = denied[0];
    const joined = value.startsWith('*') ? `x${value.slice(1)},y` : value.endsWith('*') ? `y,${value.slice(0, -1)}x` : `${value},y`;
    return [{
      object,
      field: [...condition.field, list],
      problem: `a request with two lines of the header ${header} is not denied by ${show(value)}, since Envoy joins them to a value such as ${show(joined)}`,
      remedy: 'deny by the path, the host or a claim of the token instead, since clients choose this header',
    }];
  }));
}
