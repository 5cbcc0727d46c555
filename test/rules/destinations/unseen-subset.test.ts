import { unseenSubset as rule } from '../../../src/rules/destinations/unseen-subset';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService routes/iris spec.http[0].route[0].destination.subset',
    problem: 'VirtualService routes/iris routes to subset "v1" of host iris.models.svc.cluster.local, which DestinationRule routes/iris defines in a namespace where Istio does not look for it, so requests get 503',
    remedy: 'move the DestinationRule to the namespace of the Service, models',
    related: ['DestinationRule routes/iris'],
  }]);
});
