import { invalidGatewayTls as rule } from '../../../src/rules/gateways/invalid-gateway-tls';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].tls',
    problem: 'servers[0] (HTTPS) has mode SIMPLE and no certificate, so Istio rejects Gateway istio-system/models',
    remedy: 'set credentialName to the Secret with the certificate, or set serverCertificate and privateKey',
    related: [],
  }]);
});
