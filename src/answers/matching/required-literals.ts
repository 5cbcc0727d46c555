/** A part of an expression at its top level. */
const TOKEN = /\\Q([^]*?)(?:\\E|$)|\\([^])|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|[()|]|[*?]|\{\d*,?\d*\}|[.+^$[\]{}]|[^\\()[\]{}.*+?^$|]/g;

/**
 * Strings that each text that an expression matches contains, for certain. None if there is a choice outside of all groups, or if flags
 * change what literals mean.
 *
 * @internal
 */
export function requiredLiterals(expression: string): readonly string[] {
  if (expression.includes('(?')) return [];
  const found: string[] = [];
  let run = '';
  let depth = 0;
  const end = (literal: string) => {
    if (literal !== '') found.push(literal);
    run = '';
  };
  for (const [token, quoted, escaped] of expression.matchAll(TOKEN)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth > 0 || token === ')') {
      end(run);
    } else if (token === '|') {
      return [];
    } else if (/^(?:[*?]|\{\d*,?\d*\})$/.test(token)) {
      // What comes before is optional. It may also be a group or a class, after which nothing is left of the run.
      end(run.slice(0, -1));
    } else if (quoted !== undefined) {
      run += quoted;
    } else if (escaped !== undefined) {
      if (/[A-Za-z0-9]/.test(escaped)) end(run);
      else run += escaped;
    } else if (token.length === 1 && !/[.+^$[\]{}]/.test(token)) {
      run += token;
    } else {
      end(run);
    }
  }
  end(run);
  return found;
}
