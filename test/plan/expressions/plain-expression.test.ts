import * as fc from 'fast-check';
import { plainTest } from '../../../src/plan/expressions/plain-expression';
import { Expression } from '../../../src/plan/expressions/re2';

const RE2 = (source: string) => {
  const { RE2JS } = jest.requireActual<typeof import('re2js')>('re2js');
  return RE2JS.compile(source);
};

test.each(['/v[0-9]+/models/iris/(infer|ready)', '/a|/b', '.*', '', '[a-c]?b', '/v1\\.0/x\\-y', 'a.b', '(?:a|b*)c', '[a-]', '[-a]', '(|a)', 'a||b', '(|)|'])('%s is plain', (source) => {
  expect(plainTest(source)).toBeDefined();
});

test.each(['(a+)+', '(a)*', 'a**', 'a+?', 'a{2}', '^a$', '\\d', '\\bx', '(?i)a', '[^a]', '[[:alpha:]]', 'a\\/b\\x41', '(?P<n>a)', '.*.*.*', 'é', '((a))', 'a)'])('%s is not', (source) => {
  expect(plainTest(source)).toBeUndefined();
});

const PIECES = ['a', 'b', '/', '.', '-', '\\.', '[ab]', '[a-c]', '[-b]', 'a*', '.*', '.+', '[a-]?', '(a|b)', '(?:|b)', '(a*|.)', '|', 'c?'];

test('plain expressions accept what RE2 accepts', () => {
  const source = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join(''));
  const value = fc.array(fc.constantFrom('a', 'b', 'c', '/', '.', '-', '\n', '\r', '\u2028', 'é', 'A'), { maxLength: 6 }).map((all) => all.join(''));
  let plain = 0;
  fc.assert(fc.property(source, fc.array(value, { minLength: 5, maxLength: 5 }), (written, values) => {
    if (plainTest(written) !== undefined) plain += 1;
    const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
    const engine = RE2(bytes(written));
    for (const each of values) expect([written, each, Expression.of(written).matches(each)]).toEqual([written, each, engine.testExact(bytes(each))]);
  }), { numRuns: 3_000 });
  expect(plain).toBeGreaterThan(1_500);
});

test('a value that almost matches takes no time', () => {
  const expression = Expression.of('/.*a.*d');
  const start = process.cpuUsage();
  expect(expression.matches(`/${'abc'.repeat(200)}`)).toBe(false);
  expect(process.cpuUsage(start).user).toBeLessThan(500_000);
});
