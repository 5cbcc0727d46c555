import { unknownSubset as rule } from '../../../src/rules/destinations/unknown-subset';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[1].destination.subset',
    problem: 'VirtualService models/iris routes to subset "v2" of host iris.models.svc.cluster.local, which DestinationRule models/iris, DestinationRule models/iris do not define, so requests get 503',
    remedy: 'add the subset to the DestinationRule',
    related: ['DestinationRule models/iris', 'DestinationRule models/iris'],
  }]);
});
