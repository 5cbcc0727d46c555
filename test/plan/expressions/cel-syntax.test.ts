import { parse } from '@bufbuild/cel';
import fc from 'fast-check';
import { readCel } from '../../../src/plan/expressions/cel-syntax';
import { envoyCelProblem } from '../../../src/plan/expressions/envoy-cel';

const RIGHT = [
  'response.code >= 400', '"a" in request.headers && !has(request.headers.a)', '-1 + 2.5 * .5 % 1e3 != 0x1F - 1u', 'a ? b : c ? d : e',
  'request.headers[\'x\'].startsWith("a") || b', '[1, 2,].all(x, x > 0)', '{"a": 1, "b": [],}', 'a.b.c{x: 1, y: 2}', '.a.b(c)', 'a // and\n && b',
  'r\'\\d\' + \'\\u00e9\\x41\\101\' + \'\'\'it\'s\'\'\' + """\n"""', 'b\'a\'', '!!a', '--a', 'a.map(x, y).exists(y, z)', '[]', '{}', 'x.f()', ' \n a',
];

const WRONG: readonly (readonly [string, string])[] = [
  ['response.code = 400', 'unexpected "=" at character 15, did you mean "=="?'],
  ['response.code > ', 'unexpected end of the expression'],
  ['a & b', 'unexpected "&" at character 3, did you mean "&&"?'],
  ['a | b', 'unexpected "|" at character 3, did you mean "||"?'],
  ['a.', 'unexpected end of the expression'],
  ['(a', 'unexpected end of the expression'],
  ['a)', 'unexpected ")" at character 2'],
  ['a b', 'unexpected "b" at character 3'],
  ['[1,,2]', 'unexpected "," at character 4'],
  ['{1}', 'unexpected "}" at character 3'],
  ['f(a,)', 'unexpected ")" at character 5'],
  ['a ? b', 'unexpected end of the expression'],
  ['a.in', 'unexpected "in" at character 3'],
  ['"a', 'unexpected "\\"" at character 1'],
  ['\'\\d\'', 'unexpected "\'" at character 1'],
  ['\'\\ud800\'', 'unexpected "\'" at character 1'],
  ['for', '"for" is a reserved word'],
  ['9223372036854775808', '9223372036854775808 has more than 64 bits'],
  ['18446744073709551616u', '18446744073709551616u has more than 64 bits'],
  ['1e999', '1e999 is too large'],
  ['has(a)', 'has(…) of something that is not a field'],
  ['a.all(b.c, true)', 'all(…) without the name of a variable'],
  ['!-a', 'unexpected "a" at character 3'],
  ['é', 'unexpected "é" at character 1'],
  ['a 😀', 'unexpected "😀" at character 3'],
  ['', 'unexpected end of the expression'],
  [`${'('.repeat(300)}a${')'.repeat(300)}`, 'more than 200 nested expressions'],
];

const isParsed = (expression: string): boolean => {
  try {
    parse(expression);
    return true;
  } catch {
    return false;
  }
};

test.each(RIGHT)('%j is CEL', (expression) => {
  expect(readCel(expression).problem).toBeUndefined();
  expect(isParsed(expression)).toBe(true);
});

test.each(WRONG)('%j is not', (expression, problem) => {
  expect(readCel(expression).problem).toBe(problem);
});

test('the same texts are expressions as for a parser of CEL', () => {
  const pieces = ['a', 'b.c', 'has(a.b)', 'size(a)', 'in', 'true', 'null', '1', '2u', '1.5', '"s"', 'b"x"', '==', '<=', '&&', '||', '!', '-', '+', '*',
    '%', '?', ':', ',', '.', '(', ')', '[', ']', '{', '}', '=', '&', ';', '"', 'a{b: 1}', 'a.map(x, y)', '[1,]', '{1: 2}', '(a)', ' ', '//c\n'];
  let right = 0;
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 7 }), (chosen) => {
    // This parser reads `ina` as `in a`, unlike istiod's.
    const expression = chosen.join(' ');
    const ours = readCel(expression).problem === undefined;
    if (ours) right += 1;
    expect([expression, ours]).toEqual([expression, isParsed(expression)]);
  }), { seed: 1, numRuns: 5000 });
  expect(right).toBeGreaterThan(100);
});

describe('in an access log of Envoy', () => {
  test.each([
    'response.code >= 400', 'size(request.headers) > 1 && request.headers.size() > 1', 're.extract("a", "b", "c") == request.path',
    'timestamp("2020-01-01T00:00:00Z").getHours("UTC") == request.time.getHours()', 'int("1") == 1 && duration("1s") > request.duration',
    'request.headers["a"].matches("b.*") || has(request.headers.c)', '{"a": 1}["a"] in [1]',
  ])('%s', (expression) => {
    expect(envoyCelProblem(expression)).toBeUndefined();
  });

  test.each([
    ['response.code = 400', 'it is not valid CEL: unexpected "=" at character 15, did you mean "=="?'],
    ['string(response.code) == "400"', 'Envoy has no function string with 1 argument there'],
    ['request.path.lowerAscii() == "a"', 'Envoy has no function lowerAscii with 0 arguments there'],
    ['[1].exists(x, x == 1)', 'Envoy has no function exists with 2 arguments there'],
    ['size(a, b) == 1', 'Envoy has no function size with 2 arguments there'],
    ['a.b{c: 1} == d', 'Envoy does not know the type a'],
  ])('not %s', (expression, problem) => {
    expect(envoyCelProblem(expression)).toBe(problem);
  });
});
