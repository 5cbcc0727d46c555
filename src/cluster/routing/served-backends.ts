import { destinationsOf } from './backends';
import { core2Namespace } from './core2-routes';
import { httpRules, isDelegate } from './delegates';
import { selectedBy, SELECTED_KINDS } from './selected-object';
import { computeIfAbsent } from '../../plan/groups';
import { Cluster } from '../cluster';
import { ClusterKind, ClusterObject } from '../cluster-object';
import { DestinationRules } from '../destination-rules';
import { FieldPath } from '../json';
import { Services } from '../services';

/**
 * What answers requests of a route: a Model, Pipeline or Experiment of Seldon Core 2, a Service, or a subset of one.
 *
 * @internal
 */
export interface ServedBackend {
  /** A key that is the same in all states of a cluster. */
  readonly key: string;
  /** As messages name it, such as `Model models/iris` or `subset v1 of host iris.models.svc.cluster.local`. */
  readonly name: string;
  /** The object that defines it; undefined if it is not among the manifests. */
  readonly object: ClusterObject | undefined;
  /** The field of it that defines it. */
  readonly field: FieldPath;
  /** The rule that sends requests to it, and its field. */
  readonly by: { readonly object: ClusterObject; readonly field: FieldPath };
  /** Its share of the rule's requests, from 0 to 1. */
  readonly share: number;
}

/**
 * The backends that get requests by each VirtualService, as `namespace/name`, each with its largest share.
 *
 * @internal
 */
export function servedBackends(cluster: Cluster): ReadonlyMap<string, ReadonlyMap<string, ServedBackend>> {
  const found = new Map<string, Map<string, ServedBackend>>();
  for (const route of cluster.all(ClusterKind.VIRTUAL_SERVICE)) {
    if (isDelegate(route)) continue;
    const own = computeIfAbsent(found, `${route.namespace}/${route.name}`, () => new Map<string, ServedBackend>());
    for (const by of httpRules(cluster, route)) {
      for (const destination of destinationsOf(cluster, by.object.namespace, by.rule)) {
        for (const backend of backendsOf(cluster, destination, by)) {
          if ((own.get(backend.key)?.share ?? 0) < backend.share) own.set(backend.key, backend);
        }
      }
    }
  }
  return found;
}

type Destination = ReturnType<typeof destinationsOf>[number];

/** A subset answers only while its Service is there as well. */
function backendsOf(cluster: Cluster, destination: Destination, { object, field }: ServedBackend['by']): ServedBackend[] {
  const { host, subset, model, share } = destination;
  const by = { object, field };
  const runtime = core2Namespace(cluster, host, object.namespace);
  if (runtime !== undefined) return model === undefined ? [] : [{ ...core2Backend(cluster, runtime, model), by, share }];
  const service = Services.of(cluster).nameOf(host);
  if (service === undefined) return [];
  const found = cluster.find(ClusterKind.SERVICE, service.namespace, service.name);
  const whole = { key: host, name: `Service ${service.namespace}/${service.name}`, object: found, field: [], by, share };
  return subset === undefined ? [whole] : [whole, { ...subsetOf(cluster, host, subset), by, share }];
}

/**
 * The keys of all backends that the objects of a cluster define, whether or not they get requests.
 *
 * @internal
 */
export function definedBackends(cluster: Cluster): ReadonlySet<string> {
  return new Set([
    ...SELECTED_KINDS.flatMap(({ kind }) => cluster.all(kind).map(({ namespace, name }) => `${kind} ${namespace}/${name}`)),
    ...cluster.all(ClusterKind.SERVICE).map(({ namespace, name }) => cluster.fullHost(name, namespace)),
    ...DestinationRules.of(cluster).all.flatMap(({ host, subsets }) => subsets.map(({ name }) => `${host} ${name}`)),
  ]);
}

/**
 * A share as messages show it, such as `33.3 %`.
 *
 * @internal
 */
export function showShare(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

type Target = Pick<ServedBackend, 'key' | 'name' | 'object' | 'field'>;

function core2Backend(cluster: Cluster, namespace: string, model: string): Target {
  const { kind, label, name } = selectedBy(model);
  return { key: `${kind} ${namespace}/${name}`, name: `${label} ${namespace}/${name}`, object: cluster.find(kind, namespace, name), field: [] };
}

function subsetOf(cluster: Cluster, host: string, subset: string): Target {
  const rules = DestinationRules.of(cluster).forHost(host);
  const rule = rules.find(({ subsets }) => subsets.some(({ name }) => name === subset));
  return { key: `${host} ${subset}`, name: `subset ${subset} of host ${host}`, object: rule?.object, field: rule?.subsets.find(({ name }) => name === subset)?.field ?? [] };
}
