import { readMatch, MatchConditions } from './request-match';
import { CORE2_SERVICE, MODEL_HEADER } from '../../plan/core2-service';
import { Cluster } from '../cluster';
import { ClusterKind, ClusterObject } from '../cluster-object';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf, stringsOf } from '../json';

/**
 * A destination of an HTTP rule that is Seldon Core 2's Service.
 *
 * @internal
 */
export interface Core2Route {
  /** The VirtualService. */
  readonly object: ClusterObject;
  /** The field of the HTTP rule. */
  readonly ruleField: FieldPath;
  /** The HTTP rule. */
  readonly rule: JsonObject;
  /** The matches of the rule, with their fields; those that istiod rejects are left out. */
  readonly matches: readonly { readonly field: FieldPath; readonly match: MatchConditions }[];
  /** The field of the destination with its weight and headers. */
  readonly field: FieldPath;
  /** Namespace of the runtime. */
  readonly namespace: string;
  /** The value to which the header `seldon-model` is set; undefined if it is not set. */
  readonly model: string | undefined;
  /** Request headers that are removed, in lower case. */
  readonly removed: readonly string[];
}

/**
 * All routes to Seldon Core 2's Services, those of delegates included.
 *
 * @internal
 */
export function core2Routes(cluster: Cluster): readonly Core2Route[] {
  return cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => listOf(object.spec.http).flatMap((rule, i) => (
    isObject(rule) ? routesOf(cluster, object, rule, ['spec', 'http', i]) : []
  )));
}

function routesOf(cluster: Cluster, object: ClusterObject, rule: JsonObject, ruleField: FieldPath): Core2Route[] {
  const matches = listOf(rule.match).flatMap((written, i) => {
    const match = isObject(written) ? readMatch(cluster, written) : undefined;
    return match === undefined ? [] : [{ field: [...ruleField, 'match', i], match }];
  });
  return listOf(rule.route).flatMap((route, i): Core2Route[] => {
    const namespace = core2Namespace(cluster, stringOf(objectOf(objectOf(route).destination).host), object.namespace);
    if (namespace === undefined || !isObject(route)) return [];
    const [inner, outer] = [route, rule].map((holder) => objectOf(objectOf(holder.headers).request));
    return [{
      object,
      ruleField,
      rule,
      matches,
      field: [...ruleField, 'route', i],
      namespace,
      model: valueOf(inner.set) ?? valueOf(outer.set),
      removed: [...stringsOf(inner.remove), ...stringsOf(outer.remove)].map((name) => name.toLowerCase()),
    }];
  });
}

function valueOf(headers: unknown): string | undefined {
  const entry = Object.entries(objectOf(headers)).find(([name]) => name.toLowerCase() === MODEL_HEADER);
  return entry === undefined ? undefined : stringOf(entry[1]);
}

/**
 * The namespace of the runtime whose Service a host is; undefined if it is another host.
 *
 * @param namespace Namespace of the object that refers to the host.
 * @internal
 */
export function core2Namespace(cluster: Cluster, host: string | undefined, namespace: string): string | undefined {
  if (host === undefined) return undefined;
  const [service, holder, ...rest] = cluster.fullHost(host, namespace).split('.');
  return service === CORE2_SERVICE && rest.join('.') === `svc.${cluster.clusterDomain}` ? holder : undefined;
}
