import { isObject, JsonObject, numberOf, stringOf } from '../../cluster/json';
import { Retries } from '../answer';

/** What Istio retries if a rule does not set retries. */
const DEFAULT_CONDITIONS = 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes';

/**
 * Istio's retries for rules without `retries`, and for Services without a VirtualService. The mesh configuration can change them.
 *
 * @internal
 */
export const DEFAULT_RETRIES: Retries = { attempts: 2, on: DEFAULT_CONDITIONS };

/**
 * The retries of a rule; undefined if there are none.
 *
 * @internal
 */
export function retriesOf({ retries }: JsonObject): Retries | undefined {
  if (!isObject(retries)) return DEFAULT_RETRIES;
  const attempts = numberOf(retries.attempts) ?? 0;
  if (attempts <= 0) return undefined;
  const perTryTimeout = stringOf(retries.perTryTimeout);
  return { attempts, on: conditionsOf(stringOf(retries.retryOn)), ...perTryTimeout === undefined ? {} : { perTryTimeout } };
}

/** Envoy has an own list for status codes. */
function conditionsOf(written: string | undefined): string {
  if (written === undefined) return DEFAULT_CONDITIONS;
  const parts = written.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const codes = parts.filter((part) => /^[1-5]\d\d$/.test(part));
  const names = parts.filter((part) => !codes.includes(part));
  return [...names, ...codes.length > 0 && !names.includes('retriable-status-codes') ? ['retriable-status-codes'] : [], ...codes].join(',');
}
