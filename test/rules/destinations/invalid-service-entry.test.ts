import { invalidServiceEntry as rule } from '../../../src/rules/destinations/invalid-service-entry';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at ServiceEntry models/stores spec.hosts[0]',
    problem: 'ServiceEntry models/stores has host "*.s3.amazonaws.com" and resolution DNS without endpoints, so Istio rejects it',
    remedy: 'set resolution NONE, or DYNAMIC_DNS in Istio 1.28 or later, since DNS cannot resolve a wildcard, or list the hosts',
    related: [],
  }]);
});
