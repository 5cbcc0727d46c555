import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { authorizationPolicies, listedValues } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

/** The prefix that Istio replaces with the trust domain of the mesh. */
const ALIAS = 'cluster.local/';

/** The number of parts of `<trust domain>/ns/<namespace>/sa/<service account>`. */
const PARTS = 5;

const allows = (source: string) => policyExample(`  action: ALLOW\n  rules:\n    - from: [{ source: ${source} }]`, { namespace: 'models', labels: '{ app: iris }' });

/** A principal that depends on the trust domain. */
export const fixedTrustDomain: Rule = {
  id: 'fixed-trust-domain',
  level: Level.INFO,
  title: 'A principal matches only in a mesh whose trust domain is cluster.local',
  page: {
    explanation: `
Istio replaces \`cluster.local\` in a principal by the trust domain of the mesh only in identities with all five parts. A shorter prefix
matches no caller in a mesh with another trust domain.`,
    wrong: allows('{ principals: ["cluster.local/ns/jobs/*"] }'),
    right: allows('{ namespaces: [jobs] }'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).flatMap(({ object, rules }): Problem[] => rules.flatMap(({ from, when }) => [
    ...from.flatMap((source) => listedValues(source, ['principals', 'notPrincipals'])),
    ...when.filter(({ key }) => key === 'source.principal').flatMap((condition) => listedValues(condition, ['values', 'notValues'])),
  ].filter(({ value }) => value.startsWith(ALIAS) && value.split('/').length !== PARTS).map(({ value, field }) => {
    const namespace = /^cluster\.local\/ns\/([^/*]+)\//.exec(value)?.[1];
    return {
      object,
      field,
      problem: `principal ${show(value)} matches no caller in a mesh whose trust domain is not cluster.local`,
      remedy: namespace === undefined ? 'use namespaces' : `use namespaces: [${namespace}], or ${show(`cluster.local/ns/${namespace}/sa/*`)}`,
    };
  }))),
};
