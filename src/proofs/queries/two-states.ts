import { Proof, HOLDS } from './proof';
import { writeCommand } from '../../answers/command-line/write-command';
import { Cluster } from '../../cluster/cluster';
import { sharesValue } from '../answers/answer-value';
import { gainedBy } from '../answers/gained';
import { Change } from '../change';
import { Comparison, compareTraffic, Limits } from '../comparison';
import { Replay } from '../replay';

/**
 * Whether the answers of two states of a cluster are the same for all requests, those with repeated headers included.
 *
 * @internal
 */
export function equivalent(before: Cluster, after: Cluster, limits?: Limits): Proof {
  const comparison = compareTraffic(before, after, limits);
  const change = certainChanges(comparison)[0];
  return change === undefined ? decided(comparison) : failed(change, 'the answer is another one', new Replay(before, after));
}

/**
 * Whether no request, those with repeated headers included, reaches a model or another backend that it did not reach before.
 *
 * @internal
 */
export function implies(before: Cluster, after: Cluster, limits?: Limits): Proof {
  const comparison = compareTraffic(before, after, limits);
  for (const change of certainChanges(comparison)) {
    const [gained] = gainedBy(change);
    if (gained !== undefined) return failed(change, `it now reaches ${gained}`, new Replay(before, after));
  }
  return decided(comparison);
}

/** A request that passes an unknown filter proves nothing. The comparison names the filter. */
function certainChanges({ changes, repeated }: Comparison): readonly Change[] {
  return [...changes, ...repeated].filter(({ doubt }) => doubt === undefined);
}

function decided({ undecided: [first] }: Comparison): Proof {
  return first === undefined ? HOLDS : { verdict: 'undecided', reason: first.reason };
}

function failed({ witness, before, after }: Change, problem: string, replay: Replay): Proof {
  const keyOf = (answers: Pick<Change, 'before' | 'after'>) => `${sharesValue(answers.before)} → ${sharesValue(answers.after)}`;
  const command = writeCommand(witness, (request) => keyOf(replay.answersTo(request)) === keyOf({ before, after }));
  return { verdict: 'fails', counterexample: { request: witness, before, answer: after, problem, command } };
}
