import { Cluster } from '../../cluster/cluster';
import { DestinationRules, DestinationRuleView, SubsetView } from '../../cluster/destination-rules';
import { routeRules } from '../../cluster/destinations';
import { Services, ServiceView } from '../../cluster/services';
import { show } from '../../plan/checks/errors';
import { groupByEach } from '../../plan/groups';
import { PodSelector, selectorWithin } from '../../plan/pod-selectors';
import { Level, Problem, Rule } from '../rule';

/** Labels that Istio adds by the node or the network of a pod, or that a controller adds to its pods. */
const ADDED = /^(topology\.|failure-domain\.|pod-template-hash$|rollouts-pod-template-hash$|controller-revision-hash$|statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/)/;

/**
 * Subsets that select no pods.
 *
 * @internal
 */
export const emptySubset: Rule = {
  id: 'empty-subset',
  level: Level.ERROR,
  title: 'The labels of a subset select no pods of the Service',
  codes: ['IST0173', 'KIA0203'],
  page: {
    explanation: 'A subset consists of the pods of the Service that also have its labels. If no workload of the Service has them, requests for the subset get '
      + '503. It is a warning if no route leads to the subset. The rule needs the Service and at least one of its workloads among the objects.',
    wrong: `
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec:
  selector: {app: iris}
  ports: [{name: http, port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: iris, namespace: models}
spec:
  selector: {matchLabels: {app: iris}}
  template:
    metadata: {labels: {app: iris, version: v1}}
    spec: {containers: [{name: model, image: example.com/iris}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets:
  - {name: stable, labels: {version: "1"}}
`,
    right: `
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec:
  selector: {app: iris}
  ports: [{name: http, port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: iris, namespace: models}
spec:
  selector: {matchLabels: {app: iris}}
  template:
    metadata: {labels: {app: iris, version: v1}}
    spec: {containers: [{name: model, image: example.com/iris}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets:
  - {name: stable, labels: {version: v1}}
`,
  },
  check: findEmpty,
};

function findEmpty(cluster: Cluster): Problem[] {
  const services = Services.of(cluster);
  const used = cluster.derived(usedSubsets);
  return DestinationRules.of(cluster).all.filter(({ subsets }) => subsets.length > 0).flatMap((rule) => {
    const service = services.find(rule.host);
    if (service?.kind !== 'Service') return [];
    const pods = services.podsOf(service);
    if (pods.length === 0) return [];
    const level = ({ name }: SubsetView) => (used.has(`${rule.host} ${name}`) ? Level.ERROR : Level.WARNING);
    const byLabel = groupByEach(pods, (labels) => Object.entries(labels).map(labelKey));
    const found = rule.subsets.filter(({ labels }) => isEmpty(labels, pods, byLabel));
    return found.map((subset) => ({ ...empty(rule, subset, service, pods, byLabel), level: level(subset) }));
  });
}

/** The subsets that get requests, by host and name. */
function usedSubsets(cluster: Cluster): ReadonlySet<string> {
  return new Set(routeRules(cluster).flatMap(({ destinations }) => destinations
    .filter(({ subset, weight = 0 }) => subset !== undefined && (destinations.length === 1 || weight > 0))
    .map(({ host, subset }) => `${host} ${subset}`)));
}

/** Maximum number of values that a message lists. */
const LISTED = 3;

type PodsByLabel = ReadonlyMap<string, readonly PodSelector[]>;

function labelKey([label, value]: readonly [string, string]): string {
  return `${label}=${value}`;
}

function isEmpty(labels: PodSelector, pods: readonly PodSelector[], byLabel: PodsByLabel): boolean {
  if (Object.keys(labels).some((label) => ADDED.test(label))) return false;
  const candidates = Object.entries(labels).map((label) => byLabel.get(labelKey(label)) ?? []);
  const fewest = candidates.reduce((a, b) => (b.length < a.length ? b : a), pods);
  return !fewest.some((pod) => selectorWithin(labels, pod));
}

/** The first values of a label. */
function someValues(pods: readonly PodSelector[], label: string): string[] {
  const values = new Set<string>();
  for (const pod of pods) {
    if (Object.hasOwn(pod, label)) values.add(pod[label]);
    if (values.size === LISTED) break;
  }
  return [...values];
}

function empty(
  { object, host }: DestinationRuleView, { name, labels, field }: SubsetView,
  service: ServiceView, pods: readonly PodSelector[], byLabel: PodsByLabel,
): Problem {
  const label = Object.keys(labels).find((each) => !byLabel.has(labelKey([each, labels[each]]))) ?? Object.keys(labels)[0];
  const values = someValues(pods, label);
  const examples = values.map((value) => `${label}=${value}`).join(', ');
  const have = values.length === 0 ? 'none of which has that label' : `whose workloads have ${examples}`;
  return {
    object,
    field: [...field, 'labels'],
    problem: `subset ${show(name)} of ${object} selects ${label}=${labels[label]} among the pods of ${service.objects[0]}, ${have}, so requests for the subset get 503`,
    remedy: `set labels that the pods of host ${host} have, or add them to the pod template of a workload`,
    related: service.objects.map((each) => ({ object: each })),
  };
}
