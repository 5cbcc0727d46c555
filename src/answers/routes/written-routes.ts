import { ProxyView } from './proxy-view';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { labelsOf } from '../../cluster/gateways';
import { FieldPath, isObject, JsonObject, listOf, numberOf, stringOf, stringsOf } from '../../cluster/json';
import { httpRules } from '../../cluster/routing/delegates';
import { gatewayName } from '../../cluster/routing/gateway-name';
import { ANY_REQUEST, MatchConditions, readMatch } from '../../cluster/routing/request-match';
import { isCatchAllPath } from '../../plan/conflicts/route-entry';
import { selectorWithin } from '../../plan/pod-selectors';

/**
 * A match of an HTTP rule.
 *
 * @internal
 */
export interface WrittenRoute {
  /** The object that holds the rule: the VirtualService, or a delegate of it. */
  readonly object: ClusterObject;
  /** The field of the match, or of the rule if it has none. */
  readonly field: FieldPath;
  /** The HTTP rule. */
  readonly rule: JsonObject;
  /** The conditions. */
  readonly match: MatchConditions;
  /** Whether it matches all requests, so that Istio puts it after the rules of all other VirtualServices. */
  readonly isCatchAll: boolean;
}

/**
 * The matches of a VirtualService that Istio writes for a proxy, up to the first that matches all requests.
 *
 * @internal
 */
export function writtenRoutes(cluster: Cluster, virtualService: ClusterObject, proxy: ProxyView): readonly WrittenRoute[] {
  const routes: WrittenRoute[] = [];
  for (const { object, field, rule } of httpRules(cluster, virtualService)) {
    const matches = listOf(rule.match);
    if (matches.length === 0) {
      routes.push({ object, field, rule, match: ANY_REQUEST, isCatchAll: true });
      return routes;
    }
    for (const [i, written] of matches.entries()) {
      if (!isObject(written) || !appliesTo(written, virtualService.namespace, proxy)) continue;
      const match = readMatch(cluster, written);
      if (match === undefined) continue;
      const isCatchAll = isCatchAllMatch(match);
      routes.push({ object, field: [...field, 'match', i], rule, match, isCatchAll });
      if (isCatchAll) return routes;
    }
  }
  return routes;
}

/** The labels and the namespace of the caller are not compared if the match names gateways. */
function appliesTo(match: JsonObject, namespace: string, proxy: ProxyView): boolean {
  const port = numberOf(match.port);
  if (port !== undefined && port !== 0 && port !== proxy.port) return false;
  const gateways = stringsOf(match.gateways);
  if (gateways.length > 0) return gateways.some((name) => gatewayName(name, namespace) === proxy.gateway);
  if (!selectorWithin(labelsOf(match.sourceLabels), proxy.labels)) return false;
  const source = stringOf(match.sourceNamespace);
  return source === undefined || source === proxy.namespace;
}

function isCatchAllMatch({ path, method, scheme, authority, headers, withoutHeaders, queryParams }: MatchConditions): boolean {
  return (path === undefined || isCatchAllPath(path))
    && method === undefined && scheme === undefined && authority === undefined
    && headers.size + withoutHeaders.size + queryParams.size === 0;
}

/**
 * Whether Istio writes any match of a VirtualService for a proxy. It makes no virtual host for it otherwise.
 *
 * @internal
 */
export function hasRoutes(cluster: Cluster, virtualService: ClusterObject, proxy: ProxyView): boolean {
  return httpRules(cluster, virtualService).some(({ rule }) => {
    const matches = listOf(rule.match);
    return matches.length === 0 || matches.some((written) => (
      isObject(written) && appliesTo(written, virtualService.namespace, proxy) && readMatch(cluster, written) !== undefined
    ));
  });
}
