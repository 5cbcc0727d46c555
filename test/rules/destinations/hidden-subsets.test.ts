import { hiddenSubsets as rule } from '../../../src/rules/destinations/hidden-subsets';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule clients/iris',
    problem: 'DestinationRule clients/iris hides DestinationRule models/iris from callers in namespace clients, which then have no subset "v1" of host iris.models.svc.cluster.local',
    remedy: 'define these subsets here too, or move the settings to the DestinationRule in namespace models',
    related: ['DestinationRule models/iris'],
  }]);
});
