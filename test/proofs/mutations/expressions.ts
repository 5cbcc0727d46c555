/** Expressions that match the same strings, with strings that they match and others that they do not. */
export interface Spellings {
  readonly spellings: readonly string[];
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

const written = (spellings: readonly string[], inside: readonly string[], outside: readonly string[]): Spellings => ({ spellings, inside, outside });

/** Expressions for paths. */
export const PATH_EXPRESSIONS: readonly Spellings[] = [
  written(['/v1/(a|b)', '/v1/[ab]', '/v1/(?:b|a)'], ['/v1/a', '/v1/b'], ['/v1/c', '/v1/ab', '/v1/']),
  written(['/v2/.*', '/v2/(.*)', '/v2/(.+)?'], ['/v2/', '/v2/models/iris'], ['/v2', '/v3/']),
  written(['/m[0-9]+', '/m\\d+', '/m[0-9][0-9]*'], ['/m1', '/m12'], ['/m', '/ma', '/m1a']),
  written(['.*/infer', '(.*)/infer', '.*/(infer)'], ['/v2/models/iris/infer', '/infer'], ['/infer/', '/v1/a']),
  written(['/a(/.*)?', '/a|/a/.*', '/a(|/.*)'], ['/a', '/a/', '/a/b'], ['/ab', '/b']),
  written(['(?i)/v1/a', '/[vV]1/[aA]', '/(v|V)1/(a|A)'], ['/v1/a', '/V1/A'], ['/v1/b', '/v1/aa']),
  written(['/[^/]+/x', '/[^/][^/]*/x', '/[^/]{1,}/x'], ['/v1/x', '/a/x'], ['//x', '/a/b/x']),
];

/** Expressions for values of headers, of parameters and of claims. */
export const VALUE_EXPRESSIONS: readonly Spellings[] = [
  written(['a|b', '[ab]', '(b|a)'], ['a', 'b'], ['c', 'ab']),
  written(['v.*', 'v(.*)', 'v|v.+'], ['v', 'v1'], ['w', 'av']),
  written(['.*x.*', '(.*)x(.*)', '.*x+.*'], ['x', 'axb'], ['a', 'y']),
  written(['[0-9]{2}', '\\d\\d', '[0-9][0-9]'], ['12'], ['1', '123']),
];
