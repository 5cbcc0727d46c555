import { Counterexample, Proof } from '../../proofs/queries/proof';
import { renderAnswer } from '../answers/text';
import { withFullStop } from '../place';

/** Messages of test runners are wide. */
const LAYOUT = { color: false, width: 140 };

/**
 * Why something is not true of all requests, with a request that shows it, or that this is not decided. Undefined if it is true.
 *
 * @internal
 */
export function proofProblem(proof: Proof): string | undefined {
  switch (proof.verdict) {
    case 'holds': return undefined;
    case 'undecided': return `it is not decided: ${withFullStop(proof.reason)}`;
    case 'fails': return counterexampleText(proof.counterexample);
  }
}

function counterexampleText({ request, answer, before, problem }: Counterexample): string {
  const shown = renderAnswer({ request, answer, notes: [] }, LAYOUT);
  if (before === undefined) return `${withFullStop(`it is not so for this request: ${problem}`)}\n${shown}`;
  const earlier = renderAnswer({ request, answer: before, notes: [] }, LAYOUT);
  return `${withFullStop(`it is not so for this request: ${problem}`)}\nBefore:\n${earlier}After:\n${shown}`;
}
