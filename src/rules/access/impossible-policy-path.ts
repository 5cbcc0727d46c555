import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { authorizationPolicies, ListedValue, listedValues } from '../../cluster/policies';
import { whyImpossible } from '../../cluster/routing/normal-paths';
import { StringMatchKind } from '../../plan/string-match';
import { Level, Problem, Rule } from '../rule';

const denies = (path: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: ["${path}"] } }]
      from: [{ source: { notRemoteIpBlocks: [10.0.0.0/8] } }]`);

/** A path in a policy that Envoy normalizes before it compares. */
export const impossiblePolicyPath: Rule = {
  id: 'impossible-policy-path',
  level: Level.ERROR,
  title: 'A policy lists a path that no request has',
  page: {
    explanation: `
Envoy normalizes the path of a request before policies compare it: it resolves \`.\` and \`..\`, decodes escapes of letters, digits and
\`-._~\`, and leaves out the query. A policy that lists any other form of a path has no effect on requests for it.`,
    wrong: denies('/v2/models/fraud?raw=true'),
    right: denies('/v2/models/fraud'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).flatMap(({ object, rules }): Problem[] => (
    rules.flatMap(({ to }) => to.flatMap((operation) => listedValues(operation, ['paths', 'notPaths']).flatMap((listed): Problem[] => {
      const why = whyNeverEqual(listed);
      return why === undefined ? [] : [{ object, field: listed.field, problem: `no request has the path "${listed.value}", since ${why.reason}`, remedy: why.remedy }];
    }))))),
};

/** Literal wildcards and templates are judged by other rules. */
function whyNeverEqual({ value }: ListedValue): ReturnType<typeof whyImpossible> {
  if (value === '' || value === '*' || /[{}]/.test(value)) return undefined;
  if (value.startsWith('*')) {
    // What comes before is not known, so the end only has to be a part of some path.
    const end = value.slice(1);
    const why = whyImpossible(`/${end}`, StringMatchKind.EXACT);
    return why !== undefined && whyImpossible(`/x${end}`, StringMatchKind.EXACT) !== undefined ? withoutQuery(why) : undefined;
  }
  return withoutQuery(value.endsWith('*') ? whyImpossible(value.slice(0, -1) || '/', StringMatchKind.PREFIX) : whyImpossible(value, StringMatchKind.EXACT));
}

/** Policies have no condition on the query. */
function withoutQuery(why: ReturnType<typeof whyImpossible>): ReturnType<typeof whyImpossible> {
  return why !== undefined && why.remedy.includes('queryParams') ? { ...why, remedy: 'list the path without "?"' } : why;
}
