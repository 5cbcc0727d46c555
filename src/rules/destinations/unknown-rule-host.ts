import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { DestinationRules, DestinationRuleView } from '../../cluster/destination-rules';
import { stringOf } from '../../cluster/json';
import { Services } from '../../cluster/services';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/**
 * DestinationRules for a host that Istio does not know.
 *
 * @internal
 */
export const unknownRuleHost: Rule = {
  id: 'unknown-rule-host',
  level: Level.WARNING,
  title: 'A DestinationRule is for a host that Istio does not know',
  codes: ['IST0174', 'KIA0202'],
  page: {
    explanation: 'Istio completes only hosts without a dot, with the namespace of the DestinationRule. Names such as `iris.models`, which DNS resolves, are hosts '
      + 'of their own, and a rule for them applies to no request. The same is true of a short name in a namespace other than that of the Service.',
    wrong: `
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec:
  selector: {app: iris}
  ports: [{name: http, port: 80}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris.models
  trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}
`,
    right: `
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec:
  selector: {app: iris}
  ports: [{name: http, port: 80}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}
`,
  },
  check: (cluster: Cluster) => DestinationRules.of(cluster).all.flatMap((rule) => checkHost(cluster, rule)),
};

function checkHost(cluster: Cluster, { object, host }: DestinationRuleView): Problem[] {
  const services = Services.of(cluster);
  const written = stringOf(object.spec.host) ?? '';
  if (host.startsWith('*') || services.find(host) !== undefined) return [];
  const intended = written.includes('.') ? shortened(cluster, host) : inOtherNamespace(cluster, written.toLowerCase());
  const service = intended === undefined ? undefined : services.find(intended);
  if (service === undefined) return [];
  return [{
    object,
    field: ['spec', 'host'],
    problem: `${object} is for host ${show(written)}, which Istio ${written.includes('.') ? 'does not complete' : `completes to ${host}`}, and there is no such Service, `
      + 'so the rule applies to no request',
    remedy: `set the full name, ${show(service.host)}`,
    related: service.objects.map((each) => ({ object: each })),
  }];
}

/** The full name of a Service that is written as `iris.models` or `iris.models.svc`. */
function shortened(cluster: Cluster, host: string): string | undefined {
  const [name, namespace, ...more] = host.split('.');
  return namespace !== undefined && ['', 'svc'].includes(more.join('.')) ? cluster.fullHost(name, namespace) : undefined;
}

/** The full name of the only Service with a name. */
function inOtherNamespace(cluster: Cluster, name: string): string | undefined {
  const named = cluster.derived(servicesByName).get(name) ?? [];
  return named.length === 1 ? cluster.fullHost(name, named[0].namespace) : undefined;
}

function servicesByName(cluster: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  return groupBy(cluster.all(ClusterKind.SERVICE), ({ name }) => name);
}
