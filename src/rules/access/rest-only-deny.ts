import { policyExample } from './access-example';
import { certificateUse, tokenUse } from './token-attributes';
import { Cluster } from '../../cluster/cluster';
import { nameIn } from '../../cluster/cluster-object';
import { AuthorizationPolicyView, enforcedPolicies, headerOf, PolicyRule, valuesOf } from '../../cluster/policies';
import { gatewaysOfPolicies } from '../../cluster/policy-pods';
import { valueMatches } from '../../cluster/policy-values';
import { gatewayVirtualHosts } from '../../cluster/routing/virtual-hosts';
import { show } from '../../plan/checks/errors';
import { MODEL_HEADER } from '../../plan/core2-service';
import { Level, Problem, Rule } from '../rule';

const GRPC_SERVICE = '/inference.GRPCInferenceService/';

const denies = (more: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: [/v2/models/fraud, /v2/models/fraud/*] } }]
      from: [{ source: { notRequestPrincipals: ["*"] } }]${more}`);

/** A policy that denies the REST path of a model and no gRPC call. */
export const restOnlyDeny: Rule = {
  id: 'rest-only-deny',
  level: Level.INFO,
  title: 'A policy denies the REST path of a model and no gRPC call',
  page: {
    explanation: `
The path of a gRPC call names the service and the method, not the model. A policy that denies only paths below \`/v2\` leaves gRPC calls to
the same model open, if a route for them exists. The finding is reported only if no route at the gateway of the policy is known. Where
routes are known, \`path-only-deny\` shows a request that gets through. At synthesis it is an error for an \`AuthorizationPolicy\` of this
library, whatever routes are known.`,
    wrong: denies(''),
    right: denies(`
    - when: [{ key: "request.headers[seldon-model]", values: [fraud] }]
      from: [{ source: { notRequestPrincipals: ["*"] } }]`),
  },
  check: (cluster: Cluster) => cluster.derived(enforcedPolicies).flatMap((policy) => problemsOf(cluster, policy)),
};

function problemsOf(cluster: Cluster, { object, action, rules }: AuthorizationPolicyView): Problem[] {
  const { isTyped = false, isDerived = false } = object.origin.facts ?? {};
  if (action !== 'DENY' || isDerived) return [];
  const aboutCallers = rules.filter(isAboutCallers);
  const restPaths = isTyped ? /^\/v2(\/|\*|$)/ : /^\/v2\/models(\/|\*|$)/;
  const rest = aboutCallers.find(({ to }) => to.some((operation) => valuesOf(operation, 'paths').some((path) => restPaths.test(path))));
  if (rest === undefined || aboutCallers.some(mayDenyGrpc) || (!isTyped && hasKnownRoutes(cluster, object))) return [];
  const paths = rest.to.flatMap((operation) => valuesOf(operation, 'paths'));
  return [{
    object,
    field: rest.field,
    typedLevel: Level.ERROR,
    problem: `the policy denies ${paths.map(show).join(', ')} and no gRPC call, whose path does not contain the model`,
    remedy: `deny gRPC calls by the header ${MODEL_HEADER} as well, if the gateway routes any`,
  }];
}

function isAboutCallers(rule: PolicyRule): boolean {
  return rule.from.length > 0 || tokenUse(rule) !== undefined || certificateUse(rule) !== undefined;
}

/** By its path, by a header, or as any request. */
function mayDenyGrpc({ to, when }: PolicyRule): boolean {
  const headers = when.flatMap((condition) => headerOf(condition) ?? []);
  if (to.length === 0) return headers.length === 0 || headers.includes(MODEL_HEADER);
  return to.some((operation) => {
    const paths = valuesOf(operation, 'paths');
    return paths.length === 0 || paths.some((path) => path.includes('{') || path.startsWith(GRPC_SERVICE) || valueMatches(path, `${GRPC_SERVICE}ModelInfer`));
  });
}

function hasKnownRoutes(cluster: Cluster, object: AuthorizationPolicyView['object']): boolean {
  const routed = cluster.derived(routedGateways);
  return (cluster.derived(gatewaysOfPolicies).get(object) ?? []).some(({ namespace, name }) => routed.has(nameIn(namespace, name)));
}

function routedGateways(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.derived(gatewayVirtualHosts).map(({ gateway }) => gateway));
}
