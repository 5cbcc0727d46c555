import { replaceAll } from './regex-rewrite';
import { JsonObject, objectOf, stringOf } from '../../cluster/json';
import { PathMatch } from '../../cluster/routing/request-match';
import { StringMatchKind } from '../../plan/string-match';
import { lowerAscii } from '../matching/checks';

/** Rewrites a path without its query. @internal */
export type PathRewrite = (path: string) => string;

/**
 * The rewrite of the path by a rule; undefined if it stays as it is.
 *
 * @param match The condition on the path of the match.
 * @internal
 */
export function pathRewriteOf(rule: JsonObject, match: PathMatch | undefined): PathRewrite | undefined {
  const { uri, uriRegexRewrite } = objectOf(rule.rewrite);
  const expression = stringOf(objectOf(uriRegexRewrite).match);
  if (expression !== undefined) {
    const substitution = stringOf(objectOf(uriRegexRewrite).rewrite) ?? '';
    return (path) => replaceAll(expression, path, substitution);
  }
  const replacement = stringOf(uri);
  return replacement === undefined ? undefined : replacementOf(replacement, match);
}

/**
 * A replacement of the part of a path that a match names: its prefix, or the whole path of an exact match or an expression. Without a
 * condition on the path that is the first slash.
 *
 * @internal
 */
export function replacementOf(replacement: string, match: PathMatch | undefined): PathRewrite {
  const written = match?.written ?? match;
  if (written !== undefined && written.kind !== StringMatchKind.PREFIX) return () => replacement;
  const length = written === undefined ? 1 : written.value.length;
  const isSame = written === undefined ? () => true : (path: string) => lowerAscii(path.slice(0, length)) === lowerAscii(written.value);
  return (path) => (isSame(path) ? replacement + path.slice(length) : path);
}
