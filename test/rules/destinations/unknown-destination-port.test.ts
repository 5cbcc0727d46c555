import { unknownDestinationPort as rule } from '../../../src/rules/destinations/unknown-destination-port';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination.port.number',
    problem: 'VirtualService models/iris routes to port 9000 of host iris.models.svc.cluster.local, and Service models/iris has port 80, so requests get 503',
    remedy: 'route to port 80, which forwards to port 9000 of the pods',
    related: ['Service models/iris'],
  }]);
});
