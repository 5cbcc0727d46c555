import { clientCertificateBypass as rule } from '../../../src/rules/gateways/client-certificate-bypass';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at Gateway istio-system/models spec.servers[1]',
    problem: 'server "https" (HTTPS) of Gateway istio-system/models serves VirtualService models/fraud on host "partners.example.com" without a client certificate, which server "https-partners" (HTTPS) of Gateway istio-system/models requires for it',
    remedy: 'put the server that requires certificates into a separate Gateway, and attach the routes to it alone',
    related: ['Gateway istio-system/models spec.servers[0]', 'VirtualService models/fraud'],
  }]);
});
