import { invalidGatewayHost as rule } from '../../../src/rules/gateways/invalid-gateway-host';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].hosts[0]',
    problem: 'host "models" of servers[0] is a short name or an IPv6 address, so Istio rejects Gateway istio-system/models',
    remedy: 'set a DNS name with a dot, a wildcard such as "*.example.com", an IPv4 address or "*", with a namespace and a slash before it if only routes of that namespace may use it',
    related: [],
  }]);
});
