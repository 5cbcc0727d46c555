import { hostsOf } from './compared-hosts';
import { Connection } from './connection';
import { compareHost } from './host-comparison';
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
 * @internal
 */
export function compareConnection(connection: Connection, [before, after]: readonly [Side, Side], steps: number): ConnectionResult {
  const results = [...hostsOf(connection, [before, after])].map(({ compared, sides }) => compareHost(compared, sides, steps));
  return {
    changes: results.flatMap(({ changes }) => changes),
    repeated: results.flatMap(({ repeated }) => repeated),
    undecided: results.flatMap(({ undecided }) => undecided),
    hosts: { compared: results.length, different: results.filter(({ isDifferent }) => isDifferent).length },
  };
}
