import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { authorizationPolicies, listedValues } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { isNearMiss } from '../../plan/checks/near-miss';
import { computeIfAbsent } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: { name: batch-jobs }
`;
const allows = (namespace: string) => policyExample(`  action: ALLOW\n  rules:\n    - from: [{ source: { namespaces: [${namespace}] } }]`, { namespace: 'models', labels: '{ app: iris }' });

/** A namespace of callers that is a near miss of another one. */
export const unknownSourceNamespace: Rule = {
  id: 'unknown-source-namespace',
  level: Level.WARNING,
  title: 'A policy names a namespace that does not exist',
  codes: ['KIA0101', 'IST0101'],
  page: {
    explanation: `
A rule that names a namespace without callers matches no request. The finding is reported only if the name is a near miss of a namespace
among the objects, since other namespaces may exist.`,
    wrong: [NAMESPACE, allows('batch-job')].join('---\n'),
    right: [NAMESPACE, allows('batch-jobs')].join('---\n'),
  },
  check: function* (cluster: Cluster): Iterable<Problem> {
    const known = new Map(cluster.all(ClusterKind.NAMESPACE).map((object) => [object.name, object]));
    const used = new Set(cluster.objects.map(({ namespace }) => namespace));
    const nearMisses = new Map<string, string | undefined>();
    for (const { object, rules } of cluster.derived(authorizationPolicies)) {
      for (const { from, when } of rules) {
        const listed = [...from.flatMap((source) => listedValues(source, ['namespaces', 'notNamespaces'])),
          ...when.filter(({ key }) => key === 'source.namespace').flatMap((condition) => listedValues(condition, ['values', 'notValues']))];
        for (const { value, field } of listed) {
          if (value.includes('*') || known.has(value) || used.has(value)) continue;
          const meant = computeIfAbsent(nearMisses, value, () => [...known.keys()].find((name) => isNearMiss(value, name)));
          if (meant === undefined) continue;
          yield {
            object,
            field,
            related: [{ object: known.get(meant)! }],
            problem: `there is no namespace ${show(value)} among the objects, and there is ${show(meant)}`,
            remedy: `if ${show(meant)} is meant, write that`,
          };
        }
      }
    }
  },
};
