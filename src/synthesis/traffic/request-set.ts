import { TrafficRequestSet } from './traffic-request-set';
import { StringMatch } from '../../plan/string-match';
import { RequestSet, TextPattern } from '../../proofs/queries/request-set';

/**
 * A set of requests as proofs read it.
 *
 * @internal
 */
export function requestSetOf({ gateway, host, path, method, headers, claims }: TrafficRequestSet): RequestSet {
  return {
    gateway,
    host,
    ...path === undefined ? {} : { path: patternOf(path) },
    ...method === undefined ? {} : { method: patternOf(method) },
    ...headers === undefined ? {} : { headers: patternsOf(headers) },
    ...claims === undefined ? {} : { claims: patternsOf(claims) },
  };
}

function patternsOf(matches: { readonly [name: string]: StringMatch }): { readonly [name: string]: TextPattern } {
  return Object.fromEntries(Object.entries(matches).map(([name, match]) => [name, patternOf(match)]));
}

function patternOf({ kind, value }: StringMatch): TextPattern {
  return { [kind]: value };
}
