import { Condition, Conditions, PathMatch, RequestMatch } from '../../cluster/routing/request-match';
import { TextMatch } from '../../plan/conflicts/overlap';

/**
 * The requests that satisfy some matches, for a message.
 *
 * @internal
 */
export function showMatch(...matches: readonly RequestMatch[]): string {
  const paths = matches.flatMap(({ path }) => path ?? []);
  const [longest] = [...paths].sort((a, b) => b.value.length - a.value.length);
  const methods = [...new Set(matches.flatMap(({ method }) => method?.value ?? []))];
  return [
    longest === undefined ? 'all paths' : showPath(longest),
    ...methods.length === 0 ? [] : [`with method ${methods.join(', ')}`],
    ...list('with', matches.map(({ headers }) => headers)),
    ...list('without', matches.map(({ withoutHeaders }) => withoutHeaders)),
    ...list('with query parameter', matches.map(({ queryParams }) => queryParams)),
  ].join(' ');
}

function showPath({ written, ...path }: PathMatch): string {
  return written === undefined ? showText(path) : `${showText(written)} in upper or lower case`;
}

function list(word: string, conditions: readonly Conditions[]): string[] {
  const merged = new Map<string, Condition>(conditions.flatMap((each) => [...each]));
  const texts = [...merged].map(([name, condition]) => (condition === 'present' ? name : `${name}: ${condition.value}`));
  return texts.length === 0 ? [] : [`${word} ${texts.join(', ')}`];
}

/**
 * A condition on a string as messages show it: `prefix "/v2/"`.
 *
 * @internal
 */
export function showText({ kind, value }: TextMatch): string {
  return `${kind} "${value}"`;
}
