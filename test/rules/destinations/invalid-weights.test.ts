import { invalidWeights as rule } from '../../../src/rules/destinations/invalid-weights';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route',
    problem: 'all 2 weights of spec.http[0] of VirtualService models/iris are 0 or missing, so Istio rejects the VirtualService',
    remedy: 'set a weight above 0 for at least one destination',
    related: [],
  }]);
});
