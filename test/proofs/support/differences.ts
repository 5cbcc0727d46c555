import { Answer } from '../../../src/answers/answer';
import { Change } from '../../../src/proofs/change';
import { compareTraffic } from '../../../src/proofs/comparison';
import { showResponder } from '../../support/answers';
import { clusterOf } from '../../support/cluster';

/** Who answers, with shares and conditions. */
export const responders = ({ cases }: Answer) => cases.map(({ condition, outcomes }) => (
  `${condition === undefined ? '' : `if ${condition}: `}${outcomes.map(({ share, responder }) => `${share.percentage} % ${showResponder(responder)}`).join(', ')}`
)).join(' | ');

function show({ requests: { host, path, conditions }, before, after }: Change): string {
  return `${[`${path.kind} ${host}${path.value}`, ...conditions].join(', ')}: ${responders(before)} → ${responders(after)}`;
}

/** What differs between two sets of manifests, as text. */
export function changesOf(before: string, after: string) {
  const { changes, repeated, undecided } = compareTraffic(clusterOf(before), clusterOf(after));
  return { changes: changes.map(show), repeated: repeated.map(show), undecided: undecided.map(({ reason }) => reason) };
}
