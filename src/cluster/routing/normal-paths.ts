import { haveCommonText } from '../../plan/expressions/intersection';
import { Expression } from '../../plan/expressions/re2';
import { StringMatchKind } from '../../plan/string-match';

/**
 * Why no request has a path, and what to write instead.
 *
 * @internal
 */
export interface ImpossiblePath {
  /** Why no request has the path, as a clause. */
  readonly reason: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** An escape of a letter, a digit or one of `-._~`, which Envoy decodes. */
const DECODED = /%(?:2[dDeE]|3\d|[46][1-9a-fA-F]|[57][\daA]|5[fF]|7[eE])/;

/**
 * Finds out whether Envoy compares no path that is equal to a string, begins with it, or matches it as an expression. Istio normalizes paths as RFC 3986
 * describes, without merging slashes.
 *
 * @returns undefined if some request has such a path.
 * @see https://istio.io/latest/docs/ops/best-practices/security/#customize-your-system-on-path-normalization
 * @internal
 */
export function whyImpossible(path: string, kind: StringMatchKind): ImpossiblePath | undefined {
  if (kind === StringMatchKind.REGEX) return whyImpossibleExpression(path);
  if (path.includes('?')) {
    return { reason: 'Envoy compares the path without the query', remedy: 'match the path without "?", and use queryParams for the query' };
  }
  if (path.includes('#')) return { reason: 'a path of a request has no "#"', remedy: 'remove the fragment' };
  if (!path.startsWith('/')) return { reason: 'paths begin with "/"', remedy: `write "/${path}"` };
  if (path.includes('\\')) return { reason: 'Envoy replaces a backslash by "/"', remedy: 'write "/" instead' };
  if (hasDotSegment(path, kind)) return { reason: 'Envoy resolves "." and ".." first', remedy: 'write the path without them' };
  const escaped = DECODED.exec(path);
  if (escaped !== null) {
    return { reason: `Envoy decodes "${escaped[0]}" first`, remedy: `write "${String.fromCharCode(Number.parseInt(escaped[0].slice(1), 16))}" instead` };
  }
  if (/[^\x21-\x7e]/.test(path)) {
    return { reason: 'Envoy compares spaces and characters beyond ASCII in their escaped form', remedy: `write "${escapedPath(path)}" instead` };
  }
  return undefined;
}

/** An expression that needs a query, or a fragment, matches no path. Others report one that is invalid. */
function whyImpossibleExpression(expression: string): ImpossiblePath | undefined {
  if (!NAMES_QUERY.test(expression)) return undefined;
  try {
    if (haveCommonText(Expression.of(expression).automaton, Expression.of(WITHOUT_QUERY).automaton) !== false) return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return { reason: 'Envoy compares the path without the query and the fragment', remedy: 'match the path without "?", and use queryParams for the query' };
}

const WITHOUT_QUERY = '[^?#]*';

/** Other expressions have no "?" or "#" that they require. */
const NAMES_QUERY = /\\\?|\[[^\]]*[?#]|#|\\x(?:3f|23)|\\Q/i;

/** Half of a character, which no request has, stays as it is. */
function escapedPath(path: string): string {
  return path.replace(/[^\x21-\x7e\ud800-\udfff]/gu, encodeURIComponent);
}

/** The last segment of a prefix may continue: `/a/.` also begins `/a/.hidden`. */
function hasDotSegment(path: string, kind: StringMatchKind): boolean {
  const segments = path.split('/');
  return (kind === StringMatchKind.PREFIX ? segments.slice(0, -1) : segments).some((segment) => segment === '.' || segment === '..');
}
