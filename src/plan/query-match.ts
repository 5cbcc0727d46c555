import { IConstruct } from 'constructs';
import { checkWritable } from './checks/checks';
import { invalid, show } from './checks/errors';
import { StringMatch, StringMatchKind } from './string-match';

/** What stands in a query as it is. Anything else is encoded by callers, and "&" separates parameters. */
const NAME = /^(?:[-\w.~!$'()*+,;:@/?]|%[\da-fA-F]{2})*$/;
const VALUE = /^(?:[-\w.~!$'()*+,;:@/?=]|%[\da-fA-F]{2})*$/;

/**
 * Checks matches of query parameters. Envoy compares them with the query as callers send it, which is encoded.
 *
 * @internal
 */
export function checkQueryParams(at: IConstruct | string, what: string, params: { readonly [name: string]: StringMatch }): void {
  for (const [name, { kind, value }] of Object.entries(params)) {
    checkWritable(at, what, name);
    if (name === '') throw invalid(at, `${what} with an empty name`, 'Envoy would refuse all routes of the port: name the parameter');
    if (!NAME.test(name)) throw invalid(at, `${what} ${show(name)}`, remedyFor(name));
    if (kind !== StringMatchKind.REGEX && !VALUE.test(value)) throw invalid(at, `${what} ${name} with ${kind} ${show(value)}`, remedyFor(value));
  }
}

function remedyFor(text: string): string {
  return `Envoy compares the query as callers send it, so no encoded request would match: write ${show(encoded(text))}, `
    + 'or a regular expression for all the ways to encode it';
}

/** Escapes that are there stay as they are, and halves of a pair become the sign for an unknown character. */
function encoded(text: string): string {
  return text.split(/(%[\da-fA-F]{2})/).map((part, i) => i % 2 === 1 ? part : encodeURIComponent(Buffer.from(part).toString())).join('');
}
