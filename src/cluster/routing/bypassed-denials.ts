import { core2Namespace } from './core2-routes';
import { exampleRequests, requestMatches, RouteIndex } from './example-requests';
import { gatewayVirtualHosts, RouteRule, VirtualHost } from './virtual-hosts';
import { MODEL_HEADER } from '../../plan/core2-service';
import { computeIfAbsent, groupBy } from '../../plan/groups';
import { hostCovers } from '../../plan/hosts';
import { Cluster } from '../cluster';
import { nameIn } from '../cluster-object';
import { isObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../json';
import { AuthorizationPolicyView, headerOf, PolicyRule, valuesOf } from '../policies';
import { PolicyCaller, PolicyDecisions, PolicyRequest } from '../policy-decision';
import { policiesAtGateways } from '../policy-pods';

/**
 * A request that reaches a model of Seldon Core 2 whose requests a policy denies to the same caller.
 *
 * @internal
 */
export interface BypassedDenial {
  /** The policy that denies the model. */
  readonly policy: AuthorizationPolicyView;
  /** The rule of the policy that denies it. */
  readonly rule: PolicyRule;
  /** The name of the model. */
  readonly model: string;
  /** A request that is denied. */
  readonly denied: PolicyRequest;
  /** A request that reaches the model all the same. */
  readonly request: PolicyRequest;
  /** The rule of a VirtualService that answers it. */
  readonly route: RouteRule;
  /** Whether the client names the model in a header. */
  readonly byHeader: boolean;
  /** Whether the two requests are for different hosts of the gateway. */
  readonly otherHost: boolean;
}

/** A destination of a rule that is Seldon's Service. */
interface Destination {
  readonly virtualHost: VirtualHost;
  readonly route: RouteRule;
  /** Namespace of the runtime. */
  readonly namespace: string;
  /** The model that the rule selects; undefined if the client does. */
  readonly model: string | undefined;
}

/** A model that a policy denies to a caller. */
interface DeniedModel extends Pick<BypassedDenial, 'policy' | 'rule' | 'model' | 'denied'> {
  readonly virtualHost: VirtualHost;
  readonly route: RouteRule;
  readonly namespace: string;
}

const CALLERS: readonly PolicyCaller[] = ['anonymous', 'token'];

/** More hosts than these are not tried at a wildcard. */
const MAX_HOSTS = 20;

/** More routes than these by which clients select the model are not tried. */
const MAX_OPEN = 50;

/**
 * Requests that bypass policies at gateways, at most one for each policy and model.
 *
 * @internal
 */
export function bypassedDenials(cluster: Cluster): readonly BypassedDenial[] {
  const byGateway = groupBy(cluster.derived(gatewayVirtualHosts), ({ gateway }) => gateway);
  return [...byGateway].flatMap(([gateway, virtualHosts]) => {
    const policies = cluster.derived(policiesAtGateways).get(gateway) ?? [];
    return policies.some(({ action }) => action === 'DENY') ? new GatewayDenials(cluster, policies, virtualHosts).bypassed() : [];
  });
}

/** The policies and the routes of a gateway. */
class GatewayDenials {
  private readonly indexes = new Map<VirtualHost, RouteIndex>();
  private readonly decisions: PolicyDecisions;
  private readonly hosts: readonly string[];
  /** Destinations where the client selects the model. */
  private readonly open: readonly Destination[];
  /** The other ones. */
  private readonly closed: readonly Destination[];

  constructor(cluster: Cluster, private readonly policies: readonly AuthorizationPolicyView[], virtualHosts: readonly VirtualHost[]) {
    this.decisions = new PolicyDecisions(policies);
    this.hosts = listedHosts(policies);
    const destinations = virtualHosts.flatMap((virtualHost) => virtualHost.rules.flatMap((route) => (
      destinationsOf(cluster, route).map(({ namespace, model }): Destination => ({ namespace, model, virtualHost, route })))));
    this.open = destinations.filter(({ model }) => model === undefined).slice(0, MAX_OPEN);
    this.closed = destinations.filter(({ model }) => model !== undefined);
  }

  public bypassed(): BypassedDenial[] {
    const closed = groupBy(this.closed, ({ namespace, model }) => nameIn(namespace, model!));
    const found = new Map<string, BypassedDenial>();
    for (const denied of this.deniedModels()) {
      const { policy: { object }, namespace, model } = denied;
      const key = JSON.stringify([object.namespace, object.name, namespace, model]);
      if (found.has(key)) continue;
      const open = this.open.filter((each) => each.namespace === namespace);
      const bypass = this.findWay(denied, [...open, ...closed.get(nameIn(namespace, model)) ?? []]);
      if (bypass !== undefined) found.set(key, bypass);
    }
    return [...found.values()];
  }

  /** The models that policies deny: those of routes that select one, and those that a denied path names where the client selects it. */
  private *deniedModels(): Iterable<DeniedModel> {
    for (const destination of this.closed) yield* this.deniedAt(destination, destination.model!, this.requestsFor(destination, NO_HEADERS));
    if (this.open.length === 0) return;
    for (const model of namedModels(this.policies)) {
      const header = new Map([[MODEL_HEADER, model]]);
      for (const destination of this.open) {
        const requests = this.requestsFor(destination, header).map((request) => ({ ...request, path: `/v2/models/${model}/infer` }));
        yield* this.deniedAt(destination, model, requests.filter((request) => requestMatches(destination.route.match, request)));
      }
    }
  }

  private *deniedAt({ virtualHost, route, namespace }: Destination, model: string, requests: readonly PolicyRequest[]): Iterable<DeniedModel> {
    for (const denied of requests) {
      const decision = this.decisions.decide(denied);
      if (decision?.allowed !== false || decision.policy === undefined || decision.rule === undefined) continue;
      if (isAboutRequests(decision.rule)) yield { policy: decision.policy, rule: decision.rule, model, namespace, denied, virtualHost, route };
    }
  }

  private findWay(example: DeniedModel, ways: readonly Destination[]): BypassedDenial | undefined {
    const { policy, rule, model, denied, virtualHost } = example;
    let onOtherHost: BypassedDenial | undefined;
    for (const way of ways) {
      const otherHost = way.virtualHost.host !== virtualHost.host;
      if (otherHost && onOtherHost !== undefined) continue;
      const request = this.requestsFor(way, way.model === undefined ? new Map([[MODEL_HEADER, model]]) : NO_HEADERS).find((each) => (
        each.caller === denied.caller && this.decisions.decide(each)?.allowed === true
          && this.indexOf(way.virtualHost).isAnswer(way.route, each) && this.indexOf(virtualHost).isAnswer(example.route, denied)));
      if (request === undefined) continue;
      const found = { policy, rule, model, denied, request, route: way.route, byHeader: request.headers.has(MODEL_HEADER), otherHost };
      if (!otherHost) return found;
      onOtherHost = found;
    }
    return onOtherHost;
  }

  private indexOf(virtualHost: VirtualHost): RouteIndex {
    return computeIfAbsent(this.indexes, virtualHost, () => new RouteIndex(virtualHost));
  }

  private requestsFor({ route, virtualHost }: Destination, headers: ReadonlyMap<string, string>): PolicyRequest[] {
    return this.hostsOf(virtualHost.host).flatMap((host) => exampleRequests(route.match, host, headers))
      .flatMap((request) => CALLERS.map((caller) => ({ ...request, caller })));
  }

  /** Hosts that a pattern matches: those that policies list, and any other one. */
  private hostsOf(pattern: string): string[] {
    if (!pattern.startsWith('*')) return [pattern];
    const listed = this.hosts.filter((host) => hostCovers(pattern, host)).slice(0, MAX_HOSTS);
    return [...listed, pattern === '*' ? 'other.example.com' : `other${pattern.slice(1)}`];
  }
}

/** Models that the paths of policies name. */
function namedModels(policies: readonly AuthorizationPolicyView[]): ReadonlySet<string> {
  const operations = policies.filter(({ action }) => action === 'DENY').flatMap(({ rules }) => rules.flatMap(({ to }) => to));
  return new Set(operations.flatMap((operation) => valuesOf(operation, 'paths')).flatMap((path) => /^\/v2\/models\/([^/*{}]+)(\/|$)/.exec(path)?.[1] ?? []));
}

const NO_HEADERS: ReadonlyMap<string, string> = new Map();

function listedHosts(policies: readonly AuthorizationPolicyView[]): string[] {
  const hosts = new Set<string>();
  for (const { rules } of policies) {
    for (const { to } of rules) for (const operation of to) for (const host of valuesOf(operation, 'hosts')) if (!/[*:]/.test(host)) hosts.add(host.toLowerCase());
  }
  return [...hosts];
}

/** Whether a rule denies some requests only, by what they ask for. */
function isAboutRequests({ to, when }: PolicyRule): boolean {
  return to.some((operation) => valuesOf(operation, 'paths').length > 0)
    || when.some((condition) => headerOf(condition) === MODEL_HEADER && valuesOf(condition, 'values').length > 0);
}

/** The destinations of a rule that are Seldon's Service and get requests. */
function destinationsOf(cluster: Cluster, { object, rule }: RouteRule): Pick<Destination, 'namespace' | 'model'>[] {
  const routes = listOf(rule.route).filter(isObject);
  return routes.filter((route) => routes.length === 1 || (numberOf(route.weight) ?? 0) > 0).flatMap((route): Pick<Destination, 'namespace' | 'model'>[] => {
    const namespace = core2Namespace(cluster, stringOf(objectOf(route.destination).host), object.namespace);
    if (namespace === undefined) return [];
    const headers = [route, rule].map((holder) => objectOf(objectOf(holder.headers).request));
    const model = headers.flatMap(({ set }) => Object.entries(objectOf(set))).find(([name]) => name.toLowerCase() === MODEL_HEADER)?.[1];
    if (typeof model === 'string') return [{ namespace, model }];
    const isRemoved = headers.some(({ remove }) => stringsOf(remove).some((name) => name.toLowerCase() === MODEL_HEADER));
    return isRemoved || model !== undefined ? [] : [{ namespace, model: undefined }];
  });
}
