import { GATEWAY_EXAMPLE, loginExample, policyExample } from './access-example';
import { effectWithout, tokenUse } from './token-attributes';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject, nameIn } from '../../cluster/cluster-object';
import { isObject, listOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { AuthorizationPolicyView, enforcedPolicies, RequestAuthenticationView, requestAuthentications } from '../../cluster/policies';
import { gatewayPods, gatewaysOfPolicies, hasLabels, PoliciesByPods } from '../../cluster/policy-pods';
import { Coverage, coverageOf, PoliciesByLabels } from '../../cluster/policy-targets';
import { gatewayName } from '../../cluster/routing/gateway-name';
import { computeIfAbsent, groupBy } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - route: [{ destination: { host: iris, port: { number: 80 } } }]
`;
const POLICY = policyExample(`  action: ALLOW
  rules:
    - when: [{ key: "request.auth.claims[groups]", values: [risk] }]`, { namespace: 'models', labels: '{ app: iris }' });
const WORKLOAD_LOGIN = loginExample({ name: 'workload-login', namespace: 'models', labels: '{ app: iris }' });

/** A token that a gateway validates and removes, where a workload needs it again. */
export const tokenNotForwarded: Rule = {
  id: 'token-not-forwarded',
  level: Level.WARNING,
  title: 'A gateway removes the token that a workload needs',
  page: {
    explanation: `
A gateway that validates a token removes it from the request, unless \`forwardOriginalToken\` is set. A policy of the workload behind it that
reads claims then sees a request without a token.`,
    wrong: [GATEWAY_EXAMPLE, loginExample({ forwards: false }), WORKLOAD_LOGIN, ROUTE, POLICY].join('---\n'),
    right: [GATEWAY_EXAMPLE, loginExample(), WORKLOAD_LOGIN, ROUTE, POLICY].join('---\n'),
  },
  check: function* (cluster: Cluster): Iterable<Problem> {
    for (const policy of cluster.derived(enforcedPolicies)) {
      const { object, target, action, rules } = policy;
      const rule = action === 'ALLOW' || action === 'DENY' ? rules.find((each) => tokenUse(each) !== undefined) : undefined;
      if (rule === undefined || cluster.derived(gatewaysOfPolicies).has(object) || target.namespace === cluster.rootNamespace) continue;
      for (const { authentication, index, gateway, route } of removedTokens(cluster, policy)) {
        yield {
          object,
          field: rule.field,
          related: [{ object: authentication.object, field: authentication.rules[index].field }, { object: gateway }, { object: route }],
          problem: `requests through ${gateway} and ${route} arrive without the token, which ${authentication.object} does not forward, and ${effectWithout(action, tokenUse(rule)!)}`,
          remedy: `set forwardOriginalToken: true in ${authentication.object}`,
        };
      }
    }
  },
};

interface RemovedToken {
  readonly authentication: RequestAuthenticationView;
  readonly index: number;
  readonly gateway: ClusterObject;
  readonly route: ClusterObject;
}

/** The first gateway that routes to the namespace of a policy and removes tokens of an issuer that its pods accept. */
function removedTokens(cluster: Cluster, { target }: AuthorizationPolicyView): RemovedToken[] {
  const own = [...cluster.derived(authenticationsByNamespace).get(target.namespace)?.covering(target) ?? []]
    .filter((each) => coverageOf(each.target, target, cluster.rootNamespace) === Coverage.ALL);
  const issuers = new Set(own.flatMap(({ rules }) => rules.flatMap(({ issuer }) => issuer ?? [])));
  if (issuers.size === 0) return [];
  for (const { gateway, route } of cluster.derived(routesIntoNamespaces).get(target.namespace) ?? []) {
    for (const authentication of cluster.derived(authenticationsAtGateways).get(nameIn(gateway.namespace, gateway.name)) ?? []) {
      const index = authentication.rules.findIndex(({ issuer, forwards }) => !forwards && issuer !== undefined && issuers.has(issuer));
      if (index >= 0 && !own.includes(authentication)) return [{ authentication, index, gateway, route }];
    }
  }
  return [];
}

function authenticationsByNamespace(cluster: Cluster): ReadonlyMap<string, PoliciesByLabels<RequestAuthenticationView>> {
  const groups = groupBy(cluster.derived(requestAuthentications), ({ target }) => target.namespace);
  return new Map([...groups].map(([namespace, own]) => [namespace, new PoliciesByLabels(own)]));
}

function authenticationsAtGateways(cluster: Cluster): ReadonlyMap<string, readonly RequestAuthenticationView[]> {
  const index = new PoliciesByPods(cluster.derived(requestAuthentications).filter(({ target }) => hasLabels(target)), cluster.rootNamespace);
  return new Map(cluster.all(ClusterKind.GATEWAY).map((gateway) => [
    nameIn(gateway.namespace, gateway.name), gatewayPods(cluster, gateway).flatMap((pods) => index.find(pods)),
  ]));
}

/** For each namespace, the Gateways with a route to one of its Services, with the first such route. */
function routesIntoNamespaces(cluster: Cluster): ReadonlyMap<string, readonly { readonly gateway: ClusterObject; readonly route: ClusterObject }[]> {
  const found = new Map<string, Map<string, { gateway: ClusterObject; route: ClusterObject }>>();
  for (const route of cluster.all(ClusterKind.VIRTUAL_SERVICE)) {
    const gateways = stringsOf(route.spec.gateways).map((name) => gatewayName(name, route.namespace)).filter((name) => name !== 'mesh');
    if (gateways.length === 0) continue;
    const destinations = listOf(route.spec.http).filter(isObject).flatMap((rule) => listOf(rule.route))
      .map((each) => objectOf(objectOf(each).destination));
    const hosts = destinations.flatMap(({ host }) => stringOf(host) ?? []).map((host) => cluster.fullHost(host, route.namespace).split('.'));
    const namespaces = new Set(hosts.filter(([, , svc]) => svc === 'svc').map(([, namespace]) => namespace));
    for (const name of gateways) {
      const slash = name.indexOf('/');
      const gateway = cluster.find(ClusterKind.GATEWAY, name.slice(0, slash), name.slice(slash + 1));
      if (gateway === undefined) continue;
      for (const namespace of namespaces) computeIfAbsent(computeIfAbsent(found, namespace, () => new Map()), name, () => ({ gateway, route }));
    }
  }
  return new Map([...found].map(([namespace, routes]) => [namespace, [...routes.values()]]));
}
