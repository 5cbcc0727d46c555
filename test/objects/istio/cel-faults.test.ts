import { celFault } from '../../../src/objects/istio/cel-faults';
import { CEL_ACCEPTED, CEL_REJECTED } from '../../support/cel-expressions';

test.each(CEL_ACCEPTED)('an expression: %s', (expression) => {
  expect(celFault(expression)).toBeUndefined();
});

test.each(CEL_REJECTED)('no expression: %s', (expression, why) => {
  expect(celFault(expression)).toBe(`is not an expression in CEL: ${why}`);
});
