import { Difference, differenceOf } from './difference';
import { entranceText, requestClassText } from './request-class-text';
import { isProxy } from '../../answers/expectations/responder-names';
import { groupBy } from '../../plan/groups';
import { byText } from '../../plan/text-order';
import { Change, RequestClass } from '../../proofs/change';

/**
 * Requests on one host whose answers differ in the same way.
 *
 * @internal
 */
export interface TrafficChange {
  /** The host pattern. */
  readonly host: string;
  /** The Gateways and ports, as `istio-system/gateway:80`. */
  readonly entrances: readonly string[];
  /** The classes of requests, as text. */
  readonly requests: readonly string[];
  /** What is different. */
  readonly difference: Difference;
  /** The changes that are merged, the first of which has the request that is shown. */
  readonly changes: readonly Change[];
}

/**
 * Merges changes for reading, the biggest first. Of those of one size, changes of who gets answers of a backend come first.
 *
 * @internal
 */
export function mergedChanges(changes: readonly Change[]): TrafficChange[] {
  const compared = changes.map((change) => ({ change, difference: differenceOf(change.before, change.after) }));
  return [...groupBy(compared, ({ change, difference }) => keyOf(change.requests, difference)).values()]
    .map((group): TrafficChange => ({
      host: group[0].change.requests.host,
      entrances: distinct(group.map(({ change }) => entranceText(change.requests))),
      requests: distinct(group.map(({ change }) => requestClassText(change.requests))),
      difference: group[0].difference,
      changes: group.map(({ change }) => change),
    }))
    .sort((a, b) => (
      b.difference.shift - a.difference.shift || Number(isAboutBackends(b)) - Number(isAboutBackends(a))
      || byText(a.host, b.host) || byText(a.requests.join(), b.requests.join())
    ));
}

/** Whether a backend answers before or after. */
function isAboutBackends({ changes: [{ before, after }] }: TrafficChange): boolean {
  return [before, after].some(({ cases }) => cases.some(({ outcomes }) => outcomes.some(({ responder }) => !isProxy(responder))));
}

/** Texts hold the path of the witness only where routes rewrite it. */
function keyOf({ host }: RequestClass, { shares, others, shift }: Difference): string {
  const texts = shares.map(({ kind, name, before, after }) => [kind, name, before.toString(), after.toString()]);
  return JSON.stringify([host, texts, others, shift]);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(byText);
}
