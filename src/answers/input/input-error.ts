import { inSentences } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';

/**
 * A request, or a test, that cannot be understood: the problem and its remedy, as two sentences without the last full stop.
 *
 * @internal
 */
export class InputError extends Error {
  constructor(public readonly problem: string, public readonly remedy: string) {
    super(inSentences(problem, remedy));
  }
}

/**
 * The remedy for a name that does not exist: the name that was most likely intended, or else the names to choose from.
 *
 * @param written The name.
 * @param known All names.
 * @param what What they are, such as `gateways`.
 * @internal
 */
export function suggestion(written: string, known: readonly string[], what: string): string {
  const near = nearest(written, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (known.length === 0) return `there are no ${what}`;
  const shown = known.slice(0, SHOWN);
  return `the ${what} are ${shown.join(', ')}${known.length > SHOWN ? ` and ${known.length - SHOWN} more` : ''}`;
}

const SHOWN = 8;
