import { Change, Undecided } from './change';
import { compareConnection } from './connections/connection-comparison';
import { connectionsOf } from './connections/connections';
import { haveSameSurroundings } from './connections/unchanged-host';
import { compareMesh } from './mesh/mesh-comparison';
import { ShortKeys } from './rules/short-keys';
import { Side } from './rules/side';
import { Cluster } from '../cluster/cluster';

/**
 * How the answers of two states of a cluster compare, for all requests to gateways and of workloads in the mesh.
 *
 * @internal
 */
export interface Comparison {
  /** Changes for requests that repeat no header. */
  readonly changes: readonly Change[];
  /** Further changes, which only requests with repeated headers notice. */
  readonly repeated: readonly Change[];
  /** What is not decided. Both states are equivalent only if there is none. */
  readonly undecided: readonly Undecided[];
  /** The number of virtual hosts that were compared, and of those in which something differs. */
  readonly hosts: { readonly compared: number; readonly different: number };
}

/**
 * Limits of a comparison.
 *
 * @internal
 */
export interface Limits {
  /** Steps for each virtual host. More than enough for 10,000 rules. @default 20,000,000 */
  readonly steps?: number;
}

/**
 * Compares the answers of two states of a cluster for all requests to gateways, and of workloads where the rules of sidecars are different. The resolver gives all answers; what is compared is one request
 * of each class of requests that all rules treat alike.
 *
 * @param before The earlier state.
 * @param after The later state.
 * @internal
 */
export function compareTraffic(before: Cluster, after: Cluster, { steps = 20_000_000 }: Limits = {}): Comparison {
  const keys = new ShortKeys();
  const sides = [new Side(before, keys), new Side(after, keys)] as const;
  const haveSame = haveSameSurroundings(before, after);
  const results = connectionsOf(sides[0].resolver.entrances.listeners, sides[1].resolver.entrances.listeners)
    .map((connection) => compareConnection(connection, sides, steps, haveSame));
  const mesh = compareMesh(sides, steps);
  return {
    changes: [...results, mesh].flatMap(({ changes }) => changes),
    repeated: [...results, mesh].flatMap(({ repeated }) => repeated),
    undecided: [...results, mesh].flatMap(({ undecided }) => undecided),
    hosts: {
      compared: results.reduce((sum, { hosts }) => sum + hosts.compared, 0),
      different: results.reduce((sum, { hosts }) => sum + hosts.different, 0),
    },
  };
}
