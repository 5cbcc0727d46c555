import { IConstruct } from 'constructs';
import { checkWritable } from './checks/checks';
import { invalid, show } from './checks/errors';
import { StringMatch, StringMatchKind } from './string-match';

/** Characters that are not URL-encoded in a query. "&" separates parameters. */
const NAME = /^(?:[-\w.~!$'()*+,;:@/?]|%[\da-fA-F]{2})*$/;
const VALUE = /^(?:[-\w.~!$'()*+,;:@/?=]|%[\da-fA-F]{2})*$/;

/**
 * Checks matches of query parameters. Envoy compares them with the URL-encoded query.
 *
 * @internal
 */
export function checkQueryParams(at: IConstruct | string, what: string, params: { readonly [name: string]: StringMatch }): void {
  for (const [name, { kind, value }] of Object.entries(params)) {
    checkWritable(at, what, name);
    if (name === '') throw invalid(at, `${what} with an empty name`, 'Envoy would refuse all routes of the port. Name the parameter');
    if (!NAME.test(name)) throw invalid(at, `${what} ${show(name)}`, remedyFor(name));
    if (kind !== StringMatchKind.REGEX && !VALUE.test(value)) throw invalid(at, `${what} ${name} with ${kind} ${show(value)}`, remedyFor(value));
  }
}

function remedyFor(text: string): string {
  return `Envoy compares the query as callers send it, so no encoded request would match. Write ${show(encoded(text))}, `
    + 'or a regular expression for all the ways to encode it';
}

/** Existing escapes are kept, and unpaired surrogates become U+FFFD. */
function encoded(text: string): string {
  return text.split(/(%[\da-fA-F]{2})/).map((part, i) => i % 2 === 1 ? part : encodeURIComponent(Buffer.from(part).toString())).join('');
}
