import { crashingGatewayHosts as rule } from '../../../src/rules/gateways/crashing-gateway-hosts';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].hosts[1]',
    problem: 'servers[0] of Gateway istio-system/models lists host "./models.example.com" after "*/*", which crashes istiod',
    remedy: 'list "*/*" alone, since it includes all hosts',
    related: [],
  }]);
});
