import { Route } from '../../answers/routes/route';
import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf, stringsOf } from '../../cluster/json';
import { httpRules, isDelegate, WrittenRule } from '../../cluster/routing/delegates';
import { knownVirtualServices } from '../../cluster/routing/operator-virtual-services';
import { ANY_REQUEST } from '../../cluster/routing/request-match';
import { computeIfAbsent } from '../../plan/groups';
import { Side } from '../rules/side';

/** A listener of sidecars. */
const MESH = 'mesh';

/**
 * The VirtualServices for sidecars, by their hosts in full.
 *
 * @internal
 */
export function meshOwners(cluster: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  const found = new Map<string, ClusterObject[]>();
  for (const object of knownVirtualServices(cluster)) {
    const gateways = stringsOf(object.spec.gateways);
    if (isDelegate(object) || (gateways.length > 0 && !gateways.includes(MESH))) continue;
    const hosts = stringsOf(object.spec.hosts).map((host) => cluster.fullHost(host, object.namespace));
    for (const host of new Set(hosts)) computeIfAbsent(found, host, () => []).push(object);
  }
  return found;
}

/**
 * The rules by which sidecars send requests, as a key for each host of a VirtualService.
 *
 * @param owners The VirtualServices for sidecars, by their hosts.
 * @internal
 */
export function meshRules(side: Side, owners: ReadonlyMap<string, readonly ClusterObject[]>): ReadonlyMap<string, string> {
  return new Map([...owners].map(([host, all]) => [host, canonical(all.map((owner) => keyOf(side, owner, all.length > 1)).sort())]));
}

function keyOf(side: Side, owner: ClusterObject, hasOthers: boolean): string {
  const { spec, namespace, created, name } = owner;
  const rules = httpRules(side.resolver.cluster, owner).flatMap((written) => ruleKey(side, owner, written));
  return canonical([namespace, spec.exportTo ?? null, rules, spec.tls ?? null, spec.tcp ?? null, hasOthers ? [created ?? null, name] : null]);
}

/** None for a rule of gateways. */
function ruleKey(side: Side, virtualService: ClusterObject, { object, field, rule }: WrittenRule): readonly unknown[] {
  const all = listOf(rule.match);
  const matches = all.filter((match) => isObject(match) && isForMesh(match));
  if (all.length > 0 && matches.length === 0) return [];
  const proxy = { gateway: MESH, port: 80, labels: {}, namespace: virtualService.namespace, tls: false };
  const owner = { virtualService, proxy, gateway: undefined, server: 0, visibility: 0 };
  const route = new Route(0, owner, { object, field, rule, match: ANY_REQUEST, isCatchAll: matches.length === 0 });
  const hosts = side.actions.destinationsOf(route).flatMap(({ responder }) => (responder.kind === 'service' ? [responder.host] : []));
  const written = matches.map((match) => ({ ...match as JsonObject, name: undefined }));
  return [[written, side.actions.of(route), hosts.map((host) => subsetsFor(side, host))]];
}

function isForMesh({ gateways }: JsonObject): boolean {
  const names = stringsOf(gateways);
  return names.length === 0 || names.includes(MESH);
}

/** Workloads of other namespaces may see other DestinationRules for a host than its own namespace does. */
function subsetsFor({ resolver: { cluster } }: Side, host: string): readonly string[] {
  return computeIfAbsent(cluster.derived(noSubsets), host, () => cluster.all(ClusterKind.DESTINATION_RULE)
    .filter(({ spec, namespace }) => cluster.fullHost(String(spec.host ?? ''), namespace) === host)
    .map(({ spec: { exportTo, workloadSelector, subsets }, namespace }) => {
      const labels = listOf(subsets).map((subset) => (isObject(subset) ? [subset.name, subset.labels] : null));
      return canonical([namespace, exportTo ?? null, workloadSelector ?? null, labels]);
    }).sort());
}

function noSubsets(): Map<string, readonly string[]> {
  return new Map();
}
