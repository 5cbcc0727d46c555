import { sharedGatewayHost as rule } from '../../../src/rules/gateways/shared-gateway-host';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'info at Gateway team-b/gateway spec.servers[0].hosts',
    problem: 'server "http" (HTTP) of Gateway team-b/gateway serves host "models.example.com" on port 80, as does server "http" (HTTP) of Gateway team-a/gateway, on the same pods, so the routes of both Gateways compete for its requests',
    remedy: 'attach all routes of the host to one Gateway, or give the Gateways different hosts, ports or selectors',
    related: ['Gateway team-a/gateway spec.servers[0].hosts'],
  }]);
});
