import { backendKey } from './backends';
import { httpRules, isDelegate } from './delegates';
import { gatewayName } from './gateway-name';
import { ListenerHost, listenerHosts } from './listener-hosts';
import { knownVirtualServices, operatorVirtualServices } from './operator-virtual-services';
import { ANY_REQUEST, readMatch, MatchConditions } from './request-match';
import { isCatchAllPath } from '../../plan/conflicts/route-entry';
import { computeIfAbsent } from '../../plan/groups';
import { byText } from '../../plan/text-order';
import { Cluster } from '../cluster';
import { ClusterKind, ClusterObject } from '../cluster-object';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../json';
import { latestObjects } from '../latest-objects';

/**
 * A match of an HTTP rule, as Envoy tries it.
 *
 * @internal
 */
export interface RouteRule {
  /** The VirtualService that is bound to the listener. */
  readonly virtualService: ClusterObject;
  /** The object that holds the rule: the VirtualService, or a delegate of it. */
  readonly object: ClusterObject;
  /** The field of the match, or of the rule if it has none. */
  readonly field: FieldPath;
  /** The conditions. */
  readonly match: MatchConditions;
  /** Whether it matches all requests, so that Istio puts it after the rules of all other VirtualServices. */
  readonly isCatchAll: boolean;
  /** The HTTP rule. */
  readonly rule: JsonObject;
  /** Key of the backends that answer. */
  readonly backend: string;
}

/**
 * The rules for a host on a listener, in the order in which Envoy tries them.
 *
 * @internal
 */
export interface VirtualHost extends ListenerHost {
  /** Its rules. */
  readonly rules: readonly RouteRule[];
}

/**
 * The virtual hosts of all gateways. Istio merges VirtualServices on the same host, older ones first, and by name those that were
 * created in the same second. Objects that were not read from a cluster are ordered by name.
 *
 * @internal
 */
export function gatewayVirtualHosts(cluster: Cluster): readonly VirtualHost[] {
  return virtualHostsOf(cluster, knownVirtualServices(cluster));
}

/**
 * The virtual hosts of all gateways as they are if Seldon's operator writes its VirtualServices.
 *
 * @internal
 */
export function virtualHostsWithOperator(cluster: Cluster): readonly VirtualHost[] {
  return virtualHostsOf(cluster, [...latestObjects(cluster.all(ClusterKind.VIRTUAL_SERVICE)), ...cluster.derived(operatorVirtualServices)]);
}

function virtualHostsOf(cluster: Cluster, virtualServices: readonly ClusterObject[]): readonly VirtualHost[] {
  const hosts = new Map<string, { at: ListenerHost; rules: RouteRule[] }>();
  for (const virtualService of [...virtualServices].sort(byAge)) {
    if (isDelegate(virtualService)) continue;
    const compiled = new Map<string, RouteRule[]>();
    for (const at of listenerHosts(cluster, virtualService)) {
      const rules = computeIfAbsent(compiled, JSON.stringify([at.gateway, at.port]), () => rulesFor(cluster, virtualService, at.gateway, at.port));
      // Istio makes no virtual host for a VirtualService without a rule for the port.
      if (rules.length === 0) continue;
      computeIfAbsent(hosts, `${at.listener} ${at.host}`, () => ({ at, rules: [] as RouteRule[] })).rules.push(...rules);
    }
  }
  return [...hosts.values()].map(({ at, rules }) => ({ ...at, rules: catchAllsLast(rules) }));
}

/**
 * Whether Istio is known to try the rules of one VirtualService before those of another one.
 *
 * @internal
 */
export function isKnownOrder(a: ClusterObject, b: ClusterObject): boolean {
  return a.created !== undefined && b.created !== undefined;
}

/**
 * Compares VirtualServices by the order in which Istio uses them.
 *
 * @internal
 */
export function byAge(a: ClusterObject, b: ClusterObject): number {
  const age = isKnownOrder(a, b) ? a.created! - b.created! : 0;
  return age || byText(a.name, b.name) || byText(a.namespace, b.namespace);
}

