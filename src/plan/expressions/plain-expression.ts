/**
 * One part of an expression whose meaning is the same in RE2 and in JavaScript: characters without a special meaning, a dot, or a simple class, with
 * an optional quantifier.
 */
const PART = String.raw`(?:[A-Za-z0-9_/~%:,;=@&!'" -]|\\[./-]|\.|\[[A-Za-z0-9_./-]+\])[*+?]?`;

/** Groups have alternatives and no quantifiers, so that the engine of JavaScript never tries many ways. */
const PLAIN = new RegExp(String.raw`^(?:${PART}|\||\((?:\?:)?(?:${PART}|\|)*\))*$`);

/** The time grows with the length of a value to this power. */
const MAX_QUANTIFIERS = 2;

/**
 * A test of whole values for an expression that the engine of JavaScript evaluates as RE2 does, and faster.
 *
 * @returns undefined if it might not.
 * @internal
 */
export function plainTest(source: string): RegExp | undefined {
  if (!PLAIN.test(source) || (source.match(/[*+]/g) ?? []).length > MAX_QUANTIFIERS) return undefined;
  // A dot is any character except a line break.
  const dots = source.replace(/\\.|\[[^\]]*\]|\./g, (part) => (part === '.' ? '[^\\n]' : part));
  try {
    return new RegExp(`^(?:${dots})$`);
  } catch {
    return undefined;
  }
}
