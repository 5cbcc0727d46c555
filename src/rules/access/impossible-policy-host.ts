import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { authorizationPolicies, listedValues } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

const allows = (hosts: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { hosts: [${hosts}], paths: [/v2/models/fraud/*] } }]
      from: [{ source: { notRemoteIpBlocks: [10.0.0.0/8] } }]`);

/** A host in a policy that is a URL. */
export const impossiblePolicyHost: Rule = {
  id: 'impossible-policy-host',
  level: Level.ERROR,
  title: 'A policy lists a host that no request has',
  page: {
    explanation: `
Hosts of a policy are compared with the \`Host\` header, which has no scheme and no path. Upper and lower case make no difference.`,
    wrong: allows('"https://models.example.com", "https://models.example.com:*"'),
    right: allows('models.example.com, "models.example.com:*"'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).flatMap(({ object, rules }): Problem[] => (
    rules.flatMap(({ to }) => to.flatMap((operation) => listedValues(operation, ['hosts', 'notHosts']).filter(({ value }) => /[/\s@?#]/.test(value)).map(({ value, field }) => ({
      object,
      field,
      problem: `no request has the host ${show(value)}, since the Host header has no scheme, path or spaces`,
      remedy: `write ${show(value.trim().replace(/^[a-z]+:\/\//i, '').replace(/[/?#\s].*$/, ''))}`,
    })))))),
};
