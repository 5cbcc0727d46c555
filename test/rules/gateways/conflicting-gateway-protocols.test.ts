import { conflictingGatewayProtocols as rule } from '../../../src/rules/gateways/conflicting-gateway-protocols';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway models/models spec.servers[0]',
    problem: 'server "https" (HTTPS) of Gateway models/models shares port 443 with server "tcp" (TCP) of Gateway data/database, on the same pods, and Istio drops one of the two',
    remedy: 'give one of them another port, or its Gateway another selector. Only servers for plain HTTP, or only servers with TLS, can share a port',
    related: ['Gateway data/database spec.servers[0]'],
  }]);
});
