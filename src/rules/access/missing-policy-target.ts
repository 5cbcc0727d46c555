import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { TargetRef, targetOf } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
import { Level, Problem, Rule } from '../rule';

const POLICIES = [ClusterKind.AUTHORIZATION_POLICY, ClusterKind.REQUEST_AUTHENTICATION];

/** Objects for which operators create Services. */
const OPERATED = [ClusterKind.SELDON_DEPLOYMENT, ClusterKind.SELDON_RUNTIME, ClusterKind.SERVER, ClusterKind.MODEL];

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: iris, namespace: models }
spec: { selector: { app: iris }, ports: [{ name: http, port: 80 }] }
`;
const denies = (name: string) => policyExample(`  targetRefs: [{ kind: Service, name: ${name} }]
  action: DENY
  rules:
    - to: [{ operation: { methods: [DELETE] } }]`, { namespace: 'models', labels: '' });

/** A policy for a Service that does not exist. */
export const missingPolicyTarget: Rule = {
  id: 'missing-policy-target',
  level: Level.WARNING,
  title: 'A policy refers to a Service that does not exist',
  page: {
    explanation: `
A policy with \`targetRefs\` applies to objects of its own namespace. If there is no such object, the policy has no effect. The finding is
reported only if other Services of the namespace are among the objects and no operator of Seldon creates others there.`,
    wrong: [SERVICE, denies('irs')].join('---\n'),
    right: [SERVICE, denies('iris')].join('---\n'),
  },
  check: (cluster: Cluster) => POLICIES.flatMap((kind) => cluster.all(kind)).flatMap((object) => {
    const { refs } = targetOf(object);
    return refs.flatMap((ref) => problemOf(cluster, object, ref));
  }),
};

function problemOf(cluster: Cluster, object: ClusterObject, { group, kind, name, field }: TargetRef): Problem[] {
  const isService = kind === 'Service' && (group === '' || group === 'core');
  if (!isService && !(kind === 'ServiceEntry' && group === 'networking.istio.io')) return [];
  const { namespace } = object;
  const known = cluster.derived(isService ? servicesByNamespace : entriesByNamespace).get(namespace);
  const kindOfTarget = isService ? ClusterKind.SERVICE : ClusterKind.SERVICE_ENTRY;
  if (name === '' || known === undefined || cluster.find(kindOfTarget, namespace, name) !== undefined) return [];
  if (isService && cluster.derived(operatedNamespaces).has(namespace)) return [];
  const meant = known.find(name);
  return [{
    object,
    field: [...field, 'name'],
    problem: `there is no ${kind} ${namespace}/${name}, so the policy has no effect for it`,
    remedy: meant === undefined ? `refer to a ${kind} of namespace ${namespace}` : `if ${show(meant)} is meant, write that`,
  }];
}

function servicesByNamespace(cluster: Cluster): ReadonlyMap<string, NearNames> {
  return NearNames.ofGroups(groupBy(cluster.all(ClusterKind.SERVICE), ({ namespace }) => namespace));
}

function entriesByNamespace(cluster: Cluster): ReadonlyMap<string, NearNames> {
  return NearNames.ofGroups(groupBy(cluster.all(ClusterKind.SERVICE_ENTRY), ({ namespace }) => namespace));
}

function operatedNamespaces(cluster: Cluster): ReadonlySet<string> {
  return new Set(OPERATED.flatMap((kind) => cluster.all(kind)).map(({ namespace }) => namespace));
}
