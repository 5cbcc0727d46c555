import { policyExample } from './access-example';
import { certificateUse, effectWithout } from './token-attributes';
import { Cluster } from '../../cluster/cluster';
import { AuthorizationPolicyView, enforcedPolicies, PeerAuthenticationView, peerAuthentications, PolicyTarget } from '../../cluster/policies';
import { gatewaysOfPolicies, hasLabels } from '../../cluster/policy-pods';
import { Coverage, coverageOf, PoliciesByLabels, showTarget } from '../../cluster/policy-targets';
import { groupBy } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

const peers = (mode: string) => `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: models }
spec:
  mtls: { mode: ${mode} }
`;
const POLICY = policyExample('  action: ALLOW\n  rules:\n    - from: [{ source: { namespaces: [jobs] } }]', { namespace: 'models', labels: '{ app: iris }' });

/** A policy on service accounts where callers use no mutual TLS. */
export const principalsWithoutMtls: Rule = {
  id: 'principals-without-mtls',
  level: Level.ERROR,
  title: 'A policy asks for service accounts where mutual TLS is off',
  codes: ['KIA0105'],
  page: {
    explanation: `
Principals, service accounts and namespaces of a caller come from its certificate. Where a PeerAuthentication disables mutual TLS, no caller
has one. Where it is permissive, callers without a sidecar have none, so they bypass rules that deny a namespace or allow all others. That
is a warning.`,
    wrong: [peers('DISABLE'), POLICY].join('---\n'),
    right: [peers('STRICT'), POLICY].join('---\n'),
  },
  check: (cluster: Cluster) => cluster.derived(enforcedPolicies).flatMap((policy) => problemsOf(cluster, policy)),
};

function problemsOf(cluster: Cluster, { object, target, action, rules }: AuthorizationPolicyView): Problem[] {
  if ((action !== 'ALLOW' && action !== 'DENY') || target.refs.length > 0 || target.namespace === cluster.rootNamespace) return [];
  const used = rules.filter((rule) => certificateUse(rule) !== undefined);
  if (used.length === 0 || cluster.derived(gatewaysOfPolicies).has(object)) return [];
  const peer = peerAuthenticationOf(cluster, target);
  if (peer === undefined) return [];
  const pods = showTarget(target, cluster.rootNamespace);
  const base = { object, related: [{ object: peer.object }] };
  if (peer.mode === 'DISABLE') {
    const use = certificateUse(used[0])!;
    return [{
      ...base,
      field: used[0].field,
      problem: `${peer.object} disables mutual TLS for ${pods}, so no caller has a certificate and ${effectWithout(action, use)}`,
      remedy: 'set mode: STRICT there, or identify callers by their tokens',
    }];
  }
  // Callers without a certificate are neither denied by a rule that names some callers nor excluded by one that allows all others.
  const lax = peer.mode === 'PERMISSIVE' ? used.find((rule) => certificateUse(rule) === (action === 'DENY' ? 'requires' : 'excludes')) : undefined;
  return lax === undefined ? [] : [{
    ...base,
    field: lax.field,
    level: Level.WARNING,
    problem: `${peer.object} lets callers without a sidecar reach ${pods}, and the rule ${action === 'DENY' ? 'does not deny' : 'allows'} them, `
      + 'since they have no certificate',
    remedy: 'set mode: STRICT there',
  }];
}

/** The most specific PeerAuthentication for all pods of a policy; undefined if some may have another one, or single ports do. */
function peerAuthenticationOf(cluster: Cluster, target: PolicyTarget): PeerAuthenticationView | undefined {
  const [only, isOnly] = peerOfPods(cluster, target);
  if (only !== undefined) {
    const isCertain = isOnly && !only.hasPorts && only.mode !== undefined;
    return isCertain && coverageOf(only.target, target, cluster.rootNamespace) === Coverage.ALL ? only : undefined;
  }
  const byNamespace = cluster.derived(generalPeers);
  const general = (namespace: string) => (byNamespace.get(namespace) ?? []).filter(({ mode }) => mode !== undefined);
  const ofNamespace = general(target.namespace);
  const found = ofNamespace.length > 0 ? ofNamespace : general(cluster.rootNamespace);
  return found.length === 1 ? found[0] : undefined;
}

/** The first PeerAuthentication with labels for some pods of a policy, and whether there is no other one. */
function peerOfPods(cluster: Cluster, target: PolicyTarget): readonly [PeerAuthenticationView | undefined, boolean] {
  let first: PeerAuthenticationView | undefined;
  for (const peer of cluster.derived(peersOfPods).get(target.namespace)?.near(target) ?? []) {
    if (coverageOf(peer.target, target, cluster.rootNamespace) === Coverage.NONE) continue;
    if (first !== undefined) return [first, false];
    first = peer;
  }
  return [first, true];
}

function peersOfPods(cluster: Cluster): ReadonlyMap<string, PoliciesByLabels<PeerAuthenticationView>> {
  const withLabels = cluster.derived(peerAuthentications).filter(({ target }) => hasLabels(target));
  return new Map([...groupBy(withLabels, ({ target }) => target.namespace)].map(([namespace, own]) => [namespace, new PoliciesByLabels(own)]));
}

/** Those for all pods of a namespace. */
function generalPeers(cluster: Cluster): ReadonlyMap<string, readonly PeerAuthenticationView[]> {
  return groupBy(cluster.derived(peerAuthentications).filter(({ target }) => !hasLabels(target)), ({ target }) => target.namespace);
}
