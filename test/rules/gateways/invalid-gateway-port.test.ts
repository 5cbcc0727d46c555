import { invalidGatewayPort as rule } from '../../../src/rules/gateways/invalid-gateway-port';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[1].port.name',
    problem: 'the ports of servers[0] and servers[1] are both named "http", so Istio rejects Gateway istio-system/models',
    remedy: 'give each server of the Gateway its own port name',
    related: [],
  }]);
});
