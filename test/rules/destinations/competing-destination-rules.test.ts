import { competingDestinationRules as rule } from '../../../src/rules/destinations/competing-destination-rules';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at DestinationRule models/iris-next spec.subsets[0]',
    problem: 'DestinationRule models/iris-next and DestinationRule models/iris define subset "canary" of host iris.models.svc.cluster.local with different labels, and Istio drops one of the two',
    remedy: 'give the subsets different names, or define the subset in one DestinationRule only',
    related: ['DestinationRule models/iris spec.subsets[0]'],
  }]);
});
