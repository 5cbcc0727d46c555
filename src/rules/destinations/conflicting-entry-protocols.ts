import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, listOf, numberOf, stringOf, stringsOf } from '../../cluster/json';
import { latestObjects } from '../../cluster/latest-objects';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/**
 * ServiceEntries that give one port of a host different protocols.
 *
 * @internal
 */
export const conflictingEntryProtocols: Rule = {
  id: 'conflicting-entry-protocols',
  level: Level.WARNING,
  title: 'Two ServiceEntries give a port of a host different protocols',
  codes: ['IST0177'],
  page: {
    explanation: 'Sidecars have one listener for a port of a host, so only one of the protocols applies. If that is the wrong one, connections fail, or are '
      + 'forwarded without the rules for HTTP.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec:
  hosts: [store.example.com]
  resolution: DNS
  ports: [{number: 8443, name: tls, protocol: TLS}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: training}
spec:
  hosts: [store.example.com]
  resolution: DNS
  ports: [{number: 8443, name: http, protocol: HTTP}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec:
  hosts: [store.example.com]
  resolution: DNS
  ports: [{number: 8443, name: tls, protocol: TLS}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: training}
spec:
  hosts: [store.example.com]
  resolution: DNS
  ports: [{number: 8443, name: tls, protocol: TLS}]
`,
  },
  check: findConflicts,
};

/** A port of a ServiceEntry. */
interface EntryPort {
  readonly object: ClusterObject;
  readonly index: number;
  readonly protocol: string;
}

function findConflicts(cluster: Cluster): Problem[] {
  const known = new Map<string, EntryPort>();
  return latestObjects(cluster.all(ClusterKind.SERVICE_ENTRY)).flatMap((object) => {
    const scopes = scopesOf(object);
    return portsOf(object).flatMap(({ number, ...port }) => {
      const conflicts = stringsOf(object.spec.hosts).flatMap((host): Problem[] => {
        const keys = scopes.map((scope) => `${scope} ${host.toLowerCase()} ${number}`);
        const others = keys.map((key) => computeIfAbsent(known, key, () => port));
        const other = others.find(({ protocol, object: owner }) => protocol !== port.protocol && owner !== object);
        return other === undefined ? [] : [problemOf(host, number, port, other)];
      });
      return conflicts.slice(0, 1);
    });
  });
}

/** The namespaces whose sidecars see a ServiceEntry, as far as one object names them. */
function scopesOf({ namespace, spec }: ClusterObject): readonly string[] {
  const exported = stringsOf(spec.exportTo);
  return exported.length === 0 ? ['*'] : [...new Set(exported.map((each) => (each === '.' ? namespace : each)))].filter((each) => each !== '~');
}

function portsOf(object: ClusterObject): (EntryPort & { readonly number: number })[] {
  return listOf(object.spec.ports).flatMap((port, index) => {
    const number = isObject(port) ? numberOf(port.number) : undefined;
    if (!isObject(port) || number === undefined) return [];
    return [{ object, index, number, protocol: (stringOf(port.protocol) ?? 'TCP').toUpperCase() }];
  });
}

function problemOf(host: string, number: number, { object, index, protocol }: EntryPort, other: EntryPort): Problem {
  return {
    object,
    field: ['spec', 'ports', index, 'protocol'],
    related: [{ object: other.object, field: ['spec', 'ports', other.index, 'protocol'] }],
    problem: `port ${number} of host ${show(host)} has protocol ${protocol} in ${object}, and ${other.protocol} in ${other.object}, and only one of them applies`,
    remedy: 'give the port the same protocol in both',
  };
}
