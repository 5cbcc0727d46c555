import { hostsOf } from './compared-hosts';
import { Connection } from './connection';
import { compareHost, SAME } from './host-comparison';
import { isUnchanged } from './unchanged-host';
import { Change, Undecided } from '../change';
import { Side } from '../rules/side';

/**
 * What was found about the requests that enter by a connection.
 *
 * @internal
 */
export interface ConnectionResult {
  readonly changes: readonly Change[];
  readonly repeated: readonly Change[];
  readonly undecided: readonly Undecided[];
  readonly hosts: { readonly compared: number; readonly different: number };
}

/**
 * Compares the answers for all requests that enter by a connection.
 *
 * @param steps The limit of work for a host.
 * @param haveSame Whether all objects but VirtualServices are the same on both sides, so that hosts with the same VirtualServices are.
 * @internal
 */
export function compareConnection(
  connection: Connection, [before, after]: readonly [Side, Side], steps: number, haveSame: boolean,
): ConnectionResult {
  const results = [...hostsOf(connection, [before, after])].map(({ compared, sides }) => (
    haveSame && isUnchanged(sides) ? SAME : compareHost(compared, sides, steps)
  ));
  return {
    changes: results.flatMap(({ changes }) => changes),
    repeated: results.flatMap(({ repeated }) => repeated),
    undecided: results.flatMap(({ undecided }) => undecided),
    hosts: { compared: results.length, different: results.filter(({ isDifferent }) => isDifferent).length },
  };
}
