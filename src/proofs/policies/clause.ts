import { Literal } from '../requests/literal';
import { Test } from '../words/string-test';

/**
 * A condition on a path.
 *
 * @internal
 */
export interface PathLiteral {
  /** The test: an exact string, a prefix or an expression. */
  readonly test: Test;
  /** Whether the path must satisfy it. */
  readonly isPositive: boolean;
}

/**
 * Conditions of a rule of a policy, all of which must hold.
 *
 * @internal
 */
export interface Clause {
  readonly paths: readonly PathLiteral[];
  readonly literals: readonly Literal[];
}

/**
 * The clauses of a condition, of which one must hold, or why they are not known.
 *
 * @internal
 */
export type Clauses = readonly Clause[] | { readonly undecided: string };

/** A condition that always holds. @internal */
export const ALWAYS: readonly Clause[] = [{ paths: [], literals: [] }];

/** A condition that never holds. @internal */
export const NEVER: readonly Clause[] = [];

/** More clauses than these are not looked at. */
const MAX_CLAUSES = 200;

/**
 * All conditions at once.
 *
 * @internal
 */
export function allOf(parts: readonly Clauses[]): Clauses {
  return parts.reduce<Clauses>((known, part) => {
    if (isEmpty(known) || isEmpty(part)) return NEVER;
    if ('undecided' in known) return known;
    if ('undecided' in part) return part;
    if (known.length * part.length > MAX_CLAUSES) return { undecided: 'a policy has too many combinations of conditions' };
    return known.flatMap((a) => part.map((b): Clause => ({ paths: [...a.paths, ...b.paths], literals: [...a.literals, ...b.literals] })));
  }, ALWAYS);
}

/**
 * One of the conditions.
 *
 * @internal
 */
export function someOf(parts: readonly Clauses[]): Clauses {
  const undecided = parts.find((part) => 'undecided' in part);
  return undecided ?? parts.flatMap((part) => part as readonly Clause[]);
}

/**
 * None of the conditions, each of which has at most one part.
 *
 * @internal
 */
export function noneOf(parts: readonly Clauses[]): Clauses {
  return allOf(parts.map((part): Clauses => {
    if ('undecided' in part) return part;
    if (part.length === 0) return ALWAYS;
    const [{ paths, literals }, ...others] = part;
    if (others.length > 0) return { undecided: 'a policy excludes a combination of conditions' };
    return [
      ...paths.map((path): Clause => ({ paths: [{ ...path, isPositive: !path.isPositive }], literals: [] })),
      ...literals.map((literal): Clause => ({ paths: [], literals: [{ ...literal, isPositive: !literal.isPositive }] })),
    ];
  }));
}

function isEmpty(clauses: Clauses): boolean {
  return Array.isArray(clauses) && clauses.length === 0;
}
