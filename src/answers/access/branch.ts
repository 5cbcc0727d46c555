import { AccessCase } from '../access-check';
import { ProxyResponder } from '../answer';

/**
 * What a part of a check decides. A branch with a condition holds if it is true and no earlier one holds.
 *
 * @internal
 */
export interface Branch {
  /** When the branch holds, as a clause; undefined if it is the only one. */
  readonly condition?: string;
  /** The answer of the proxy; undefined if the request goes on. */
  readonly responder?: ProxyResponder;
}

/** The branch of a request that goes on. @internal */
export const GOES_ON: readonly Branch[] = [{}];

/**
 * The branches of a check, of which each part decides about the requests that the parts before let pass.
 *
 * @param first The branches of the first part.
 * @param next The branches of the next one.
 * @internal
 */
export function followedBy(first: readonly Branch[], next: () => readonly Branch[]): readonly Branch[] {
  if (first === GOES_ON) return next();
  return first.flatMap((branch): readonly Branch[] => {
    if (branch.responder !== undefined) return [branch];
    return next().map(({ condition, responder }) => ({ condition: joined(branch.condition, condition), responder }));
  });
}

function joined(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || b === undefined ? a ?? b : `${a}, and ${b}`;
}

/**
 * The branches as cases, if there are several.
 *
 * @internal
 */
export function casesOf(branches: readonly Branch[]): readonly AccessCase[] {
  return branches.map(({ condition, responder }) => ({ condition: condition ?? 'otherwise', responder }));
}
