import { unknownDestinationHost as rule } from '../../../src/rules/destinations/unknown-destination-host';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService routes/iris spec.http[0].route[0].destination.host',
    problem: 'VirtualService routes/iris routes to host "iris.models", which Istio does not complete, so requests get 503',
    remedy: 'set the full name, "iris.models.svc.cluster.local"',
    related: ['Service models/iris'],
  }]);
});
