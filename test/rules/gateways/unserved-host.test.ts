import { unservedHost as rule } from '../../../src/rules/gateways/unserved-host';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService team-b/iris spec.hosts',
    problem: 'VirtualService team-b/iris is for host "models.example.com", and Gateway istio-system/models serves no host for routes of namespace team-b, so callers get 404',
    remedy: 'add the host to a server of the Gateway, or change the host of the VirtualService',
    related: ['Gateway istio-system/models'],
  }]);
});
