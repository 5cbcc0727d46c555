import { BEARER, IssuerRule, issuerRules } from './token-rules';
import { Cluster } from '../../cluster/cluster';
import { requestAuthentications } from '../../cluster/policies';
import { Token } from '../request';

/**
 * A token whose claims are declared, at a place where a RequestAuthentication looks for tokens of its issuer: after `Bearer ` where one does.
 *
 * @internal
 */
export function placedToken(cluster: Cluster, token: Token): Token {
  const rules = rulesFor(cluster, token);
  const locations = rules.flatMap((rule) => rule.locations);
  if (token.location !== undefined || locations.length === 0) return token;
  const isUsual = locations.some(({ kind, name, prefix }) => kind === BEARER.kind && name === BEARER.name && prefix === BEARER.prefix);
  return isUsual ? token : { ...token, location: locations[0] };
}

/**
 * Whether a RequestAuthentication has a rule for the issuer of a token.
 *
 * @internal
 */
export function isIssuerKnown(cluster: Cluster, token: Token): boolean {
  return rulesFor(cluster, token).length > 0;
}

function rulesFor(cluster: Cluster, { claims: { iss } }: Token): readonly IssuerRule[] {
  return cluster.derived(allRules).filter(({ issuer }) => issuer === undefined || issuer === iss);
}

function allRules(cluster: Cluster): readonly IssuerRule[] {
  return issuerRules(cluster.derived(requestAuthentications));
}
