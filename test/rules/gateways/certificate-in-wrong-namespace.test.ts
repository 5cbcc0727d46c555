import { certificateInWrongNamespace as rule } from '../../../src/rules/gateways/certificate-in-wrong-namespace';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway models/models spec.servers[0].tls.credentialName',
    problem: 'Gateway models/models refers to Secret "models-certificate", which exists as models/models-certificate, and the gateway\'s pods are in namespace istio-ingress',
    remedy: 'create the Secret in namespace istio-ingress, where Istio reads it',
    related: ['Secret models/models-certificate'],
  }]);
});
