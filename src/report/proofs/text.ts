import { WrittenCommand } from '../../answers/command-line/write-command';
import { Counterexample, Proof } from '../../proofs/queries/proof';
import { renderAnswer } from '../answers/text';
import { withFullStop } from '../place';

/** Messages of test runners are wide. */
const LAYOUT = { color: false, width: 140 };

/**
 * Why something is not true of all requests, with a request that shows it. Undefined if it is true.
 *
 * @throws an error if it is not decided, so that the contrary cannot be asserted either.
 * @internal
 */
export function proofProblem(proof: Proof): string | undefined {
  switch (proof.verdict) {
    case 'holds': return undefined;
    case 'undecided': throw new Error(`it is not decided: ${withFullStop(proof.reason)}`);
    case 'fails': return counterexampleText(proof.counterexample);
  }
}

function counterexampleText({ request, answer, before, problem, command }: Counterexample): string {
  const shown = renderAnswer({ request, answer, notes: [] }, LAYOUT);
  const reason = `${withFullStop(`it is not so for this request: ${problem}`)}\n`;
  if (before === undefined) return `${reason}${shown}${commandText(command)}`;
  const earlier = renderAnswer({ request, answer: before, notes: [] }, LAYOUT);
  return `${reason}Before:\n${earlier}After:\n${shown}${commandText(command)}`;
}

function commandText(written: WrittenCommand): string {
  return commandLines(written).map((line) => `${line}\n`).join('');
}

/**
 * How to send a request.
 *
 * @internal
 */
export function commandLines({ kind, text, notes }: WrittenCommand): readonly string[] {
  const intro = kind === 'raw' ? 'Neither curl nor grpcurl can send this request:' : 'To send it:';
  return [intro, ...text.split('\n').map((line) => `  ${line}`), ...notes.map(withFullStop)];
}
