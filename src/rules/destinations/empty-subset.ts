import { Cluster } from '../../cluster/cluster';
import { DestinationRules, DestinationRuleView, SubsetView } from '../../cluster/destination-rules';
import { routeRules } from '../../cluster/destinations';
import { Services, ServiceView } from '../../cluster/services';
import { show } from '../../plan/checks/errors';
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
    const found = rule.subsets.filter(({ labels }) => isEmpty(labels, pods));
    return found.map((subset) => ({ ...empty(rule, subset, service, pods), level: level(subset) }));
  });
}

/** The subsets that get requests, by host and name. */
function usedSubsets(cluster: Cluster): ReadonlySet<string> {
  return new Set(routeRules(cluster).flatMap(({ destinations }) => destinations
    .filter(({ subset, weight = 0 }) => subset !== undefined && (destinations.length === 1 || weight > 0))
    .map(({ host, subset }) => `${host} ${subset}`)));
}

function isEmpty(labels: PodSelector, pods: readonly PodSelector[]): boolean {
  return !Object.keys(labels).some((label) => ADDED.test(label)) && !pods.some((pod) => selectorWithin(labels, pod));
}

function empty(
  { object, host }: DestinationRuleView, { name, labels, field }: SubsetView, service: ServiceView, pods: readonly PodSelector[],
): Problem {
  const label = Object.keys(labels).find((each) => !pods.some((pod) => pod[each] === labels[each])) ?? Object.keys(labels)[0];
  const values = [...new Set(pods.flatMap((pod) => (Object.hasOwn(pod, label) ? [pod[label]] : [])))];
  const examples = values.slice(0, 3).map((value) => `${label}=${value}`).join(', ');
  const have = values.length === 0 ? 'none of which has that label' : `whose workloads have ${examples}`;
  return {
    object,
    field: [...field, 'labels'],
    problem: `subset ${show(name)} of ${object} selects ${label}=${labels[label]} among the pods of ${service.objects[0]}, ${have}, so requests for the subset get 503`,
    remedy: `set labels that the pods of host ${host} have, or add them to the pod template of a workload`,
    related: service.objects.map((each) => ({ object: each })),
  };
}
