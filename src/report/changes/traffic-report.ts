import { Violation } from './budget';
import { TrafficChange } from './traffic-change';
import { WrittenCommand } from '../../answers/command-line/write-command';
import { Change, Undecided } from '../../proofs/change';

/**
 * What a change of manifests moves.
 *
 * @internal
 */
export interface TrafficReport {
  /** The manifests of one cluster, if there are several. */
  readonly cluster?: string;
  /** Changes for requests without repeated headers, the biggest first. */
  readonly changes: readonly TrafficChange[];
  /** Further changes, for requests with repeated headers. */
  readonly repeated: readonly TrafficChange[];
  /** What is not decided. */
  readonly undecided: readonly Undecided[];
  /** What exceeds the budget. */
  readonly violations: readonly Violation[];
  /** A request that shows a change, as something that people can send. */
  commandFor(change: Change): WrittenCommand;
}
