import { loginExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { objectOf } from '../../cluster/json';
import { targetOf } from '../../cluster/policies';
import { hasLabels, selectedWorkloads, Workload, workloads } from '../../cluster/policy-pods';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';
import { groupBy } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

const POLICIES = [ClusterKind.AUTHORIZATION_POLICY, ClusterKind.REQUEST_AUTHENTICATION, ClusterKind.PEER_AUTHENTICATION];

/** Objects for which operators create pods. */
const OPERATED = [ClusterKind.SELDON_DEPLOYMENT, ClusterKind.SELDON_RUNTIME, ClusterKind.SERVER, ClusterKind.MODEL, ClusterKind.PIPELINE];

const IRIS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: iris, namespace: models }
spec:
  selector: { matchLabels: { app: iris } }
  template:
    metadata: { labels: { app: iris } }
    spec: { containers: [{ name: server, image: iris }] }
`;

/** A policy that selects no pod of its namespace. */
export const unselectedWorkload: Rule = {
  id: 'unselected-workload',
  level: Level.WARNING,
  title: 'A policy selects no workload',
  codes: ['KIA0004', 'IST0127'],
  page: {
    explanation: `
A policy with a selector applies to pods of its own namespace that have all its labels. If no workload of the namespace has them, the policy
has no effect. The finding is reported only if workloads of the namespace are among the objects and no operator of Seldon creates others
there.`,
    wrong: [IRIS, loginExample({ namespace: 'models', labels: '{ app: irs }' })].join('---\n'),
    right: [IRIS, loginExample({ namespace: 'models', labels: '{ app: iris }' })].join('---\n'),
  },
  check: (cluster: Cluster) => POLICIES.flatMap((kind) => cluster.all(kind)).flatMap((object) => problemOf(cluster, object)),
};

function problemOf(cluster: Cluster, object: ClusterObject): Problem[] {
  const target = targetOf(object);
  const { namespace, labels } = target;
  if (target.refs.length > 0 || !hasLabels(target)) return [];
  if (namespace === cluster.rootNamespace || cluster.derived(operatedNamespaces).has(namespace)) return [];
  const here = cluster.derived(workloadsByNamespace).get(namespace) ?? [];
  if (here.length === 0 || selectedWorkloads(cluster, labels).some((workload) => workload.namespace === namespace)) return [];
  if (Object.keys(labels).some((label) => cluster.derived(gatewayLabels).has(`${label}=${labels[label]}`))) return [];
  const pairs = Object.entries(labels);
  const [label, value] = pairs.find(([key, own]) => !here.some((workload) => workload.labels[key] === own)) ?? pairs[0];
  const known = new Set(here.flatMap((workload) => workload.labels[label] ?? []));
  const meant = nearest(value, known);
  const shown = pairs.map((pair) => pair.join('=')).join(', ');
  return [{
    object,
    field: ['spec', 'selector', 'matchLabels'],
    problem: `no workload of namespace ${namespace} has pods with ${shown}`,
    remedy: meant === undefined || meant === value ? 'write the labels of the pods, not those of the Deployment or the Service'
      : `if ${show(meant)} is meant, write ${label}: ${meant}`,
  }];
}

function workloadsByNamespace(cluster: Cluster): ReadonlyMap<string, readonly Workload[]> {
  return groupBy(cluster.derived(workloads), ({ namespace }) => namespace);
}

/** Namespaces in which an operator creates pods. */
function operatedNamespaces(cluster: Cluster): ReadonlySet<string> {
  return new Set(OPERATED.flatMap((kind) => cluster.all(kind)).map(({ namespace }) => namespace));
}

/** Labels by which Gateways select pods, which are usually not among the objects. */
function gatewayLabels(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.all(ClusterKind.GATEWAY).flatMap(({ spec }) => Object.entries(objectOf(spec.selector)).map((label) => label.join('='))));
}
