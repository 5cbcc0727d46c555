import { IConstruct } from 'constructs';
import { isIpAddress } from '../../plan/checks/checks';
import { invalid } from '../../plan/checks/errors';

type At = IConstruct | string;

/**
 * Rejects values that are both required and excluded, since no request would match.
 *
 * @internal
 */
export function checkNoContradiction(
  at: At, what: string, name: string, values: readonly unknown[] | undefined, notValues: readonly unknown[] | undefined,
): void {
  if (values === undefined || notValues === undefined) return;
  if (values.every((value) => notValues.includes(value)) || notValues.includes('*')) {
    throw invalid(at, `${what} requires ${name} and excludes all of them`, 'leave one of the two out, since no request could match');
  }
}

/**
 * Istio compares a string as a whole, or by its prefix or suffix.
 *
 * @internal
 */
export function checkWildcard(at: At, what: string, value: string): void {
  const inner = value.replace(/^\*|\*$/, '');
  if (inner.includes('*')) throw invalid(at, what, 'expected at most one "*", at the start or the end, since Istio reads it as a literal character in other positions');
}

/** @internal */
export function checkAddresses(at: At, what: string, value: string): void {
  const [address, bits, ...rest] = value.split('/');
  const maxBits = address.includes(':') ? 128 : 32;
  if (!isIpAddress(address) || rest.length > 0 || (bits !== undefined && (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > maxBits))) {
    throw invalid(at, what, 'expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"');
  }
}

const MAX_ACCOUNTS = 16;
const MAX_ACCOUNT = 320;

/** @internal */
export function checkAccount(at: At, what: string, value: string): void {
  if (value.includes('*') || !/^([^/]+\/)?[^/]+$/.test(value) || value.length > MAX_ACCOUNT) {
    throw invalid(at, what, `expected "<service account>" or "<namespace>/<service account>", without "*", of at most ${MAX_ACCOUNT} characters`);
  }
}

/** @internal */
export function checkAccountCount(at: At, what: string, accounts: readonly string[]): void {
  if (accounts.length > MAX_ACCOUNTS) throw invalid(at, `${accounts.length} ${what}`, `Istio accepts at most ${MAX_ACCOUNTS}`);
}
