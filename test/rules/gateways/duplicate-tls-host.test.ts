import { duplicateTlsHost as rule } from '../../../src/rules/gateways/duplicate-tls-host';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/previews spec.servers[0].hosts',
    problem: 'server "https" (HTTPS) of Gateway istio-system/previews serves host "models.example.com" on port 443, as does server "https" (HTTPS) of Gateway istio-system/models, on the same pods, and Istio drops one of the two',
    remedy: 'give one of them other hosts, another port or another selector, or attach all routes of the host to one Gateway',
    related: ['Gateway istio-system/models spec.servers[0].hosts'],
  }]);
});