function catchAllsLast(rules: readonly RouteRule[]): RouteRule[] {
  return [...rules.filter(({ isCatchAll }) => !isCatchAll), ...rules.filter(({ isCatchAll }) => isCatchAll)];
}

/**
 * The rules of a VirtualService for a gateway and a port, up to the first that matches all requests: Istio writes none after it.
 *
 * @param gateway The gateway, or undefined for sidecars.
 * @param port Number of the port; any if undefined.
 * @internal
 */
export function rulesFor(cluster: Cluster, virtualService: ClusterObject, gateway: string | undefined, port: number | undefined): RouteRule[] {
  return readRules(cluster, virtualService, (match) => appliesTo(match, virtualService.namespace, gateway, port));
}

/**
 * The rules of a VirtualService for all sidecars: after a rule for all requests of some callers, others have more rules.
 *
 * @param port Number of the port.
 * @internal
 */
export function sidecarRules(cluster: Cluster, virtualService: ClusterObject, port: number): RouteRule[] {
  return readRules(cluster, virtualService, (match) => appliesTo(match, virtualService.namespace, undefined, port), isForAllCallers);
}

function isForAllCallers(match: JsonObject): boolean {
  return Object.keys(objectOf(match.sourceLabels)).length === 0 && stringOf(match.sourceNamespace) === undefined;
}

/**
 * The rules of a VirtualService that apply on all gateways and ports and to all callers, up to the first that matches all requests.
 *
 * @internal
 */
export function rulesForAll(cluster: Cluster, virtualService: ClusterObject): RouteRule[] {
  return readRules(cluster, virtualService, (match) => LISTENER_CONDITIONS.every((name) => match[name] === undefined));
}

/** Conditions of a match on where a request arrives, and from whom. */
const LISTENER_CONDITIONS: readonly string[] = ['gateways', 'port', 'sourceLabels', 'sourceNamespace'];

function readRules(
  cluster: Cluster, virtualService: ClusterObject, applies: (match: JsonObject) => boolean, isForAll: (match: JsonObject) => boolean = () => true,
): RouteRule[] {
  const rules: RouteRule[] = [];
  for (const { object, field, rule } of httpRules(cluster, virtualService)) {
    const base = { virtualService, object, rule, backend: backendKey(cluster, object.namespace, rule) };
    const matches = listOf(rule.match);
    if (matches.length === 0) {
      rules.push({ ...base, field, match: ANY_REQUEST, isCatchAll: true });
      return rules;
    }
    for (const [i, written] of matches.entries()) {
      if (!isObject(written) || !applies(written)) continue;
      const match = readMatch(cluster, written);
      if (match === undefined) continue;
      const isCatchAll = isCatchAllMatch(match);
      rules.push({ ...base, field: [...field, 'match', i], match, isCatchAll });
      if (isCatchAll && isForAll(written)) return rules;
    }
  }
  return rules;
}

function appliesTo(match: JsonObject, namespace: string, gateway: string | undefined, port: number | undefined): boolean {
  const wanted = numberOf(match.port);
  if (wanted !== undefined && port !== undefined && wanted !== port) return false;
  const gateways = stringsOf(match.gateways);
  if (gateways.length > 0) return gateways.some((name) => gatewayName(name, namespace) === (gateway ?? 'mesh'));
  // The labels of a gateway's pods are compared with these, and the pods are not among the objects.
  return gateway === undefined || (!isObject(match.sourceLabels) && stringOf(match.sourceNamespace) === undefined);
}

/** Conditions on the gateway, the port and the caller make no difference. */
function isCatchAllMatch({ path, method, scheme, authority, headers, withoutHeaders, queryParams }: MatchConditions): boolean {
  return (path === undefined || isCatchAllPath(path))
    && method === undefined && scheme === undefined && authority === undefined
    && headers.size + withoutHeaders.size + queryParams.size === 0;
}
