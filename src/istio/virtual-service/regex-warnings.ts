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
  const add: Add = (comparison) => {
    if (comparison?.kind === StringMatchKind.REGEX) sources.push(comparison.value);
  };
  match?.forEach((each) => addComparisons(each, add));
  cors?.allowOrigins.forEach(add);
  if (rewrite?.uriRegex !== undefined) sources.push(rewrite.uriRegex.match);
  return sources;
}

/** Adds a comparison if it is an expression. */
type Add = (comparison: StringMatch | undefined) => void;

function addComparisons({ uri, scheme, method, authority, headers, withoutHeaders, queryParams }: HttpMatch, add: Add): void {
  add(uri);
  add(scheme);
  add(method);
  add(authority);
  addEach(headers, add);
  addEach(withoutHeaders, add);
  addEach(queryParams, add);
}

function addEach(comparisons: { readonly [name: string]: StringMatch } | undefined, add: Add): void {
  if (comparisons !== undefined) for (const name of Object.keys(comparisons)) add(comparisons[name]);
}
