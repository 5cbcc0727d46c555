import { Rejection } from './rejected-targets';
import { FieldPath } from '../../cluster/json';
import { isIpAddress } from '../../plan/checks/checks';
import { show } from '../../plan/checks/errors';

/**
 * Why istiod rejects an address or a range of addresses.
 *
 * @internal
 */
export function addressRejections(value: string, field: FieldPath): Rejection[] {
  const [address, bits, ...rest] = value.split('/');
  const maxBits = address.includes(':') ? 128 : 32;
  const isRange = bits === undefined || (/^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= maxBits);
  if (isIpAddress(address) && isRange && rest.length === 0) return [];
  return [{ field, problem: `${show(value)} is not a valid address`, remedy: 'expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"' }];
}

/**
 * Why istiod rejects a port.
 *
 * @internal
 */
export function portRejections(value: string, field: FieldPath): Rejection[] {
  return /^\d+$/.test(value) && Number(value) <= 65535 ? [] : [{ field, problem: `${show(value)} is not a valid port`, remedy: 'expected the number of a port of the pods, such as "8080"' }];
}

const MAX_ACCOUNT = 320;

/**
 * Why istiod rejects a service account.
 *
 * @internal
 */
export function accountRejections(value: string, field: FieldPath): Rejection[] {
  if (!value.includes('*') && /^([^/]+\/)?[^/]+$/.test(value) && value.length <= MAX_ACCOUNT) return [];
  return [{ field, problem: `${show(value)} is not a valid service account`, remedy: 'expected "<service account>" or "<namespace>/<service account>", without "*"' }];
}
