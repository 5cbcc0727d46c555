import { IConstruct } from 'constructs';
import { HttpMatch } from './http-match';
import { HttpRoute } from './http-route';
import { Warnings } from '../../mesh/warnings';
import { sizeWarning } from '../../plan/expressions/regex-checks';
import { StringMatch, StringMatchKind } from '../../plan/string-match';

/**
 * Warns about regular expressions in a rule that are close to the maximum size that Envoy accepts.
 *
 * @internal
 */
export function warnOfLargeExpressions(at: IConstruct, where: string, rule: HttpRoute): void {
  for (const source of expressionsIn(rule)) {
    const warning = sizeWarning(source);
    if (warning !== undefined) Warnings._add(at, `${where}: ${warning}`, 'use fewer repetitions, or smaller character classes');
  }
}

function expressionsIn({ match, rewrite, cors }: HttpRoute): string[] {
  const sources: string[] = [];
  if (match !== undefined) for (const each of match) addComparisons(sources, each);
  if (cors !== undefined) addAll(sources, cors.allowOrigins);
  if (rewrite?.uriRegex !== undefined) sources.push(rewrite.uriRegex.match);
  return sources;
}

function addComparisons(sources: string[], { uri, scheme, method, authority, headers, withoutHeaders, queryParams }: HttpMatch): void {
  addAll(sources, [uri, scheme, method, authority]);
  for (const comparisons of [headers, withoutHeaders, queryParams]) {
    if (comparisons !== undefined) addAll(sources, Object.values(comparisons));
  }
}

function addAll(sources: string[], comparisons: readonly (StringMatch | undefined)[]): void {
  for (const comparison of comparisons) if (comparison?.kind === StringMatchKind.REGEX) sources.push(comparison.value);
}
