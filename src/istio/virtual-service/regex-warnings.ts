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
export function warnOfLargeExpressions(at: IConstruct, where: string, { match = [], rewrite, cors }: HttpRoute): void {
  const expressions = [...match.flatMap(comparisonsIn), ...cors?.allowOrigins ?? []].filter(({ kind }) => kind === StringMatchKind.REGEX);
  const sources = expressions.map(({ value }) => value);
  if (rewrite?.uriRegex !== undefined) sources.push(rewrite.uriRegex.match);
  for (const source of sources) {
    const warning = sizeWarning(source);
    if (warning !== undefined) Warnings._add(at, `${where}: ${warning}`, 'use fewer repetitions, or smaller character classes');
  }
}

function comparisonsIn({ uri, scheme, method, authority, headers = {}, withoutHeaders = {}, queryParams = {} }: HttpMatch): StringMatch[] {
  const fields = [uri, scheme, method, authority].filter((comparison) => comparison !== undefined);
  return [...fields, ...[headers, withoutHeaders, queryParams].flatMap((comparisons) => Object.values(comparisons))];
}
