import * as fc from 'fast-check';
import { LiteralSearch } from '../../../src/answers/matching/literal-search';
import { requiredLiterals } from '../../../src/answers/matching/required-literals';
import { Expression } from '../../../src/plan/expressions/re2';

test.each([
  ['/v[0-9]+/models/iris/(infer|ready)', ['/v', '/models/iris/']],
  ['/a|/b', []],
  ['(?i)/abc', []],
  ['/ab?c', ['/a', 'c']],
  ['/ab*c', ['/a', 'c']],
  ['/ab{0,2}c', ['/a', 'c']],
  ['/ab+c', ['/ab', 'c']],
  ['/a(bc)?d', ['/a', 'd']],
  ['/a[b]?c', ['/a', 'c']],
  ['/a\\.b\\d+c', ['/a.b', 'c']],
  ['\\Qa|b\\E.*', ['a|b']],
  ['/[]|]x', ['/', 'x']],
  ['^/a$', ['/a']],
  ['.*', []],
])('texts that %s matches contain %j', (expression, literals) => {
  expect(requiredLiterals(expression)).toEqual(literals);
});

const part = fc.constantFrom('a', 'b', '/', 'ab', '.', '[ab]', '(a|b)', '(ab)', 'a?', 'b*', 'a+', 'a{2}', 'b{0,1}', '\\.', '\\Qa.\\E', '.*', '^', '|');

test('each text that an expression matches contains the literals', () => {
  fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.array(fc.constantFrom('a', 'b', '/', '.'), { maxLength: 7 }), (parts, chars) => {
    const [source, text] = [parts.join(''), chars.join('')];
    let expression;
    try {
      expression = Expression.of(source);
    } catch {
      return true;
    }
    return !expression.matches(text) || requiredLiterals(source).every((literal) => text.includes(literal));
  }), { numRuns: 5_000, seed: 1 });
});

test('a search finds the literals of a text as a scan does', () => {
  const word = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }).map((chars) => chars.join(''));
  fc.assert(fc.property(fc.uniqueArray(word, { maxLength: 12 }), fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 }), (literals, chars) => {
    const text = chars.join('');
    const search = new LiteralSearch(new Map(literals.map((literal) => [literal, [literal]])));
    expect([...search.valuesIn(text)].sort()).toEqual(literals.filter((literal) => text.includes(literal)).sort());
  }), { numRuns: 1_000, seed: 1 });
});
