import { Route } from '../../answers/routes/route';
import { objectOf, stringOf } from '../../cluster/json';
import { PathMatch } from '../../cluster/routing/request-match';
import { StringMatchKind } from '../../plan/string-match';
import { Test, testFor } from '../words/string-test';

/**
 * What a rule makes of the paths of requests: always the same path, another beginning of a length, or a substitution by an expression.
 *
 * @internal
 */
export type PathFunction =
  | { readonly kind: 'constant'; readonly path: string }
  | { readonly kind: 'beginning'; readonly length: number; readonly by: string }
  | { readonly kind: 'expression'; readonly match: string; readonly rewrite: string };

/**
 * Paths stay as they are.
 *
 * @param beginning What all paths begin with.
 * @internal
 */
export function unchanged(beginning: string): PathFunction {
  return { kind: 'beginning', length: beginning.length, by: beginning };
}

/**
 * What a rule makes of paths, in the same form for rules that do the same, as far as they are simple.
 *
 * @param beginning What all paths begin with.
 * @internal
 */
export function pathFunctionOf({ written: { rule }, match: { path } }: Route, beginning: string): PathFunction {
  const { rewrite, redirect } = rule;
  const { uri: target, prefixRewrite } = objectOf(redirect);
  const { uri, uriRegexRewrite } = objectOf(rewrite);
  if (redirect !== undefined) {
    const replaced = stringOf(prefixRewrite);
    if (replaced !== undefined) return replacementOf(replaced, path, beginning);
    return stringOf(target) === undefined ? unchanged(beginning) : { kind: 'constant', path: stringOf(target)! };
  }
  const { match, rewrite: substitution } = objectOf(uriRegexRewrite);
  if (stringOf(match) !== undefined) return substitutionOf(stringOf(match)!, stringOf(substitution) ?? '', beginning);
  return stringOf(uri) === undefined ? unchanged(beginning) : replacementOf(stringOf(uri)!, path, beginning);
}

function replacementOf(replacement: string, match: PathMatch | undefined, beginning: string): PathFunction {
  const written = match?.written ?? match;
  if (written !== undefined && written.kind !== StringMatchKind.PREFIX) return { kind: 'constant', path: replacement };
  return withBeginning(written === undefined ? 1 : written.value.length, replacement, beginning);
}

function withBeginning(length: number, by: string, beginning: string): PathFunction {
  if (length > beginning.length) return { kind: 'beginning', length, by };
  return { kind: 'beginning', length: beginning.length, by: by + beginning.slice(length) };
}

/** Literal text, and what may follow it. */
const SIMPLE = /^(\^?)((?:[\w/-]|\\[^\w])*)(\(\.\*\)|\.\*)?(\$?)$/;

/** Expressions for a beginning of paths are read, as people write them instead of a prefix. */
function substitutionOf(match: string, rewrite: string, beginning: string): PathFunction {
  const opaque: PathFunction = { kind: 'expression', match, rewrite };
  const found = SIMPLE.exec(match);
  if (found === null) return opaque;
  const [, anchor, escaped, rest, end] = found;
  const literal = escaped.replace(/\\/g, '');
  if (!beginning.startsWith(literal)) return opaque;
  if (rest === undefined) return anchor === '' || end !== '' || rewrite.includes('\\') ? opaque : withBeginning(literal.length, rewrite, beginning);
  if (!rewrite.includes('\\')) return { kind: 'constant', path: rewrite };
  const text = rewrite.slice(0, -2);
  return rest === '(.*)' && rewrite.endsWith('\\1') && !text.includes('\\') ? withBeginning(literal.length, text, beginning) : opaque;
}

/**
 * A key that equal functions share.
 *
 * @internal
 */
export function keyOfFunction(each: PathFunction): string {
  return JSON.stringify(each);
}

/**
 * The test of paths in which an expression finds a part to replace.
 *
 * @internal
 */
export function touchedBy(expression: string): Test {
  return testFor('regex', `(?s:.*)(?:${expression})(?s:.*)`);
}

/**
 * For which paths two functions agree: for all, for none, or for those that satisfy a test; undefined if that is not known.
 *
 * @internal
 */
export function agreementOf(a: PathFunction, b: PathFunction): 'always' | 'never' | Test | undefined {
  if (keyOfFunction(a) === keyOfFunction(b)) return 'always';
  if (a.kind === 'expression' || b.kind === 'expression') return undefined;
  if (a.kind === 'constant') return b.kind === 'constant' ? 'never' : whereConstant(b.length, b.by, a.path);
  if (b.kind === 'constant') return whereConstant(a.length, a.by, b.path);
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (!long.by.startsWith(short.by) || long.by.length - long.length !== short.by.length - short.length) return 'never';
  return testFor('regex', `${anything(short.length)}${quoted(long.by.slice(short.by.length))}(?s:.*)`);
}

function whereConstant(length: number, by: string, path: string): 'never' | Test {
  return path.startsWith(by) ? testFor('regex', `${anything(length)}${quoted(path.slice(by.length))}`) : 'never';
}

function anything(length: number): string {
  return `(?s:${'.'.repeat(length)})`;
}

function quoted(text: string): string {
  return text.replace(/[^\w/-]/g, (char) => (char.charCodeAt(0) < 128 ? `\\${char}` : char));
}
