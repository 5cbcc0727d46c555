import { IConstruct } from 'constructs';
import { isIpAddress } from '../plan/checks';
import { invalid } from '../plan/errors';

type At = IConstruct | string;

/**
 * Refuses values that are asked for and excluded: no request would match.
 *
 * @internal
 */
export function checkNoContradiction(
  at: At, what: string, name: string, values: readonly unknown[] | undefined, notValues: readonly unknown[] | undefined,
): void {
  if (values === undefined || notValues === undefined) return;
  if (values.every((value) => notValues.includes(value)) || notValues.includes('*')) {
    throw invalid(at, `${what} asks for ${name} and excludes all of them`, 'no request could match: leave one of the two out');
  }
}

/**
 * Istio compares a text as a whole, or its beginning or end.
 *
 * @internal
 */
export function checkWildcard(at: At, what: string, value: string): void {
  const inner = value === '*' ? '' : value.replace(/^\*|\*$/, '');
  if (inner.includes('*')) throw invalid(at, what, 'expected at most one "*", at the start or the end: elsewhere Istio takes it for a character');
}

/** @internal */
export function checkAddresses(at: At, what: string, value: string): void {
  const [address, bits, ...rest] = value.split('/');
  const most = address.includes(':') ? 128 : 32;
  if (!isIpAddress(address) || rest.length > 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most))) {
    throw invalid(at, what, 'expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"');
  }
}
