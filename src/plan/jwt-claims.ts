import { IConstruct } from 'constructs';
import { invalid, show } from './checks/errors';

/**
 * The prefix of a header match that matches a verified claim of a token at gateways of Istio.
 *
 * @see https://istio.io/latest/docs/tasks/security/authentication/jwt-route/
 */
const CLAIM_PREFIX = '@request.auth.claims';

/**
 * The key of a match of a claim. Brackets allow dots in names, such as those of claims that are URLs.
 *
 * @internal
 */
export function claimKey(names: readonly string[]): string {
  return names.some((name) => name.includes('.')) ? `${CLAIM_PREFIX}${names.map((name) => `[${name}]`).join('')}` : `${CLAIM_PREFIX}.${names.join('.')}`;
}

/**
 * Whether a match is for a claim, not for a header.
 *
 * @internal
 */
export function isClaimKey(name: string): boolean {
  return name.toLowerCase().startsWith(CLAIM_PREFIX);
}

/**
 * Checks the name of a claim that is matched.
 *
 * @internal
 */
export function checkClaimName(at: IConstruct | string, name: string): void {
  if (typeof name !== 'string' || name === '' || /[[\]\s]|\p{Cc}/u.test(name)) {
    throw invalid(at, `claim ${show(name)}`, 'expected a name without spaces or square brackets, such as "groups"');
  }
}

/**
 * Checks the key of a match of a claim.
 *
 * @internal
 */
export function checkClaimKey(at: IConstruct, key: string): void {
  const names = key.slice(CLAIM_PREFIX.length);
  if (key.startsWith(CLAIM_PREFIX) && /^(\.[^.[\]\s]+)+$|^(\[[^[\]\s]+\])+$/.test(names)) return;
  throw invalid(at, `match of ${show(key)}`, `expected ${CLAIM_PREFIX}.groups, or ${CLAIM_PREFIX}[groups]; CallerMatch.claim("groups", …) writes it`);
}
