import { conditionClause, conditionHeading } from '../../../src/report/answers/condition';

test.each([
  ['there is a Service iris', 'if there is a Service iris', 'If there is a Service iris:'],
  ['otherwise', 'otherwise', 'Otherwise:'],
  ['otherwise, and VirtualService a is the oldest, and b exists', 'otherwise, if VirtualService a is the oldest, and b exists', 'Otherwise, if VirtualService a is the oldest, and b exists:'],
  ['a exists, and otherwise', 'if a exists, and otherwise', 'If a exists, and otherwise:'],
])('the condition "%s"', (condition, clause, heading) => {
  expect([conditionClause(condition), conditionHeading(condition)]).toEqual([clause, heading]);
});
