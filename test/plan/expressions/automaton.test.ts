import { programSize } from '../../../src/plan/expressions/automaton';
import { Expression } from '../../../src/plan/expressions/re2';

// Program sizes that Envoy 1.40 reports.
test.each([
  ['a', 5],
  ['.', 6],
  ['/v2/.*', 10],
  ['(?P<n>a)', 7],
  ['(?i)k', 5],
  ['\\pL', 11],
  ['(a{1,100}){1,10}', 2023],
  ['[acegikmoqsuwy]{1000}', 13004],
  ['[acegikmoqsuwyACEGIKMOQSUWY02468]{1000}', 18004],
  ['(?:abcdefghijklmnopqrstuvwxyz){1000}', 26004],
  ['(?:a?b?c?d?e?){1000}', 10004],
  ['(?:(a|b*)*){1000}', 10004],
  ['((a*)*b?){200}', 2204],
])('%s compiles to %d instructions, to within a third', (source, size) => {
  const estimate = programSize(Expression.of(source).automaton);

  expect(Math.abs(estimate - size) / size).toBeLessThan(1 / 3);
});
