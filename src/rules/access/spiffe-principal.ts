import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { authorizationPolicies, AuthorizationPolicyView, isNegative, ListedValue, listedValues } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

const SCHEME = 'spiffe://';
const allows = (principal: string) => policyExample(`  action: ALLOW\n  rules:\n    - from: [{ source: { principals: ["${principal}"] } }]`, { namespace: 'models', labels: '{ app: iris }' });

/** A principal that is written as the URI in the certificate. */
export const spiffePrincipal: Rule = {
  id: 'spiffe-principal',
  level: Level.ERROR,
  title: 'A principal with "spiffe://" matches no caller',
  page: {
    explanation: `
The certificate of a caller contains \`spiffe://cluster.local/ns/jobs/sa/batch\`. Istio compares what comes after \`spiffe://\` with a principal, so one that
is written with it matches no caller: an ALLOW rule admits none, and a DENY rule denies none.`,
    wrong: allows('spiffe://cluster.local/ns/jobs/sa/batch'),
    right: allows('cluster.local/ns/jobs/sa/batch'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).flatMap(problemsOf),
};

function problemsOf({ object, rules }: AuthorizationPolicyView): Problem[] {
  return rules.flatMap(({ from, when }) => [
    ...from.flatMap((source) => listedValues(source, ['principals', 'notPrincipals'])),
    ...when.filter(({ key }) => key === 'source.principal').flatMap((condition) => listedValues(condition, ['values', 'notValues'])),
  ]).filter(({ value }) => value.startsWith(SCHEME)).map((listed): Problem => ({
    object,
    field: listed.field,
    problem: `${show(listed.value)} ${effectOf(listed)}, since Istio compares principals without "${SCHEME}"`,
    remedy: `write ${show(listed.value.slice(SCHEME.length))}`,
  }));
}

function effectOf({ list }: ListedValue): string {
  return isNegative(list) ? 'excludes no caller' : 'matches no caller';
}
