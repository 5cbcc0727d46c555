import { emptySubset as rule } from '../../../src/rules/destinations/empty-subset';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule models/iris spec.subsets[0].labels',
    problem: 'subset "stable" of DestinationRule models/iris selects version=1 among the pods of Service models/iris, whose workloads have version=v1, so requests for the subset get 503',
    remedy: 'set labels that the pods of host iris.models.svc.cluster.local have, or add them to the pod template of a workload',
    related: ['Service models/iris'],
  }]);
});
