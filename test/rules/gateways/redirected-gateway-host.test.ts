import { redirectedGatewayHost as rule } from '../../../src/rules/gateways/redirected-gateway-host';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/plain spec.servers[0].hosts[0]',
    problem: 'server "http" (HTTP) of Gateway istio-system/plain serves host "models.example.com" on port 80, which server "http" (HTTP) of Gateway istio-system/secure, on the same pods redirects to https, so all requests for it are redirected',
    remedy: 'remove the host from one of the two servers, or give one of them another port or selector',
    related: ['Gateway istio-system/secure spec.servers[0].hosts'],
  }]);
});
