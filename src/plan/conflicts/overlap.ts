import { Automaton, beginningWith, exactly } from '../expressions/automaton';
import { beginningsOf as expressionBeginnings } from '../expressions/beginnings';
import { isIncluded, MAX_INCLUSION_STEPS } from '../expressions/inclusion';
import { haveCommonText, MAX_INTERSECTION_STEPS } from '../expressions/intersection';
import { bytesOf, Expression } from '../expressions/re2';
import { Work } from '../expressions/work';
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
  return matchesOverlapWithin(a, b, new Work(MAX_INTERSECTION_STEPS)) ?? true;
}

/**
 * Whether some string satisfies both matches; undefined if that is not found out within a limit of work.
 *
 * @internal
 */
export function matchesOverlapWithin(a: TextMatch, b: TextMatch, work: Work): boolean | undefined {
  if (a.kind === StringMatchKind.REGEX || b.kind === StringMatchKind.REGEX) return regexOverlap(a, b, work);
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
export function matchCovers(outer: TextMatch, inner: TextMatch, work: Work = new Work(MAX_INCLUSION_STEPS)): boolean | undefined {
  if (outer.kind === inner.kind && outer.value === inner.value) return true;
  if (inner.kind === StringMatchKind.EXACT) return satisfiesWithin(outer, inner.value, work);
  if (outer.kind === StringMatchKind.EXACT && inner.kind === StringMatchKind.PREFIX) return false;
  if (outer.kind === StringMatchKind.PREFIX) {
    const known = beginningOf(inner);
    if (known.startsWith(outer.value)) return true;
    if (inner.kind === StringMatchKind.PREFIX || !outer.value.startsWith(known)) return false;
  }
  if (inner.kind === StringMatchKind.PREFIX && outer.kind === StringMatchKind.REGEX) {
    return Expression.of(outer.value).matchesAllAfter(inner.value, work);
  }
  return isIncluded(automatonOf(inner), automatonOf(outer), work);
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

function satisfiesWithin(match: TextMatch, text: string, work: Work): boolean | undefined {
  return match.kind === StringMatchKind.REGEX && !work.spend(text.length) ? undefined : satisfies(match, text);
}

function regexOverlap(a: TextMatch, b: TextMatch, work: Work): boolean | undefined {
  if (a.kind === StringMatchKind.EXACT) return satisfiesWithin(b, a.value, work);
  if (b.kind === StringMatchKind.EXACT) return satisfiesWithin(a, b.value, work);
  const [x, y] = [beginningOf(a), beginningOf(b)];
  if (!x.startsWith(y) && !y.startsWith(x)) return false;
  if (a.kind === b.kind && a.value === b.value) return true;
  const [expression, prefix] = a.kind === StringMatchKind.REGEX ? [a, b] : [b, a];
  const known = prefix.kind === StringMatchKind.PREFIX ? Expression.of(expression.value).matchesSomeAfter(prefix.value, work) : undefined;
  return known ?? haveCommonText(automatonOf(a), automatonOf(b), work);
}

function automatonOf({ kind, value }: TextMatch): Automaton {
  if (kind === StringMatchKind.REGEX) return Expression.of(value).automaton;
  return kind === StringMatchKind.PREFIX ? beginningWith(bytesOf(value)) : exactly(bytesOf(value));
}

/**
 * Strings in lower case with which everything begins that satisfies a match, in upper or lower case: as bytes, each as one character.
 *
 * @internal
 */
export function beginningsOf(match: TextMatch): readonly string[] {
  const known = knownBeginnings.get(match);
  if (known !== undefined) return known;
  const { kind, value } = match;
  const beginnings = kind === StringMatchKind.REGEX ? expressionBeginnings(Expression.of(value).automaton) : [lowerCase(bytesOf(value))];
  knownBeginnings.set(match, beginnings);
  return beginnings;
}

const knownBeginnings = new WeakMap<TextMatch, readonly string[]>();

/** The letters of ASCII only. */
function lowerCase(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
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
