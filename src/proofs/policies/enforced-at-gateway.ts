import { AcceptedTokens, acceptedTokens } from './accepted-tokens';
import { PoliciesInForce } from '../../answers/access/access-policies';
import { issuerRules } from '../../answers/access/token-rules';
import { findGateway } from '../../answers/gateways/gateway-pods';
import { Resolver } from '../../answers/resolver';
import { ClusterObject } from '../../cluster/cluster-object';
import { ProxyFilters, ProxyPart } from '../../cluster/proxy-filters';

/**
 * What the pods of a gateway enforce.
 *
 * @internal
 */
export interface EnforcedAtGateway {
  /** The policies, once for each kind of its pods. */
  readonly kinds: readonly PoliciesInForce[];
  /** The tokens that they accept. */
  readonly tokens: readonly AcceptedTokens[];
  /** EnvoyFilters and others whose effect their manifests do not tell. */
  readonly filters: readonly ClusterObject[];
}

const NOTHING: EnforcedAtGateway = { kinds: [], tokens: [], filters: [] };

/**
 * Reads what a gateway enforces.
 *
 * @param name The Gateway as `namespace/name`; undefined if nothing listens.
 * @internal
 */
export function enforcedAtGateway({ cluster, policies }: Resolver, filters: ProxyFilters, name: string | undefined): EnforcedAtGateway {
  if (name === undefined) return NOTHING;
  const gateway = findGateway(cluster, name);
  // The labels of its pods are not known.
  if (gateway === undefined) return { ...NOTHING, filters: filters.at({ namespace: name.split('/')[0], labels: {} }, ProxyPart.GATEWAY) };
  const kinds = policies.policiesAtGateway(gateway);
  return { kinds, tokens: acceptedTokens(issuerRules(kinds.flatMap(({ authentication }) => authentication))), filters: filters.atGateway(gateway) };
}
