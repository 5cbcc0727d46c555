import { unknownGateway as rule } from '../../../src/rules/gateways/unknown-gateway';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.gateways[0]',
    problem: 'VirtualService models/iris refers to Gateway "models", which does not exist in namespace models, and Gateway istio-system/models exists',
    remedy: 'refer to "istio-system/models", or create the Gateway in namespace models. Without it callers get 404',
    related: ['Gateway istio-system/models'],
  }]);
});
