import { maskedTlsHost as rule } from '../../../src/rules/gateways/masked-tls-host';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].hosts[1]',
    problem: 'server "https" (HTTPS) of Gateway istio-system/models lists host "models.example.com" next to "*" on port 443, and Envoy selects server "https-wildcard" (HTTPS) of the same Gateway for it',
    remedy: 'list "models.example.com" in a separate server without "*"',
    related: ['Gateway istio-system/models spec.servers[1].hosts'],
  }]);
});
