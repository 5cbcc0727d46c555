import { Automaton, beginningWith, exactly } from '../expressions/automaton';
import { isIncluded } from '../expressions/inclusion';
import { haveCommonText } from '../expressions/intersection';
import { bytesOf, Expression } from '../expressions/re2';
import { StringMatch, StringMatchKind } from '../string-match';

/**
 * A condition on a string, which need not be valid.
 *
 * @internal
 */
export type TextMatch = Pick<StringMatch, 'kind' | 'value'>;

/**
 * Whether some string satisfies both matches. The answer is yes if an expression is too large to find out in reasonable time.
 *
 * @internal
 */
export function matchesOverlap(a: TextMatch, b: TextMatch): boolean {
  if (a.kind === StringMatchKind.REGEX || b.kind === StringMatchKind.REGEX) return regexOverlap(a, b);
  if (a.kind === StringMatchKind.EXACT && b.kind === StringMatchKind.EXACT) return a.value === b.value;
  if (a.kind === StringMatchKind.EXACT) return a.value.startsWith(b.value);
  if (b.kind === StringMatchKind.EXACT) return b.value.startsWith(a.value);
  return a.value.startsWith(b.value) || b.value.startsWith(a.value);
}

/**
 * Whether everything that satisfies `inner` satisfies `outer`; undefined if that cannot be decided for an expression.
 *
 * @internal
 */
export function matchCovers(outer: TextMatch, inner: TextMatch): boolean | undefined {
  if (outer.kind === inner.kind && outer.value === inner.value) return true;
  if (inner.kind === StringMatchKind.EXACT) return satisfies(outer, inner.value);
  if (outer.kind === StringMatchKind.EXACT && inner.kind === StringMatchKind.PREFIX) return false;
  if (outer.kind === StringMatchKind.PREFIX) {
    const known = beginningOf(inner);
    if (known.startsWith(outer.value)) return true;
    if (inner.kind === StringMatchKind.PREFIX || !outer.value.startsWith(known)) return false;
  }
  return isIncluded(automatonOf(inner), automatonOf(outer));
}

/**
 * Whether a string satisfies a match.
 *
 * @internal
 */
export function satisfies(match: TextMatch, text: string): boolean {
  switch (match.kind) {
    case StringMatchKind.EXACT: return text === match.value;
    case StringMatchKind.PREFIX: return text.startsWith(match.value);
    case StringMatchKind.REGEX: return Expression.of(match.value).matches(text);
  }
}

function regexOverlap(a: TextMatch, b: TextMatch): boolean {
  if (a.kind === StringMatchKind.EXACT) return satisfies(b, a.value);
  if (b.kind === StringMatchKind.EXACT) return satisfies(a, b.value);
  const [x, y] = [beginningOf(a), beginningOf(b)];
  if (!x.startsWith(y) && !y.startsWith(x)) return false;
  return a.value === b.value || (haveCommonText(automatonOf(a), automatonOf(b)) ?? true);
}

function automatonOf({ kind, value }: TextMatch): Automaton {
  if (kind === StringMatchKind.REGEX) return Expression.of(value).automaton;
  return kind === StringMatchKind.PREFIX ? beginningWith(bytesOf(value)) : exactly(bytesOf(value));
}

/**
 * The literal prefix of everything that satisfies a match; empty if there is none for certain.
 *
 * @internal
 */
export function beginningOf(match: TextMatch): string {
  return match.kind === StringMatchKind.REGEX ? literalPrefix(match.value) : match.value;
}

function literalPrefix(regex: string): string {
  if (isChoice(regex)) return '';
  let literal = '';
  let i = 0;
  while (i < regex.length) {
    const escaped = regex[i] === '\\';
    const char = escaped ? regex[i + 1] : regex[i];
    if (escaped ? /[a-zA-Z0-9]/.test(char) : /[.*+?^${}()[\]]/.test(char)) break;
    const next = regex[i + (escaped ? 2 : 1)];
    if (next !== undefined && /[*?{]/.test(next)) break;
    literal += char;
    i += escaped ? 2 : 1;
  }
  return literal;
}

/** Whether an expression is a choice of several, with bars outside of all groups. */
function isChoice(regex: string): boolean {
  let depth = 0;
  // Quotes, escapes and classes are skipped: a bar or a bracket in them is a literal character.
  for (const [token] of regex.matchAll(/\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|[()|]/g)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === '|' && depth === 0) return true;
  }
  return false;
}
