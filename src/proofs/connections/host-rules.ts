import { ComparedHost, forwardsConnections, HostSide, rulesAt } from './compared-host';
import { addressesIn, authorityOf, guardOf } from './host-guard';
import { guardedRules } from '../policies/guarded-rules';
import { issuerField } from '../requests/field';
import { Rule } from '../rules/rule';

/**
 * The rules of a host on one or two sides, together with the policies of its gateway.
 *
 * @internal
 */
export interface HostRules {
  /** The rules of each side. */
  readonly lists: readonly (readonly Rule[])[];
  /** Whether the order of all rules is known. */
  readonly isOrdered: boolean;
  /** Why the policies are not among the rules, as a clause; undefined if they are. */
  readonly unguarded: string | undefined;
  /** Whether the policies that are not among the rules are the same on all sides. */
  readonly haveSamePolicies: boolean;
}

/**
 * Reads the rules of a host.
 *
 * @internal
 */
export function hostRules(compared: ComparedHost, sides: readonly HostSide[]): HostRules {
  const authority = authorityOf(compared, sides);
  const isOrdered = sides.every(({ found }) => found?.virtualHost.isOrdered ?? true);
  const plain = sides.map((side) => rulesAt(side, compared, authority, isOrdered));
  const guards = sides.map(guardOf);
  const addresses = addressesIn(guards);
  const guarded = sides.map((side, i) => {
    const { policies } = guards[i];
    if (policies === undefined) return { undecided: 'the pods of the gateway have different policies' };
    if (policies.length === 0 || side.entry === undefined || !side.isRouted) return plain[i];
    const { tls } = side.entry;
    return guardedRules(plain[i], policies, {
      port: side.entry.port,
      hasCertificate: tls?.certificate !== undefined,
      serverName: tls?.serverName?.toLowerCase() ?? '',
      authority,
      hasTokens: side.tokens.length > 0,
      issuer: issuerField(side.tokens.map(({ issuer }) => issuer)),
      addresses,
    });
  });
  const unguarded = guarded.find((each) => 'undecided' in each) as { readonly undecided: string } | undefined;
  const needsSame = unguarded !== undefined || sides.some((side) => forwardsConnections(side, compared));
  // Where nothing listens there is nothing to guard.
  const haveSamePolicies = sides.some(({ entry }) => entry === undefined)
    || (isSame(guards.map(({ authentication, custom }) => authentication + custom))
      && (!needsSame || isSame(guards.map(({ authorization }) => authorization))));
  return { lists: unguarded === undefined ? guarded as (readonly Rule[])[] : plain, isOrdered, unguarded: unguarded?.undecided, haveSamePolicies };
}

function isSame(keys: readonly string[]): boolean {
  return new Set(keys).size < 2;
}
