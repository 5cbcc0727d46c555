import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { whyRejected, whyUnusable } from '../../cluster/path-templates';
import { authorizationPolicies, listedValues } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

const denies = (path: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: ["${path}"] } }]
      from: [{ source: { notRemoteIpBlocks: [10.0.0.0/8] } }]`);

/** A path with templates that istiod accepts and Envoy does not. */
export const crashingPathTemplate: Rule = {
  id: 'crashing-path-template',
  level: Level.ERROR,
  title: 'A path template ends Envoy',
  page: {
    explanation: `
Istio forwards some path templates that Envoy cannot use. One that does not start with a single slash, or has an empty segment, crashes
the proxy as soon as it receives the policy. A very long one makes it reject the listener.`,
    wrong: denies('{*}/infer'),
    right: denies('/{*}/infer'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).flatMap(({ object, rules }): Problem[] => (
    rules.flatMap(({ to }) => to.flatMap((operation) => listedValues(operation, ['paths', 'notPaths']).flatMap(({ value, field }): Problem[] => {
      const why = whyRejected(value) === undefined ? whyUnusable(value) : undefined;
      return why === undefined ? [] : [{ object, field, problem: `the path ${show(value)} has a template, and ${why}`, remedy: 'write it as "/a/{*}" or "/a/{**}"' }];
    }))))),
};
