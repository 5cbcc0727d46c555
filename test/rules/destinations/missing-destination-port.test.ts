import { missingDestinationPort as rule } from '../../../src/rules/destinations/missing-destination-port';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination',
    problem: 'VirtualService models/iris routes to Service models/seldon-mesh without a port, which has ports 80, 9003, so requests on port 443 of server "https" (HTTPS) of Gateway istio-system/models get 503',
    remedy: 'set the port of the destination, such as port: {number: 80}',
    related: ['Gateway istio-system/models'],
  }]);
});
