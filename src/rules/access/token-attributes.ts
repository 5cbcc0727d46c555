import { isNegative, PolicyRule, valuesOf } from '../../cluster/policies';

/**
 * How a rule reads tokens: it requires something of one, or excludes callers with something. Undefined if it does not read tokens.
 *
 * @internal
 */
export function tokenUse(rule: PolicyRule): 'requires' | 'excludes' | undefined {
  return attributeUse(rule, ['requestPrincipals', 'notRequestPrincipals'], /^request\.auth\./);
}

/**
 * How a rule reads certificates of callers.
 *
 * @internal
 */
export function certificateUse(rule: PolicyRule): 'requires' | 'excludes' | undefined {
  return attributeUse(rule, CERTIFICATE_LISTS, /^source\.(namespace|principal|serviceAccount|trustDomain)$/);
}

const CERTIFICATE_LISTS = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains', 'notPrincipals', 'notNamespaces', 'notServiceAccounts', 'notTrustDomains'];

/** All sources must read the attribute, since a caller that matches another one does not need it. */
function attributeUse({ from, when }: PolicyRule, lists: readonly string[], key: RegExp): 'requires' | 'excludes' | undefined {
  const inWhen = when.filter((condition) => key.test(condition.key));
  const inFrom = from.map((source) => lists.filter((list) => valuesOf(source, list).length > 0));
  const requires = inWhen.some((condition) => valuesOf(condition, 'values').length > 0)
    || (inFrom.length > 0 && inFrom.every((used) => used.some((list) => !isNegative(list))));
  if (requires) return 'requires';
  return inWhen.length > 0 || (inFrom.length > 0 && inFrom.every((used) => used.length > 0)) ? 'excludes' : undefined;
}

/**
 * What a rule does if no caller has the attribute that it reads.
 *
 * @internal
 */
export function effectWithout(action: string, use: 'requires' | 'excludes'): string {
  if (action === 'DENY') return use === 'requires' ? 'the rule denies no request' : 'the rule denies every request that matches the rest of it';
  return use === 'requires' ? 'the rule allows no request' : 'the rule allows every request that matches the rest of it';
}
