import { hostsOf } from './compared-hosts';
import { Connection } from './connection';
import { compareHost } from './host-comparison';
import { Change, Undecided } from '../change';
import { Side } from '../rules/side';

/**
 * How hosts are compared.
 *
 * @internal
 */
export interface ConnectionOptions {
  /** Steps for each virtual host. */
  readonly steps: number;
  /** Whether the policies about callers are the same on both sides. */
  readonly haveSamePolicies: boolean;
}

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
export function compareConnection(connection: Connection, [before, after]: readonly [Side, Side], options: ConnectionOptions): ConnectionResult {
  const results = [...hostsOf(connection, [before, after])].map(({ compared, sides }) => compareHost(compared, sides, options.steps));
  const { gateway, port, tls } = connection;
  const isSame = options.haveSamePolicies && (connection.before.pods === connection.after.pods || !(before.hasPolicies || after.hasPolicies));
  const policies = isSame ? [] : [{ requests: { gateway, port, tls }, reason: 'the policies about callers are different' }];
  return {
    changes: results.flatMap(({ changes }) => changes),
    repeated: results.flatMap(({ repeated }) => repeated),
    undecided: [...policies, ...results.flatMap(({ undecided }) => undecided)],
    hosts: { compared: results.length, different: results.filter(({ isDifferent }) => isDifferent).length },
  };
}
