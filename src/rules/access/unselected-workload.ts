import { loginExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { objectOf } from '../../cluster/json';
import { targetOf } from '../../cluster/policies';
import { hasLabels, selectedWorkloads, workloads } from '../../cluster/policy-pods';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
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
  const here = cluster.derived(labelsByNamespace).get(namespace);
  if (here === undefined || selectedWorkloads(cluster, labels).some((workload) => workload.namespace === namespace)) return [];
  if (Object.keys(labels).some((label) => cluster.derived(gatewayLabels).has(`${label}=${labels[label]}`))) return [];
  const pairs = Object.entries(labels);
  const [label, value] = pairs.find(([key, own]) => here.get(key)?.has(own) !== true) ?? pairs[0];
  const meant = here.get(label)?.near(value);
  const shown = pairs.map((pair) => pair.join('=')).join(', ');
  return [{
    object,
    field: ['spec', 'selector', 'matchLabels'],
    problem: `no workload of namespace ${namespace} has pods with ${shown}`,
    remedy: meant === undefined || meant === value ? 'write the labels of the pods, not those of the Deployment or the Service'
      : `if ${show(meant)} is meant, write ${label}: ${meant}`,
  }];
}

/** The values of a label in a namespace. */
class LabelValues {
  private readonly values: ReadonlySet<string>;
  private readonly names: NearNames;

  constructor(labels: readonly (readonly [string, string])[]) {
    this.values = new Set(labels.map(([, value]) => value));
    this.names = new NearNames(this.values);
  }

  public has(value: string): boolean {
    return this.values.has(value);
  }

  public near(value: string): string | undefined {
    return this.names.find(value);
  }
}

/** The values of the labels of pods, by namespace and by the name of the label. */
function labelsByNamespace(cluster: Cluster): ReadonlyMap<string, ReadonlyMap<string, LabelValues>> {
  return new Map([...groupBy(cluster.derived(workloads), ({ namespace }) => namespace)].map(([namespace, own]) => {
    const byName = groupBy(own.flatMap(({ labels }) => Object.entries(labels)), ([name]) => name);
    return [namespace, new Map([...byName].map(([name, labels]) => [name, new LabelValues(labels)]))];
  }));
}

/** Namespaces in which an operator creates pods. */
function operatedNamespaces(cluster: Cluster): ReadonlySet<string> {
  return new Set(OPERATED.flatMap((kind) => cluster.all(kind)).map(({ namespace }) => namespace));
}

/** Labels by which Gateways select pods, which are usually not among the objects. */
function gatewayLabels(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.all(ClusterKind.GATEWAY).flatMap(({ spec }) => Object.entries(objectOf(spec.selector)).map((label) => label.join('='))));
}
